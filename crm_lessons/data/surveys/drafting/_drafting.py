"""From the columns of an export to a questionnaire with the questions that are left."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from crm_lessons.data.surveys import _respondents
from crm_lessons.data.surveys._headings import asked_for, cuts, tidy
from crm_lessons.data.surveys._words import plain
from crm_lessons.data.surveys.drafting import _sheet, _words, _writing
from crm_lessons.data.surveys.drafting._found import Found
from crm_lessons.data.surveys.drafting._scales import Scales
from crm_lessons.data.surveys.drafting._sheet import Column
from crm_lessons.errors import CrmError

MOST_BRANCHES = 60  # a column of more different answers is no branch


@dataclass(frozen=True)
class Draft:
    """The ``text`` of the questionnaire, how many questions it leaves ``open``, and what was met.

    ``items``: how many are rated; ``left_out``: headings of columns that are no rating;
    ``personal``: those of them that may name a person.
    """

    text: str
    open: int
    items: int
    left_out: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)


def draft(source: str | Path, *, encoding: str | None = None) -> Draft:
    """A questionnaire after an export of answers, with ``?`` where a person must decide.

    The file is one table as a form tool exports it. Nothing personal is read into the draft: such
    columns are left out and named.

    Raises DataFaults if the file cannot be read, CrmError if no column looks like a rating.
    """
    found, scales = Found(), Scales()
    stem = ""
    for column in _sheet.columns(str(source), encoding):
        stem = _take(column, stem, found, scales)
    if not found.items and not found.whole:
        raise CrmError("draft_without_ratings", file=Path(source).name)
    text = _writing.text(Path(source).name, found, scales)
    return Draft(
        text=text,
        open=len(_writing.questions(text)),
        items=len(found.items),
        left_out=found.left_out,
        personal=found.personal,
    )


def _take(column: Column, stem: str, found: Found, scales: Scales) -> str:
    """Put a column where it belongs; the stem that a next item without one may stand under."""
    heading = column.heading
    if _words.is_technical(asked_for(heading)) or _is_about_respondent(column, found):
        return ""
    if not column.answers or re.match(r"(?i)(points|feedback) - ", heading):
        return ""
    if _respondents.is_personal(heading):
        found.personal.append(heading)
        return ""
    scale = scales.of(column)
    if scale is None:
        if not _is_by_words(column, found):
            found.left_out.append(heading)
        return ""
    own_stem, text = _apart(column, stem)
    kind = _kind(text, heading, scale, found)
    if kind:
        found.whole[kind] = (text, scale)
        return ""
    found.items.append((text, own_stem, scale))
    return own_stem


def _apart(column: Column, stem: str) -> tuple[str, str]:
    """Stem and text of an item; one without a stem, or a number, goes on with the stem before."""
    if column.stem:
        return tidy(column.stem), tidy(column.heading)
    found = cuts(column.heading)
    if found:
        return found[0][0], found[0][1]
    numbered = tidy(column.heading) != column.heading.strip()
    return ("" if numbered else stem), tidy(column.heading)


def _kind(text: str, heading: str, scale: str, found: Found) -> str:
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


def _is_by_words(column: Column, found: Found) -> bool:
    """Whether a question asks for the branch, the adviser or the customer's number."""
    for name in ("customer_id", "branch", "adviser"):
        few = len(column.distinct) <= MOST_BRANCHES or name == "customer_id"
        if few and name not in found.columns and _words.names(name, column.heading):
            found.columns[name] = column.heading
            return True
    return False
