"""The commands that ask: an exam on this machine, for a class or on paper; a review."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, Language, command, use
from crm_lessons.cli._class import Address, NoBrowser, Store, say_class
from crm_lessons.cli._learning import Port, ready_for
from crm_lessons.errors import CrmError

if TYPE_CHECKING:  # importing this costs time that --help need not spend
    from crm_lessons.course.exam.composing import Exam


def _help(name: str) -> str:
    return wording.text(f"examining.{name}")


CLASS_PORT = 8018  # as `crm-lessons class`
Names = Annotated[Path | None, typer.Option(metavar="FILE", help=_help("names"))]


@command("exam", "examining.exam", panel="teach")
def hold_exam(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=_help("file"))] = None,
    lessons: Annotated[str, typer.Option(metavar="03,05", help=_help("lessons"))] = "",
    questions: Annotated[int, typer.Option(metavar="N", help=_help("questions"))] = 20,
    minutes: Annotated[int, typer.Option(metavar="N", help=_help("minutes"))] = 40,
    seed: Annotated[int, typer.Option("--seed-of-class", metavar="N", help=_help("seed"))] = 1,
    levels: Annotated[str, typer.Option(metavar="1,2,3", help=_help("levels"))] = "1,2,3",
    aims: Annotated[str, typer.Option(metavar="05.2", help=_help("aims"))] = "",
    for_class: Annotated[bool, typer.Option("--class", help=_help("for_class"))] = False,
    take_home: Annotated[Path | None, typer.Option(metavar="FILE", help=_help("take_home"))] = None,
    paper: Annotated[bool, typer.Option("--paper", help=_help("paper"))] = False,
    names: Names = None,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help=_help("out"))] = Path("exam"),
    pdf: Annotated[bool, typer.Option("--pdf", help=_help("pdf"))] = False,
    folder: Annotated[Path, typer.Option(metavar="FOLDER", help=_help("folder"))] = Path("results"),
    store: Store = "",
    port: Port = 0,
    address: Address = "",
    no_browser: NoBrowser = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.course.exam import composing

    given = {"questions": questions, "minutes": minutes, "seed": seed}
    exam = composing.read(file) if file else _exam(lessons, levels, aims, given)
    exam.chosen()  # too few questions: told before anything is written or opened
    if take_home:
        print(wording.text("examining.written", path=exam.write(take_home)))
    elif paper:
        _print_papers(exam, names, out, pdf)
    elif for_class:
        kept = {
            "folder": folder.resolve(),
            "store": store,
            "port": port or CLASS_PORT,
            "address": address,
        }
        _open_class(exam, kept, browser=not no_browser)
    else:
        from crm_lessons.course import results
        from crm_lessons.page import examining

        with ready_for(results.folder(), browser=not no_browser) as ready:
            examining.own_exam(exam, wording.language(), port=port, ready=ready)


@command("review", "examining.review", panel="learn")
def review_lessons(
    phone: Annotated[bool, typer.Option("--phone", help=_help("phone"))] = False,
    port: Port = 0,
    no_browser: NoBrowser = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.course import results
    from crm_lessons.page import examining, network

    with ready_for(results.folder(), browser=not (no_browser or phone)) as ready:

        def say(address: str) -> None:
            if phone:
                print(network.qr_in_terminal(address))
                print(wording.text("examining.same_network"))
            ready(address)

        examining.review(wording.language(), date.today(), port=port, phone=phone, ready=say)


def _exam(lessons: str, levels: str, aims: str, given: dict[str, int]) -> "Exam":
    from crm_lessons.course.exam.composing import Exam
    from crm_lessons.runs.lessons import find

    if not lessons.strip():
        raise CrmError("exam_without_lessons")
    chosen = tuple(dict.fromkeys(find(one).name for one in _parts(lessons)))
    try:
        wanted = tuple(int(one) for one in _parts(levels))
    except ValueError as error:
        raise CrmError("exam_levels", given=levels) from error
    named = [one.rpartition(".") for one in _parts(aims)]
    aimed = tuple(f"{find(lesson).name}.{aim}" for lesson, _, aim in named)
    return Exam(chosen, levels=wanted, aims=aimed, **given)


def _parts(given: str) -> list[str]:
    return [one.strip() for one in given.replace("，", ",").split(",") if one.strip()]


def _open_class(exam: "Exam", kept: dict[str, object], *, browser: bool) -> None:
    from crm_lessons.page import examining
    from crm_lessons.runs import opening

    with opening.browser() as show:

        def ready(room: object, link: str) -> None:
            say_class(room, link, kept["store"] or kept["folder"])
            if browser:
                show(link)

        still = examining.examine(exam, wording.language(), ready=ready, **kept)
    if still:
        print(wording.text("examining.still_at_work", count=still))


def _print_papers(exam: "Exam", names: Path | None, out: Path, pdf: bool) -> None:
    from crm_lessons.runs import exam_papers, roster

    if names is None:
        raise CrmError("exam_without_names")
    for path in exam_papers.papers(exam, list(roster.read(names)), out=out, pdf=pdf):
        print(wording.text("teaching.made", path=path))
