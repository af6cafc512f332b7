"""From the columns of an export to a questionnaire with the questions that are left."""

import shlex
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from crm_lessons.data.surveys import _respondents
from crm_lessons.data.surveys._heading_texts import asked_for, cuts, tidy
from crm_lessons.data.surveys._words import BETWEEN, plain
from crm_lessons.data.surveys.drafting import _completing, _sheet, _words, _writing
from crm_lessons.data.surveys.drafting._found import Found
from crm_lessons.data.surveys.drafting._scales import Scales
from crm_lessons.data.surveys.drafting._sheet import Column
from crm_lessons.errors import CrmError

MOST_BRANCHES = 60  # a column of more different answers is no branch


@dataclass(frozen=True)
class Draft:
    """The ``text`` of the questionnaire, how many questions it leaves ``open``, and what was met.

    ``items``: how many are rated; ``left_out``: headings of columns that are no rating;
    ``personal``: those of them that may name a person. ``command`` checks the completed file.
    ``perhaps_branch``: headings of which one may be the branch; ``stems``: of two matrices with the
    same items.
    """

    text: str
    open: int
    items: int
    left_out: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    command: str = ""
    perhaps_branch: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)


def draft(
    source: str | Path, *, encoding: str | None = None, out: str | Path = "survey.yaml"
) -> Draft:
    """A questionnaire after an export of answers, with ``?`` where a person must decide.

    The file is one table as a form tool exports it; ``out`` is where the draft will lie. Nothing
    personal is read into the draft: such columns are left out and named.

    Raises DataFaults if the file cannot be read, CrmError if no column looks like a rating.
    """
    columns = _sheet.columns(str(source), encoding)
    found, scales, shared = Found(), Scales(columns), _shared(columns)
    stem = ""
    for column in columns:
        stem = _take(column, stem, found, scales, shared)
    if not found.items and "overall" in found.whole:  # the only thing that was rated
        text, scale = found.whole.pop("overall")
        found.items.append((text, "", scale))
    if not found.items:
        raise CrmError("draft_without_ratings", file=Path(source).name)
    command = shlex.join(["crm-lessons", "check", str(source), "--as", str(out)])
    text = _writing.text(Path(source).name, found, scales, command)
    return Draft(
        text=text,
        open=len(_completing.asked(text)),
        items=len(found.items),
        left_out=found.left_out,
        personal=found.personal,
        command=command,
        perhaps_branch=found.perhaps_branch,
        stems=_writing.twice(found),
    )


def _take(column: Column, stem: str, found: Found, scales: Scales, shared: Set[str]) -> str:
    """Put a column where it belongs; the stem that a next item without one may stand under."""
    heading = column.heading
    if _words.is_technical(asked_for(heading)) or _is_about_respondent(column, found):
        return ""
    if not column.answers:
        return ""
    if _respondents.is_personal(heading):
        found.personal.append(heading)
        return ""
    matrix = bool(column.stem) or any(head in shared for head, _ in cuts(heading))
    scale = scales.of(column, in_matrix=matrix)
    if scale is None:
        if not _is_by_words(column, found):
            found.left_out.append(heading)
            if _may_be_branch(column):
                found.perhaps_branch.append(heading)
        return ""
    own_stem, text = _apart(column, stem, shared)
    kind = _kind(heading, scale, found)
    if kind:
        found.whole[kind] = (tidy(heading), scale)
        return ""
    found.items.append((text, own_stem, scale))
    return own_stem


def _apart(column: Column, stem: str, shared: Set[str]) -> tuple[str, str]:
    """Stem and text of an item; one without a stem, or a number, goes on with the stem before.

    A stem is one that several columns share, or one that stands before a colon or a dash.
    """
    if column.stem:
        return tidy(column.stem), tidy(column.heading)
    whole, found = tidy(column.heading), cuts(column.heading)
    under = [cut for cut in found if cut[0] in shared]
    if under:
        return max(under, key=lambda cut: len(cut[0]))
    for above, text in found:
        if _parts(above, whole[len(above) : len(whole) - len(text)], text):
            return above, text
    numbered = whole != column.heading.strip()
    return ("" if numbered else stem), whole


def _parts(above: str, between: str, text: str) -> bool:
    """Whether what stands between parts two texts: a colon, a dash, but no hyphen of a word."""
    hyphen = between == "-" and not (_words.is_chinese(above[-1]) and _words.is_chinese(text[0]))
    return between.strip() in (":", "-", "--") and not hyphen


def _shared(columns: Sequence[Column]) -> set[str]:
    """What may be stems since several headings begin with it."""
    heads = Counter(
        head for column in columns for head in {head for head, _ in cuts(column.heading)}
    )
    return {head for head, count in heads.items() if count > 1}


def _kind(heading: str, scale: str, found: Found) -> str:
    """Which question about the whole this is; empty for an item."""
    if _words.names("recommends", heading):
        kind = "recommends"
    elif _words.names("again", heading) and scale in ("percent", "chance"):
        kind = "repurchase_probability"
    elif _words.names("overall", heading):
        kind = "overall"
    else:
        return ""
    return "" if kind in found.whole else kind


def _is_about_respondent(column: Column, found: Found) -> bool:
    """Whether the heading is one of those known: date, response number, branch, customer …"""
    heading = plain(asked_for(column.heading))
    for name in _respondents.NAMES:
        known = {plain(asked_for(one)) for one in _respondents.known(name).known_as}
        if heading in known:
            if name not in found.columns and name != "respondent_id":
                found.columns[name] = ""
            return True
    return False


def _may_be_branch(column: Column) -> bool:
    """Whether few names come again and again, as those of branches do."""
    names = column.distinct
    several = any(BETWEEN in one for one in names)
    return (
        2 <= len(names) <= MOST_BRANCHES and len(column.answers) >= 3 * len(names) and not several
    )


def _is_by_words(column: Column, found: Found) -> bool:
    """Whether a question asks for the branch, the adviser or the customer's number."""
    for name in ("customer_id", "branch", "adviser"):
        few = len(column.distinct) <= MOST_BRANCHES or name == "customer_id"
        if few and name not in found.columns and _words.names(name, column.heading):
            found.columns[name] = column.heading
            return True
    return False
