"""The command that opens a class."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, Language, command, use

if TYPE_CHECKING:  # importing this costs time that --help need not spend
    from crm_lessons.page.classroom import ClassRoom


def _help(name: str) -> str:
    return wording.text(f"teaching.{name}")


Lessons = Annotated[list[str], typer.Argument(metavar="LESSON…", help=_help("class_lessons"))]
Folder = Annotated[Path, typer.Option(metavar="FOLDER", help=_help("class_folder"))]
Store = Annotated[
    str, typer.Option(metavar="ADDRESS", help=_help("class_store"), show_default=False)
]
Port = Annotated[int, typer.Option(metavar="N", help=_help("class_port"))]
Address = Annotated[
    str, typer.Option(metavar="ADDRESS", help=_help("class_address"), show_default=False)
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help=wording.text("cli.no_browser"))]


@command("class", "teaching.class", panel="teach")
def open_class(
    names: Lessons,
    folder: Folder = Path("results"),
    store: Store = "",
    port: Port = 8018,
    address: Address = "",
    no_browser: NoBrowser = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.page import teaching
    from crm_lessons.runs import lessons, opening

    chosen = list({one.name: one for one in map(lessons.find, names)}.values())
    with opening.browser() as show:

        def ready(room: "ClassRoom", link: str) -> None:
            say_class(room, link, store or folder.resolve())
            if not no_browser:
                show(link)

        told = {"folder": folder.resolve(), "store": store, "port": port, "address": address}
        teaching.teach(chosen, wording.language(), ready=ready, **told)


def say_class(room: "ClassRoom", link: str, folder: object) -> None:
    from crm_lessons.page import network

    print(wording.text("classroom.opened", address=room.address, code=room.code))
    if sys.stdout.isatty():
        print(network.qr_in_terminal(room.invitation))
    key = "encrypted_by_proxy" if room.address.startswith("https://") else "not_encrypted"
    encryption = wording.text(f"classroom.{key}", address=room.address)
    told = {"link": link, "folder": folder, "encryption": encryption}
    print(wording.text("classroom.for_you", **told), flush=True)
