"""What the commands print."""

from typing import TYPE_CHECKING

from crm_lessons import wording

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
    """What was read from a file and what was set aside."""
    for line in one.told():
        print(line)
    print(wording.text("cli.check_passed"))
