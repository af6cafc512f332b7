"""The analyst's command about surveys: a questionnaire drafted from an export of answers."""

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
    page: Annotated[bool, typer.Option("--page", help=wording.text("draft.page"))] = False,
    port: Annotated[int, typer.Option(metavar="N", help=help_text("port"), show_default=False)] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=help_text("no_browser"))] = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons import writing
    from crm_lessons.data.surveys import drafting

    if out.suffix.lower() not in (".yaml", ".yml"):
        raise CrmError("questionnaire_suffix", where=out.name)
    if out.exists():
        raise CrmError("draft_exists", path=out)
    if page:
        from crm_lessons.cli._mapping import on_page
        from crm_lessons.page.questioning import Questioning

        on_page(Questioning(file, out, encoding=encoding), port=port, browser=not no_browser)
        return
    made = drafting.draft(file, encoding=encoding or None, out=out)
    writing.text(out, made.text)
    print(wording.text("draft.made", path=out, items=made.items))
    for key, headings in (("left_out", made.left_out), ("personal", made.personal)):
        if headings:
            told = wording.text("cli.comma").join(headings)
            print(wording.text(f"draft.named_{key}", headings=told))
    if made.open:
        print(wording.text("draft.still_open", count=made.open))
        asked: dict[str, list[int]] = {}  # the same question may stand in many lines
        for one in drafting.asked(made.text):
            asked.setdefault(one.text, []).append(one.line)
        for question, lines in asked.items():
            told = wording.text("cli.comma").join(map(str, lines))
            key = "draft.at_lines" if len(lines) > 1 else "draft.at_line"
            print("  " + wording.text(key, line=told, question=question))
    print(wording.text("draft.then", command=made.command))
