"""What the commands print."""

from typing import TYPE_CHECKING

import polars as pl

from crm_lessons import wording
from crm_lessons.wording import names

if TYPE_CHECKING:  # importing these costs time that --help need not spend
    from crm_lessons.data import Table
    from crm_lessons.runs import Report
    from crm_lessons.runs.lessons import Lesson
    from crm_lessons.runs.parameters import Parameter


def lesson(one: "Lesson") -> None:
    """A lesson in one line: name, title, minutes, subject."""
    language = wording.language()
    print(
        wording.text(
            "cli.lesson_line",
            name=one.name,
            title=one.title[language],
            minutes=one.minutes,
            subject=one.subject[language],
        )
    )


def parameter(one: "Parameter") -> None:
    """A parameter in two lines: name, type and default, then what it does."""
    from crm_lessons.runs.parameters import wanted

    default = "" if one.default in ("", {}, [], None) else one.default
    print(wording.text("cli.parameter_line", name=one.name, wanted=wanted(one), default=default))
    print(f"    {one.help()}")


def report(made: "Report") -> None:
    """The main figures of a report, then where its files lie."""
    for figure in made.figures.values():
        print(figure["sentence"])
    print()
    for kind in ("html", "excel", "notebook", "json"):
        print(wording.text(f"cli.made_{kind}", path=getattr(made, kind)))


def table(one: "Table") -> None:
    """What was read from a file, what was set aside, what is worth knowing."""
    rows = one.lines.select(pl.len()).collect(engine="streaming").item()
    print(wording.text("cli.rows_read", source=one.source, rows=rows))
    titles = [names.column(name) for name in one.columns]
    print(wording.text("cli.columns_found", columns=wording.text("cli.comma").join(titles)))
    for reason, count in one.set_aside.items():
        if count:
            print(wording.text(f"data.{reason}", count=count))
    for note in one.notes:
        print(note)
    print(wording.text("cli.check_passed"))
