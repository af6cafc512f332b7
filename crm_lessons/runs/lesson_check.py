"""All that is missing or wrong in the folder of a lesson, told at once to whoever writes it."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat

from crm_lessons import wording
from crm_lessons.course import exercise, folders, guide, parameters
from crm_lessons.course.kinds import said, text_problems
from crm_lessons.errors import CrmError
from crm_lessons.runs import depth, sources

LONGEST = 8  # lines of a code cell
_HEADER = ("title", "subject", "minutes")
_NAME = 10  # signs of a Chinese word, such as a heading or a code; what is longer is a sentence
_READS = {"data.read", "data.companions", "data.trial_of"}
_NAMED = re.compile(r'\blesson\.(ask|say|figure)\(\s*"([\w.]+)"(?:,\s*say="([\w.]+)")?')


def refuse(name: str) -> None:
    """CrmError with all `problems` of a lesson, if there are any."""
    if found := problems(name):
        told = "".join(f"\n- {one}" for one in found)
        raise CrmError("lesson_incomplete", lesson=name, problems=told)


def problems(name: str) -> list[str]:
    """What can be seen without running the lesson, each with its file and where in it.

    Empty when the lesson is complete, or when it has no folder.
    """
    folder = folders.find(name)
    if folder is None:
        return []
    parts: dict[str, Callable[[str], Iterator[str]]] = {
        folders.SOURCE: _of_notebook,
        folders.EXERCISES: _of_exercises,
        folders.GUIDE: _of_guide,
        folders.SENTENCES: _of_sentences,
    }
    return [one for file, of in parts.items() for one in _told(file, of, name)]


def _told(file: str, of: Callable[[str], Iterator[str]], name: str) -> Iterator[str]:
    """What one part tells; where it cannot even be read, why."""
    try:
        yield from of(name)
    except CrmError as error:
        yield f"{file}: {error}"
    except Exception as error:  # whatever a writer's own code or YAML may raise
        reason = " ".join(str(error).split())
        yield f"{file}: {said('cannot_read', reason=f'{type(error).__name__}: {reason}')}"


def _of_notebook(name: str) -> Iterator[str]:
    import jupytext

    source = _source(name)
    cells = jupytext.read(source)
    header = cells.metadata.get("crm_lessons", {})
    for key in [key for key in _HEADER if not header.get(key)]:
        yield f"{folders.SOURCE}: {said('head_missing', entry=key)}"
    if set(_HEADER) - set(header):
        return
    yield from (f"{folders.SOURCE}: {one}" for one in _of_parameters(source))
    code = [cell for cell in cells.cells if cell.cell_type == "code"]
    if name not in exercise.lessons() or not exercise.problems(name):  # else they cannot be read
        made = sources.edition(source, wording.language())
        yield from (f"{folders.SOURCE}: {one}" for one in depth.problems(made.cells, name))
    for name in _undeclared(code, header.get("parameters", {})):
        yield f"{folders.SOURCE}: {said('data_undeclared', name=name)}"
    for place, cell in enumerate(code, start=1):
        if "parameters" not in cell.metadata.get("tags", []):
            yield from (f"{folders.SOURCE}: {one}" for one in _of_cell(place, cell.source))
    prose = [cell for cell in cells.cells if cell.cell_type == "markdown"]
    if len(folders.languages(source.parent)) > 1:
        yield from (f"{folders.SOURCE}: {one}" for one in _of_prose(prose))


def _of_parameters(source: Path) -> Iterator[str]:
    made = sources.edition(source, wording.LANGUAGES[0])
    try:
        found = parameters.read(made)
    except StopIteration:
        found = {}
    if "language" not in found:
        yield said("no_parameters")
    yield from (said("no_comment", name=one.name) for one in found.values() if not one.comment)


def _undeclared(code: list[nbformat.NotebookNode], bounds: dict) -> list[str]:
    """Parameters from which the notebook reads data, though its header does not say so."""
    named, read = set(), set()
    for node in (one for cell in code for one in ast.walk(ast.parse(cell.source))):
        if isinstance(node, ast.AnnAssign):
            named.add(node.target.id)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in _READS:
            schema = [one.value for one in node.keywords if one.arg == "schema"]
            read |= {one.id for one in [*node.args, *schema] if isinstance(one, ast.Name)}
    return sorted(name for name in read & named if "data" not in bounds.get(name, {}))


def _of_cell(place: int, code: str) -> Iterator[str]:
    if len(code.splitlines()) > LONGEST:
        yield said("long_cell", cell=place, most=LONGEST)
    constants = [node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]
    for text in [one for one in constants if isinstance(one, str)]:
        # Keys, column names and dates have no blanks; a sentence does.
        if " " in text.strip() or (not text.isascii() and len(text) > _NAME):
            yield said("text_in_code", cell=place, text=text)


def _of_prose(cells: list[nbformat.NotebookNode]) -> Iterator[str]:
    first, second = wording.LANGUAGES
    place = 0
    while place < len(cells):
        pair = cells[place : place + 2]
        told = [(cell.metadata.get("lang"), cell.metadata.get("tags")) for cell in pair]
        whole = len(pair) == 2 and [one[0] for one in told] == [first, second]
        if not whole or told[0][1] != told[1][1]:
            yield said("prose_alone", cell=place + 1)
        place += 2 if whole else 1


def _of_exercises(name: str) -> Iterator[str]:
    named = {key for call, key, _ in _names(name) if call == "ask"}
    if name not in exercise.lessons():
        items: set[str] = set()
    else:
        yield from exercise.problems(name)
        items = {
            item
            for entries in folders.read(name, folders.EXERCISES).values()
            for item in entries or {}
        }
    for item in sorted(named - items):
        yield f"{folders.SOURCE}: {said('asked_unknown', item=item)}"
    for item in sorted(items - named):
        yield f"{folders.EXERCISES}, {item}: {said('never_asked', item=item)}"


def _of_guide(name: str) -> Iterator[str]:
    if name not in guide.guides():
        return
    raw = folders.read(name, folders.GUIDE)
    found = list(guide.problems(raw))
    yield from (f"{folders.GUIDE}: {one}" for one in found)
    parts = 0 if found else sum(one["minutes"] for one in raw["timing"])
    minutes = sources.edition(_source(name), "zh").metadata["crm_lessons"]["minutes"]
    if parts not in (0, minutes):
        yield f"{folders.GUIDE}: {said('minutes_differ', parts=parts, minutes=minutes)}"


def _of_sentences(name: str) -> Iterator[str]:
    own = folders.read(name, folders.SENTENCES)
    for key, told in own.items():
        for where, text in _texts(key, told):
            for lacks in text_problems(text, "sentence", name=where):
                yield f"{folders.SENTENCES}: {lacks}"
    for call, key, spoken in _names(name):
        cards = [f"{key}_title", f"{key}_value"] if call == "figure" else []
        for one in [spoken or key, *cards] if call != "ask" else []:
            if one not in own and not ("." in one and wording.has(one)):
                yield f"{folders.SENTENCES}: {said('no_sentence', entry=one)}"


def _texts(key: str, told: dict) -> Iterator[tuple[str, dict]]:
    """A text; of the codes of tables each one."""
    if key != "codes":
        # What holds no text, such as what is told of a column, is no sentence.
        if not isinstance(told, dict) or set(told) & set(wording.LANGUAGES):
            yield key, told if isinstance(told, dict) else {}
        return
    for column, words in told.items():
        yield from ((f"codes {column} {code}", text) for code, text in words.items())


def _names(name: str) -> list[tuple[str, str, str]]:
    """What the notebook asks, says and shows as figures, where the name stands in the call."""
    return _NAMED.findall(_source(name).read_text(encoding="utf-8"))


def _source(name: str) -> Path:
    return folders.find(name) / folders.SOURCE
