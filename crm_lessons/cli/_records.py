"""The commands of what is kept: one's own record and certificate, the signed list of a class."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, Language, command, use
from crm_lessons.errors import CrmError


def _help(name: str) -> str:
    return wording.text(f"record.help_{name}")


Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help=wording.text("teaching.collect_folder"))
]
ToPdf = Annotated[bool, typer.Option("--pdf", help=wording.text("teaching.pdf"))]


@command("record", "record.record", panel="learn")
def make_record(
    lesson: Annotated[str, typer.Argument(metavar="LESSON", help=_help("lesson"))] = "",
    certificate: Annotated[bool, typer.Option("--certificate", help=_help("certificate"))] = False,
    nickname: Annotated[str, typer.Option(metavar="NAME", help=_help("nickname"))] = "",
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help=wording.text("teaching.out_folder"))
    ] = Path("records"),
    pdf: ToPdf = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.course import results
    from crm_lessons.course.nickname import remembered
    from crm_lessons.runs import record

    if lesson and certificate:
        raise CrmError("record_certificate_of_course")
    who = nickname or remembered()
    wanted = record.Wanted(results.Results(who, "").path, who, date.today())
    if lesson:
        made = record.of_lesson(wanted, lesson, out=out, pdf=pdf)
    else:
        made = (record.certificate if certificate else record.of_course)(wanted, out=out, pdf=pdf)
    for path in made:
        print(wording.text("teaching.made", path=path))


@command("sign", "record.sign_command", panel="teach")
def sign_list(
    folder: Folder,
    by: Annotated[str, typer.Option(metavar="NAME", help=_help("by"))],
    out: Annotated[Path, typer.Option(metavar="FILE", help=_help("out"))] = Path(
        "class_signed.json"
    ),
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.course import signing

    told = signing.sign(folder, out, by=by, made=date.today())
    people = len({row["nickname"] for row in told["rows"]})
    whole = sum(row["whole"] for row in told["rows"])
    print(
        wording.text("record.signed_counts", people=people, whole=whole, files=len(told["files"]))
    )
    print(wording.text("record.signed", path=out, sha=told["sha256"]))


@command("verify", "record.verify_command", panel="teach")
def verify_list(
    signed: Annotated[Path, typer.Argument(metavar="FILE", help=_help("signed"))],
    folder: Folder,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.course import signing

    found, told = signing.verify(signed, folder), signing.read(signed)
    if not found.list_is_sound:
        raise CrmError("sign_list_changed", path=signed)
    sound = {"sha": told["sha256"], "by": told["by"], "made": told["made"]}
    print(wording.text("record.verified_sound", **sound))
    print(wording.text("record.verified_same", count=len(found.same)))
    between = wording.text("teaching.between")
    for key in ("changed", "missing", "added"):
        if names := getattr(found, key):
            print(wording.text(f"record.verified_{key}", names=between.join(names)))
    if not found.holds:
        raise CrmError("sign_files_changed", path=signed)
