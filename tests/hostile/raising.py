"""Every error by its key: what raises those that no other test meets, and how each one reads."""

import os
import string
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import raising_commands
import raising_formulas
from examples import EXAMPLES, OF_KEY

from crm_lessons import cli, wording
from crm_lessons.data import findings
from crm_lessons.errors import CrmError, Fault

KINDS = ("errors", "faults")
RAISING = {
    name: raise_it
    for module in (raising_formulas, raising_commands)
    for name, raise_it in vars(module).items()
    if callable(raise_it) and raise_it.__module__ == module.__name__ and name[0] != "_"
}


class Desk:
    """What may be changed for one error, and `crm-lessons` as a person types it."""

    def __init__(self, changed: pytest.MonkeyPatch) -> None:
        self.setattr, self.setitem, self.setenv = changed.setattr, changed.setitem, changed.setenv

    def type(self, *words: str) -> None:
        """Run a command; the error that it would print is raised."""
        self.setattr(cli, "_stop", _raise)
        cli.main([*words, *([] if "--language" in words else ["--language", "zh"])])


def _raise(error: CrmError) -> None:
    raise error


def raised(key: str, folder: Path) -> CrmError:
    """The error of this key, from the door that raises it; the language is Chinese then."""
    before = os.getcwd()
    try:
        with pytest.MonkeyPatch.context() as changed, pytest.raises(CrmError) as caught:
            os.chdir(folder)
            RAISING[key](Desk(changed))
    finally:
        os.chdir(before)
        wording.use("zh")
    return caught.value


def sentence(kind: str, key: str, language: str) -> str:
    """A text as it is read, with example values in its places."""
    with wording.using(language):
        written = wording.template(f"{kind}.{key}", language)
        names = {name for _, name, _, _ in string.Formatter().parse(written) if name}
        values = {name: example(key, name, language) for name in names}
        if kind == "errors" or key in ("fault_at_cell", "fault_in_row", "fault_in_file"):
            return wording.text(f"{kind}.{key}", **values)
        if key.startswith("fault_"):
            return wording.text(f"faults.{key}", **values)
        file = example(key, "file", language)
        place = {name: values.pop(name, None) for name in ("row", "column", "value")}
        values.pop("file", None)
        if key.startswith("batch_"):
            place["row"] = EXAMPLES["row"]
            return str(findings.RowFault(key, file, **place, more=values))
        return str(Fault(key, file, **place, more=values))


def example(key: str, name: str, language: str) -> object:
    """What stands in a place of a text: an example of the key, else of the name."""
    found = OF_KEY.get(key, {}).get(name, EXAMPLES[name])
    return found[wording.LANGUAGES.index(language)] if isinstance(found, tuple) else found
