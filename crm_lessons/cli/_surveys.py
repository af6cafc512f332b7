"""The analyst's command about surveys: a questionnaire drafted from an export of answers."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, Language, command, help_text, use
from crm_lessons.errors import CrmError


@command("draft", "cli.draft", panel="report")
def draft_questionnaire(
    file: Annotated[str, typer.Argument(metavar="FILE", help=help_text("draft_file"))],
    out: Annotated[Path, typer.Option(metavar="FILE", help=help_text("draft_out"))],
    encoding: Annotated[str, typer.Option(metavar="CODE", help=help_text("encoding"))] = "",
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons import writing
    from crm_lessons.data.surveys import drafting

    if out.suffix.lower() not in (".yaml", ".yml"):
        raise CrmError("questionnaire_suffix", where=out.name)
    if out.exists():
        raise CrmError("draft_exists", path=out)
    made = drafting.draft(file, encoding=encoding or None)
    writing.text(out, made.text)
    print(wording.text("draft.made", path=out, items=made.items))
    for key, headings in (("left_out", made.left_out), ("personal", made.personal)):
        if headings:
            told = wording.text("cli.comma").join(headings)
            print(wording.text(f"draft.named_{key}", headings=told))
    if made.open:
        print(wording.text("draft.still_open", count=made.open))
        for line, question in drafting.questions(made.text):
            print("  " + wording.text("draft.at_line", line=line, question=question))
    parts = ["crm-lessons", "check", file, "--as", str(out)]
    print(wording.text("draft.then", command=shlex.join(parts)))
