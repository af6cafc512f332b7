"""What the commands print."""

from typing import TYPE_CHECKING

from crm_lessons import wording

if TYPE_CHECKING:  # importing these costs time that --help need not spend
    from collections.abc import Mapping
    from pathlib import Path

    from crm_lessons.course.parameters import Parameter
    from crm_lessons.data import Table
    from crm_lessons.runs import Report
    from crm_lessons.runs.lessons import Lesson


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


def contents(results: "Path", role: str = "") -> None:
    """The lessons, or those of a role, with the progress of whoever left results in a folder, what
    comes next, and how to begin."""
    from crm_lessons.course import progress
    from crm_lessons.runs import contents, lessons, timetable

    found = progress.of_folder(results)
    made = contents.by_lesson(found)
    path = list(timetable.path(role)) if role else lessons.names()
    for one in map(lessons.find, path):
        lesson(one)
        for far in made.get(one.name, []):
            print(f"    {contents.sentence(far)}")
    print(contents.what_next(progress.following(path, found)))
    print(wording.text("cli.how_to_learn"))


def opened(address: str, results: "Path") -> None:
    """Where a lesson is open, where its results go, how to end it."""
    print(wording.text("cli.opened", address=address))
    print(wording.text("cli.results_in", folder=results), flush=True)


def parameter(one: "Parameter") -> None:
    """A parameter in two lines: name, type and default, then what it does."""
    from crm_lessons.course.parameters import wanted

    default = "" if one.default in ("", {}, [], None) else one.default
    print(wording.text("cli.parameter_line", name=one.name, wanted=wanted(one), default=default))
    print(f"    {one.help()}")


def report(made: "Report") -> None:
    """What was set aside and what is worth knowing, the main figures, where the files lie."""
    for sentence in made.said:
        print(sentence)
    if made.said:
        print()
    for figure in made.figures.values():
        print(figure["sentence"])
    print()
    for kind in ("html", "pdf", "excel", "notebook", "json"):
        if path := getattr(made, kind):
            print(wording.text(f"cli.made_{kind}", path=path))


def _titles(one: "Table") -> list[str]:
    """What the columns of a table are called; of a survey, those beside the questions."""
    from crm_lessons.data import schemas

    if one.questionnaire is not None:
        named, about = one.questionnaire.titles(), one.questionnaire.columns
        return [named[name] for name in one.columns if name in about]
    fields = schemas()[one.schema].fields
    language = wording.language()
    return [fields[n].title[language] if n in fields else n for n in one.columns]


def table(one: "Table", scope: "Mapping[str, str] | None" = None) -> None:
    """What was read from a file, what was set aside, what is worth knowing.

    ``scope`` keeps some of the answers of a survey; CrmError where nothing has such a column.
    """
    import polars as pl

    from crm_lessons import customers
    from crm_lessons.show import rooms

    rows = one.lines.select(pl.len()).collect(engine="streaming").item()
    print(wording.text("cli.rows_read", source=one.source, rows=rows))
    titles = _titles(one)
    named = wording.text("cli.comma").join(dict.fromkeys(titles))
    print(wording.text("cli.columns_found", columns=named))
    if one.questionnaire is not None:
        asked = one.questionnaire
        told = dict(count=len(asked.questions), items=len(asked.items))
        print(wording.text("cli.questions_found", title=asked.title[wording.language()], **told))
        _remarks(one, scope)
    people = customers.summarise(one) if one.schema == "orders" else None
    for key, values in customers.remarks(one, people):
        print(wording.text(key, **values))
    for key, values in rooms.remarks(one):
        print(wording.text(f"remarks.{key}", **values))
    print(wording.text("cli.check_passed"))


def _remarks(one: "Table", scope: "Mapping[str, str] | None") -> None:
    """What to know of a survey before its figures; items by their titles."""
    from crm_lessons import survey

    found = survey.within(survey.responses(one), where=scope)
    survey.check_scope(scope, found)
    titles = found.items[f"title_{wording.language()}"]
    for key, values in survey.remarks(found):
        told = {n: _listed(titles, v) if isinstance(v, list) else v for n, v in values.items()}
        print(wording.text(f"remarks.{key}", **told))


def _listed(titles, names: list[str]) -> str:
    return wording.text("course.between").join(titles[name] for name in names)
