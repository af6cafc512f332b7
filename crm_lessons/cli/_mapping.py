"""The command that describes a file once: headings, doubts, answers, kept in a small YAML file."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, Language, Values, command, help_text, pairs, use
from crm_lessons.errors import CrmError

if TYPE_CHECKING:
    from crm_lessons.page.dialogue import Dialogue, Question, Sheet

ROUNDS = 20  # of questions, after which answering leads nowhere


def _help(name: str) -> str:
    return wording.text(f"mapping.{name}")


@command("map", "mapping.map", panel="report")
def map_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help=_help("file"))],
    out: Annotated[Path, typer.Option(metavar="FILE.yaml", help=_help("out"))] = Path(
        "our_shop.yaml"
    ),
    values: Values = [],  # noqa: B006 - Typer copies it
    schema: Annotated[str, typer.Option("--as", metavar="SCHEMA", help=_help("as"))] = "orders",
    yes: Annotated[bool, typer.Option("--yes", help=_help("yes"))] = False,
    page: Annotated[bool, typer.Option("--page", help=_help("page"))] = False,
    port: Annotated[int, typer.Option(metavar="N", help=help_text("port"), show_default=False)] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=help_text("no_browser"))] = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.data import schemas
    from crm_lessons.page.describing import Describing

    if schema not in schemas():
        raise CrmError("unknown_schema", given=schema, known=", ".join(schemas()))
    if out.suffix.lower() not in (".yaml", ".yml"):
        raise CrmError("map_needs_yaml", path=out)
    asks = page or (not yes and sys.stdin.isatty())
    given = pairs(values)
    dialogue = Describing(file, given, out, date.today(), asks_unit=asks, kind=schema)
    if page:
        on_page(dialogue, port=port, browser=not no_browser)
        return
    sheet = dialogue.sheet({})
    _show_columns(sheet)
    answers: dict[str, str] = {}
    for _ in range(ROUNDS):
        if sheet.problems or not sheet.open_questions():
            break
        if yes and not all(one.likely for one in sheet.open_questions()):
            break  # nobody is here to say which
        answers |= {one.name: _answer(one, yes) for one in sheet.open_questions()}
        sheet = dialogue.sheet(answers)
    if not sheet.ready:
        raise dialogue.error
    for line in sheet.told:
        print(line)
    print(f"\n{dialogue.keep(answers)}")


def on_page(dialogue: "Dialogue", *, port: int = 0, browser: bool = True) -> None:
    """The dialogue as a form in the browser, until its answers are kept or Ctrl-C."""
    from crm_lessons.page import form
    from crm_lessons.runs import opening

    with opening.browser() as show:

        def ready(address: str) -> None:
            print(wording.text("dialogue.opened", address=address), flush=True)
            if browser:
                show(address)

        kept = form.serve(dialogue, wording.language(), port=port, ready=ready)
    print(kept or wording.text("dialogue.ended"))


def _show_columns(sheet: "Sheet") -> None:
    """Every column with examples, what it is taken for, and why."""
    for one in (one for part in sheet.sections if part.quiet for one in part.questions):
        told = dict(heading=one.text, examples=one.detail, why=one.reason)
        print(wording.text("mapping.column", **told))
    print()


def _answer(question: "Question", yes: bool) -> str:
    """The answer that whoever sits here gives: typed, or chosen by its number."""
    print(f"- {question.text}")
    first = question.choices[0].value
    if question.free:
        return first if yes else typer.prompt(_help("answer_typed"), default=first).strip()
    if not yes:
        for number, one in enumerate(question.choices, start=1):
            print(f"    {number}) {one.label}")
    known = {str(number): one for number, one in enumerate(question.choices, start=1)}
    chosen = "1" if yes else ""
    while chosen not in known:
        chosen = typer.prompt(_help("which"), default="1").strip()
    print(wording.text("mapping.taken", answer=known[chosen].label))
    return known[chosen].value
