"""The command that describes a file once: headings, doubts, answers, kept in a small YAML file."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_lessons import wording
from crm_lessons.cli import told
from crm_lessons.cli._app import LANGUAGE, Language, Values, command, pairs, use
from crm_lessons.errors import CrmError

if TYPE_CHECKING:
    from crm_lessons.data.mapping import Draft, Question

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
    yes: Annotated[bool, typer.Option("--yes", help=_help("yes"))] = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.data import check_options, mapping

    if out.suffix.lower() not in (".yaml", ".yml"):
        raise CrmError("map_needs_yaml", path=out)
    options: dict[str, Any] = check_options(pairs(values))
    _show_columns(mapping.columns(file, options))
    for _ in range(ROUNDS):
        found = mapping.draft(file, options, latest=date.today())
        if found.table is not None:
            break
        options = _answered(found, options, yes)
    if found.table is None:
        raise found.error
    told.table(found.table)
    if not found.table.currency and not yes and sys.stdin.isatty():
        options = {**options, "currency": typer.prompt(_help("currency"), default="CNY")}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(mapping.text(file, options, out.parent), encoding="utf-8")
    print(wording.text("mapping.kept", path=out))


def _show_columns(columns) -> None:
    """Every column with examples, what it is taken for, and why."""
    from crm_lessons.data import schemas

    fields = schemas()["orders"].fields
    for one in columns:
        title = fields[one.field].title[wording.language()] if one.field else ""
        why = wording.text(f"mapping.why_{one.reason}", field=one.field, title=title)
        examples = " | ".join(str(value)[:20] for value in one.examples)
        print(wording.text("mapping.column", heading=one.heading, examples=examples, why=why))
    print()


def _answered(found: "Draft", options: dict[str, Any], yes: bool) -> dict[str, Any]:
    """The options with an answer to each question; the faults are raised if some have none."""
    from crm_lessons.data import mapping

    if found.faults or not found.questions:
        raise found.error
    for question in found.questions:
        print(f"- {question.fault}")
        answer = question.answers[0] if yes else _ask(question)
        print(wording.text("mapping.taken", answer=_shown(answer)))
        options = mapping.with_answer(options, answer)
    return options


def _ask(question: "Question"):
    """The answer that whoever sits here chooses by its number."""
    for number, answer in enumerate(question.answers, start=1):
        print(f"    {number}) {_shown(answer)}")
    known = {str(number): one for number, one in enumerate(question.answers, start=1)}
    chosen = ""
    while chosen not in known:
        chosen = typer.prompt(_help("which"), default="1").strip()
    return known[chosen]


def _shown(answer) -> str:
    name, value = answer
    if isinstance(value, dict):
        value = ",".join(f"{key}={text}" for key, text in value.items())
    return f"{name}={str(value).lower() if isinstance(value, bool) else value}"
