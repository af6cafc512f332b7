"""The learner's commands: a lesson as a page, a folder of one's own, JupyterLab."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli import told
from crm_lessons.cli._app import (
    LANGUAGE,
    Language,
    LessonName,
    Values,
    command,
    help_text,
    pairs,
    use,
)
from crm_lessons.errors import CrmError

Port = Annotated[int, typer.Option(metavar="N", help=help_text("port"), show_default=False)]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help=help_text("no_browser"))]
Role = Annotated[
    str,
    typer.Option("--role", metavar="ROLE", help=wording.text("plan.help_path"), show_default=False),
]
Folder = Annotated[Path, typer.Option(metavar="FOLDER", help=help_text("folder"))]


@command("learn", "cli.learn", panel="learn")
def learn_lesson(
    lesson: LessonName = "",
    values: Values = [],  # noqa: B006 - Typer copies it
    port: Port = 0,
    no_browser: NoBrowser = False,
    role: Role = "",
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.course import results
    from crm_lessons.runs import lessons

    if not lesson:
        told.contents(results.folder(), role)
        return
    from crm_lessons.page import learning

    with ready_for(results.folder(), browser=not no_browser) as ready:
        learning.learn(
            lessons.find(lesson),
            wording.language(),
            parameters=pairs(values),
            latest=date.today(),
            port=port,
            ready=ready,
        )


@command("start", "cli.start", panel="learn")
def start_lesson(
    lesson: LessonName,
    folder: Folder = Path("lessons"),
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.runs import jupyterlab, lessons

    copied = jupyterlab.lay_out(folder, [lessons.find(lesson)], wording.language())
    print(wording.text("cli.started", path=copied[0]))


@command("lab", "cli.lab", panel="learn")
def open_lab(
    folder: Folder = Path("lessons"),
    port: Port = 0,
    no_browser: NoBrowser = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.course import results
    from crm_lessons.runs import jupyterlab

    with ready_for(results.folder(), browser=not no_browser) as ready:
        jupyterlab.open_lab(folder, wording.language(), port=port, ready=ready)


@command("hand-in", "cli.hand_in", panel="learn")
def hand_in_results(
    nickname: Annotated[str, typer.Option(metavar="NAME", help=help_text("nickname"))] = "",
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.course import handing_in, results
    from crm_lessons.course.nickname import remembered

    file = results.Results(nickname or remembered(), "").path
    if not os.path.lexists(file):
        raise CrmError("nothing_to_hand_in")
    print(wording.text("cli.your_file", path=file.resolve()))
    copy = handing_in.hand_in(file)
    if copy is not None:
        print(wording.text("cli.handed_in", path=copy))


@contextmanager
def ready_for(results: Path, *, browser: bool) -> Iterator[Callable[[str], None]]:
    """What to do with the address once the server answers: say it, and open it."""
    from crm_lessons.runs import opening

    with opening.browser() as show:

        def say_and_open(address: str) -> None:
            told.opened(address, results)
            if browser:
                show(address)

        yield say_and_open
