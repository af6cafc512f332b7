"""Sheets to print beside a handout: check lists to fill in, and cards of words to cut out.

A lesson's ``sheets.yaml`` names check lists of `crm_lessons.service` under ``checklists``, each
with its title; its own, as what observers mark, stand with their ``items`` under ``observations``;
and sets of ``cards`` have a ``front`` and a ``back``.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

import pandas as pd

from crm_lessons import service, wording, writing
from crm_lessons.course import folders
from crm_lessons.errors import CrmError
from crm_lessons.runs import _printing, lessons
from crm_lessons.runs._composing import Page

FILE = "sheets.yaml"
BLANKS = ("visit", "when", "branch", "observer")
MARKS = ("met", "not_met", "not_seen")


def sheets(lesson: str, *, out: Path, pdf: bool = False) -> list[Path]:
    """Write the sheets of a lesson as HTML, and as PDF when asked for; returns the files.

    A lesson that has observations gets a table for their marks as well (`collect --marks`), two
    rows for each item, to be filled in and copied for each visit.

    CrmError if the lesson has none, or no Chromium is there to print.
    """
    chosen = lessons.find(lesson)
    told = folders.read(chosen.name, FILE)
    if not told:
        raise CrmError("no_sheets", lesson=chosen.name)
    writing.ready(out)
    chromium = _printing.chromium() if pdf else None
    target = out / f"{chosen.name}_{wording.language()}_sheets.html"
    writing.text(target, render(told, chosen.title[wording.language()]))
    made = [target] if chromium is None else [target, _printing.pdf(target, chromium)]
    return made + list(_marks(told, out / f"{chosen.name}_{wording.language()}_marks.csv"))


def _marks(told: Mapping[str, Mapping], target: Path) -> Iterator[Path]:
    """The table of marks with all but the marks in it; ``words`` says what an item is."""
    visit, *observers = (wording.text(f"teaching.marks_{name}") for name in ("visit", "a", "b"))
    language = wording.language()
    rows = [
        {"visit": visit, "observer": who, "item": item, "met": "", "words": words[language]}
        for sheet in told.get("observations", {}).values()
        for item, words in sheet["items"].items()
        for who in observers
    ]
    if rows:
        # With the mark by which Excel knows UTF-8.
        writing.text(target, "\ufeff" + pd.DataFrame(rows).to_csv(index=False))
        yield target


def render(told: Mapping[str, Mapping], title: str) -> str:
    """The page as text: each check list on a sheet of its own, then the cards."""
    page = Page(wording.text("teaching.sheets_title", lesson=title), texts="teaching")
    language = wording.language()
    for name, words in told.get("checklists", {}).items():
        page.html(_check_list(service.checklist(name)["text"], words[language]))
    for own in told.get("observations", {}).values():
        items = [words[language] for words in own["items"].values()]
        page.html(_check_list(items, own["title"][language]))
    for cards in told.get("cards", {}).values():
        page.html(_cards(cards["title"][language], cards["cards"], language))
    return page.render(style="sheets")


def _check_list(items: Iterable[str], title: str) -> str:
    heads = "".join(f'<th scope="col">{_text(f"sheet_{key}")}</th>' for key in ("item", *MARKS))
    heads += f'<th scope="col">{_text("sheet_seen")}</th>'
    boxes = '<td class="box">☐</td>' * len(MARKS)
    rows = "".join(
        f'<tr><th scope="row">{number}. {escape(text)}</th>{boxes}<td></td></tr>'
        for number, text in enumerate(items, start=1)
    )
    return (
        f'<section class="sheet"><h2>{_text("sheet_check_list", title=title)}</h2>'
        f'<p class="blanks">{"".join(_blanks())}</p><p>{_text("sheet_how")}</p>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f'<p class="score">{_text("sheet_score")}</p></section>'
    )


def _blanks() -> Iterator[str]:
    for key in BLANKS:
        yield f"<span>{_text(f'sheet_{key}')}<i></i></span>"


def _cards(title: str, cards: list[Mapping], language: str) -> str:
    told = "".join(
        f'<div class="card"><b>{escape(one["front"][language])}</b>'
        f"<p>{escape(one['back'][language])}</p></div>"
        for one in cards
    )
    heading = _text("sheet_cards", title=title)
    return f'<section class="sheet"><h2>{heading}</h2><div class="cards">{told}</div></section>'


def _text(key: str, **values: object) -> str:
    return escape(wording.text(f"teaching.{key}", **values))
