"""The instructor's commands: the class, handout, slides and sheets to print, the guide."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, Language, LessonName, Values, command, pairs, use

if TYPE_CHECKING:  # importing this costs time that --help need not spend
    from crm_lessons.runs.class_report import ClassReport
    from crm_lessons.runs.handouts import Wanted


def _help(name: str) -> str:
    return wording.text(f"teaching.{name}")


Folder = Annotated[Path, typer.Option(metavar="FOLDER", help=_help("out_folder"))]
ToPdf = Annotated[bool, typer.Option("--pdf", help=_help("pdf"))]
Deeper = Annotated[bool, typer.Option("--deeper", help=_help("deeper"))]


@command("collect", "teaching.collect", panel="teach")
def collect_results(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=_help("collect_folder"))],
    out: Annotated[Path, typer.Option(metavar="FILE", help=_help("collect_out"))] = Path(
        "class.xlsx"
    ),
    lesson: Annotated[str, typer.Option(metavar="LESSON", help=_help("collect_lesson"))] = "",
    names: Annotated[Path | None, typer.Option(metavar="FILE", help=_help("collect_names"))] = None,
    rerun: Annotated[bool, typer.Option("--rerun", help=_help("collect_rerun"))] = False,
    store: Annotated[
        str, typer.Option(metavar="NAME", help=_help("collect_store"), show_default=False)
    ] = "",
    marks: Annotated[Path | None, typer.Option(metavar="FILE", help=_help("collect_marks"))] = None,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.runs import class_report, lessons, roster

    if store:
        from crm_lessons.page.database import DatabaseStore

        DatabaseStore(store).write_files(folder / "store")
    made = class_report.class_report(
        folder,
        out=out,
        lesson=lessons.find(lesson).name if lesson else None,
        names=roster.read(names) if names else [],
        leave_out=[names] if names else [],
        rerun=rerun,
        marks=marks,
    )
    _tell(made)


@command("handout", "teaching.handout", panel="teach")
def make_handout(
    lesson: LessonName,
    values: Values = [],  # noqa: B006 - Typer copies it
    out: Folder = Path("teaching"),
    pdf: ToPdf = False,
    deeper: Deeper = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.runs import handouts

    for path in handouts.handout(_wanted(lesson, values, deeper), out=out, pdf=pdf):
        print(wording.text("teaching.made", path=path))


@command("slides", "teaching.slides", panel="teach")
def make_slides(
    lesson: LessonName,
    values: Values = [],  # noqa: B006 - Typer copies it
    out: Folder = Path("teaching"),
    pdf: ToPdf = False,
    powerpoint: Annotated[bool, typer.Option("--pptx", help=_help("pptx"))] = False,
    deeper: Deeper = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.runs import handouts

    wanted = _wanted(lesson, values, deeper)
    for path in handouts.slide_show(wanted, out=out, pdf=pdf, powerpoint=powerpoint):
        print(wording.text("teaching.made", path=path))


def _wanted(lesson: str, values: list[str], deeper: bool) -> "Wanted":
    """The lesson as it is to be run: a parameter that does not fit is refused as by `report`."""
    from crm_lessons.runs.handouts import Wanted

    return Wanted(lesson, pairs(values), date.today(), deeper)


@command("sheets", "teaching.sheets", panel="teach")
def make_sheets(
    lesson: LessonName,
    out: Folder = Path("teaching"),
    pdf: ToPdf = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.runs import check_sheets

    for path in check_sheets.sheets(lesson, out=out, pdf=pdf):
        print(wording.text("teaching.made", path=path))


@command("guide", "teaching.guide", panel="teach")
def make_guide(
    lesson: LessonName, out: Folder = Path("teaching"), language: Language = LANGUAGE
) -> None:
    use(language)
    from crm_lessons.runs import guide_page

    print(wording.text("teaching.made", path=guide_page.guide_page(lesson, out=out)))


def _tell(made: "ClassReport") -> None:
    """A class in a few lines; the files say the rest."""
    results = made.results
    tried = results.items["trainees"].sum()
    rate = f"{results.items['right_first'].sum() / tried:.1%}" if tried else "–"
    print(wording.text("teaching.collected", trainees=len(results.trainees), rate=rate))
    if results.missing:
        names = wording.text("teaching.between").join(results.missing)
        told = {"count": len(results.missing), "names": names}
        print(wording.text("teaching.collected_missing", **told))
    if len(results.set_aside):
        print(wording.text("teaching.collected_set_aside", count=len(results.set_aside)))
    if made.rerun:
        told = {"same": made.rerun.same, "different": len(made.rerun.mismatches)}
        told |= {"other": made.rerun.other, "notebooks": len(made.rerun.notebooks)}
        print(wording.text("teaching.collected_recheck", **told))
    print(wording.text("teaching.collected_proves"))
    for path in (made.excel, made.html):
        print(wording.text("teaching.made", path=path))
