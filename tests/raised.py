"""Which errors a run of the tests raises, each with the sentences that a person would read.

`make test` fails where it raised an error never, or one that reads badly in a language: a value
that is not filled in, a word of the inside. ``pytest ... --errors OUT.html`` shows them side by
side, as they were raised, to be looked at.
"""

import html
import re
import sys
from pathlib import Path

from crm_lessons import errors, wording

KINDS = ("errors", "faults")
# What stands around another text.
FRAMES = re.compile("fault_|more_faults|batch_parameter$|ways_of_further$")
INSIDE = re.compile(r"[{}]|\bNone\b|\bnan\b|<class|object at 0x|  |。。|（）|\(\)")
# Sentences that show YAML, what other programs say, or what somebody gave; and one that is whole
# only after it was made.
QUOTING = {"answers_unreadable", "days_unsettled", "query_failed", "cannot_connect", "run_failed"}
QUOTING |= {
    "missing_undeclared",
    "server_ended",
    "lesson_did_not_run",
    "margin_impossible",
    "value_out_of_range",
}

NOBODYS = {"None", "nan"}  # of a value that is not there, and never typed

told: dict[str, list[str]] = {}  # kind.key → how it reads in each language, the first time


def watch() -> None:
    """From now on note what the package raises; what a test makes by itself is none of it."""
    _watch(errors.CrmError, "errors")
    _watch(errors.Fault, "faults")


def _watch(kind: type, name: str) -> None:
    inner = kind.__init__

    def noting(self, *args, **values):
        inner(self, *args, **values)
        key = f"{name}.{self.key}"
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if key not in told and caller.startswith("crm_lessons"):
            told[key] = [_sentence(self, language) for language in wording.LANGUAGES]

    kind.__init__ = noting


def _sentence(one: object, language: str) -> str:
    with wording.using(language):
        try:
            sentence = str(one)
        except Exception as error:  # told at the end of the run, where it fails the tests
            return f"{{{type(error).__name__}: {error}}}"
    for given in map(str, _values(one)):
        if INSIDE.search(given) and given not in NOBODYS:  # what somebody typed may read badly
            sentence = sentence.replace(given, "…")
    return sentence.encode(errors="backslashreplace").decode()  # half a sign is no text


def _values(one: object) -> list[object]:
    """What was put into the places of a sentence."""
    if isinstance(one, errors.Fault):
        return [one.file, one.column, one.value, *one.more.values()]
    return list(one.values.values())


def every_key() -> list[str]:
    """All that can be raised."""
    return [f"{k}.{key}" for k in KINDS for key in wording.entries(k) if not FRAMES.match(key)]


def complaints() -> list[str]:
    """What is wrong with the errors of a whole run."""
    never = [f"{key} was raised by no test" for key in every_key() if key not in told]
    return never + [f"{key} reads badly: {one}" for key in told for one in badly(key)]


def badly(key: str) -> list[str]:
    """The sentences of a key that hold what nobody should read."""
    shown = key.partition(".")[2] in QUOTING
    return [one for one in told[key] if INSIDE.search(one) and not shown]


HEAD = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>Every error</title><style>
body {font: 15px/1.5 sans-serif; margin: 1em} table {border-collapse: collapse; width: 100%}
td {border: 1px solid #ccc; padding: .3em .5em; vertical-align: top; white-space: pre-line}
td:first-child {font: 12px monospace; width: 14em; word-break: break-all}
td + td {width: 44%}</style><table>"""


def page(out: Path) -> None:
    """Write the page of all errors; what was not raised stands there as its text."""
    rows = []
    for key in every_key():
        both = told.get(key) or [f"— {wording.template(key, name)}" for name in wording.LANGUAGES]
        cells = "".join(f"<td>{html.escape(one)}</td>" for one in [key, *both])
        rows.append(f"<tr>{cells}</tr>")
    out.write_text("\n".join([HEAD, *rows, "</table>"]), encoding="utf-8")
