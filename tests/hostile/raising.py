"""What raises each error that no other test meets: see `tests/raised.py`, which holds that none
is left out.
"""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import raising_commands
import raising_formulas
import raising_runs

from crm_lessons import cli, wording
from crm_lessons.errors import CrmError

RAISING = {
    name: raise_it
    for module in (raising_formulas, raising_commands, raising_runs)
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
