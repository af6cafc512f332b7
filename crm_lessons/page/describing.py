"""The dialogue of ``crm-lessons map``: what the columns of a file are, and what is doubtful."""

import json
import shlex
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from crm_lessons import customers, wording, writing
from crm_lessons.data import check_options, labels, mapping, personal, schemas
from crm_lessons.data.mapping import Answer, Draft
from crm_lessons.errors import CrmError
from crm_lessons.page.dialogue import Answers, Choice, Question, Section, Sheet
from crm_lessons.runs import lessons
from crm_lessons.show import rooms

ORDERS = "orders"
ROUNDS = 20  # of questions, after which answering leads nowhere
CURRENCY = "currency"
CURRENCIES = ("CNY", "USD", "EUR", "GBP", "HKD", "JPY")
_COLUMN, _UNUSED = "column ", "-"
_A_SENTENCE = 20  # characters that no id or date has


class Describing:
    """``options`` are what is known beforehand; ``out`` is where the answers are kept.

    ``asks_unit``: whether the unit of money is asked for where the file does not name it.
    ``kind``: the schema of the table, ``orders``, ``messages`` and so on.
    """

    def __init__(
        self,
        file: str,
        options: Mapping[str, Any],
        out: Path,
        latest: date,
        *,
        asks_unit: bool = True,
        kind: str = ORDERS,
    ) -> None:
        self.file, self.out, self.latest, self.kind = file, out, latest, kind
        self.asks_unit = asks_unit and kind == ORDERS
        self.given = check_options(options)
        self.error: CrmError | None = None  # why the last sheet is not ready
        self._drafts: dict[str, Draft] = {}

    def sheet(self, answers: Answers) -> Sheet:
        """The columns, the questions asked up to now, and what is read when all are answered."""
        options, found, asked = self._answered(answers)
        self.error = found.error
        told = []
        if found.table is not None:
            told = _told(found.table)
            if self.asks_unit and not found.table.currency:
                asked.append(_currency(answers.get(CURRENCY, "")))
        columns = [self._column(one) for one in mapping.columns(self.file, options, self.kind)]
        doubts = Section(wording.text("mapping.doubts"), asked)
        parts = [doubts] if asked else []
        parts.append(Section(wording.text("mapping.columns"), columns, quiet=True))
        ready = found.table is not None and not any(one.is_open for one in asked)
        return Sheet(
            title=wording.text("mapping.title", file=Path(self.file).name),
            lead=wording.text("mapping.lead", path=self.out),
            sections=parts,
            problems=[str(fault) for fault in found.faults],
            told=told,
            ready=ready,
        )

    def keep(self, answers: Answers) -> str:
        """Write the file of answers, which stands for the source from then on."""
        options, _, _ = self._answered(answers)
        if answers.get(CURRENCY):
            options = {**options, CURRENCY: answers[CURRENCY].strip().upper()}
        self.out.parent.mkdir(parents=True, exist_ok=True)
        writing.text(self.out, mapping.text(self.file, options, self.out.parent))
        command = shlex.join(self._next())
        key = "mapping.kept" if self.kind == ORDERS else "mapping.kept_other"
        return wording.text(key, path=self.out, command=command).strip()

    def _next(self) -> list[str]:
        """What to type with the answers: a report on such a table, or its check."""
        if self.kind == ORDERS:
            return ["crm-lessons", "report", "05", "-p", f"orders={self.out}"]
        taking = lessons.taking(self.kind)
        if taking is None:
            return ["crm-lessons", "check", str(self.out), "--as", self.kind]
        number = taking[0].partition("_")[0]
        return ["crm-lessons", "report", number, "-p", f"{taking[1]}={self.out}"]

    def _answered(self, answers: Answers) -> tuple[dict[str, Any], Draft, list[Question]]:
        """The options that the answers come to, the draft they lead to, and all that was asked.

        A question may only come up when another is answered, so they are answered in rounds.
        """
        options = dict(self.given)
        for name, value in answers.items():
            if name.startswith(_COLUMN) and value in schemas()[self.kind].fields:
                heading = name.removeprefix(_COLUMN)
                options = mapping.with_answer(options, ("columns", {value: heading}))
        asked: dict[str, Question] = {}
        for _ in range(ROUNDS):
            found, moved = self._draft(options), False
            for one in found.questions:
                question, answer = _question(one, answers, self.kind)
                if question.name in asked and not asked[question.name].is_open:
                    continue  # answered, and it did not help
                asked[question.name] = question
                if answer is not None:
                    options, moved = mapping.with_answer(options, answer), True
            if not moved:
                break
        return options, found, list(asked.values())

    def _draft(self, options: dict[str, Any]) -> Draft:
        """The file read with these options; what was read before is not read again."""
        key = json.dumps(options, sort_keys=True)
        if key not in self._drafts:
            if len(self._drafts) > ROUNDS:
                self._drafts.clear()
            self._drafts[key] = mapping.draft(self.file, options, self.kind, latest=self.latest)
        return self._drafts[key]

    def _column(self, one: mapping.Column) -> Question:
        """What a column is taken for; another field may be chosen."""
        language = wording.language()
        fields = {n: f.title.get(language, n) for n, f in schemas()[self.kind].fields.items()}
        why = wording.text(
            f"mapping.why_{one.reason}", field=one.field, title=fields.get(one.field, "")
        )
        unused = [] if one.field else [Choice(_UNUSED, why)]
        return Question(
            name=f"{_COLUMN}{one.heading}",
            text=one.heading,
            choices=[*unused, *(Choice(name, title) for name, title in fields.items())],
            chosen=one.field or _UNUSED,
            detail=" | ".join(_example(value) for value in one.examples),
            reason=why,
            needed=False,
        )


def _example(value: object) -> str:
    """The beginning of a value; of what people wrote, without what is personal."""
    text = str(value)
    return (personal.masked(text) if len(text) > _A_SENTENCE else text)[:_A_SENTENCE]


def _question(
    asked: mapping.Question, answers: Answers, kind: str
) -> tuple[Question, Answer | None]:
    """A doubt as a question, and the answer that was chosen, if there is one."""
    fault = asked.fault
    place = fault.more.get("heading") or fault.more.get("field") or ""
    name = f"{fault.key} {place}".strip()
    known = {_raw(answer): answer for answer in asked.answers}
    chosen = answers.get(name, "")
    question = Question(
        name=name,
        text=str(fault),
        choices=[Choice(raw, _label(answer, raw, kind)) for raw, answer in known.items()],
        chosen=chosen if chosen in known else "",
        likely=asked.has_likeliest,
    )
    return question, known.get(chosen)


def _currency(chosen: str) -> Question:
    proposed = [Choice(one, one) for one in CURRENCIES]
    return Question(CURRENCY, wording.text("mapping.currency"), proposed, chosen, free=True)


def _raw(answer: Answer) -> str:
    """An answer as the option that it is."""
    name, value = answer
    if isinstance(value, dict):
        value = ",".join(f"{key}={text}" for key, text in value.items())
    return f"{name}={str(value).lower() if isinstance(value, bool) else value}"


def _label(answer: Answer, raw: str, kind: str) -> str:
    """An answer in words, with the option behind it."""
    name, value = answer
    keys = [f"mapping.answer_{name}_{value}", f"mapping.answer_{name}"]
    key = next(one for one in keys if wording.has(one))
    return wording.text(
        "mapping.answer", words=wording.text(key, value=_value(answer, kind)), raw=raw
    )


def _value(answer: Answer, kind: str) -> str:
    name, value = answer
    if name == "roles":
        words = labels("sender")
        told = [
            (wording.text("mapping.others") if one == "*" else one, r) for r, one in value.items()
        ]
        return ", ".join(f"{one} → {words[role]}" for one, role in told)
    if name == "results":
        words = labels("result") | labels("status")
        return ", ".join(f"{one} → {words[result]}" for result, one in value.items())
    if isinstance(value, dict):
        title = schemas()[kind].fields
        named = {n: title[n].title[wording.language()] if n in title else n for n in value}
        return ", ".join(f"{text} → {named[name]}" for name, text in value.items())
    return f"{value:.0%}" if isinstance(value, float) else str(value)


def _told(table) -> list[str]:
    """What was read, what was set aside, what is worth knowing."""
    rows = table.lines.select(pl.len()).collect(engine="streaming").item()
    people = customers.summarise(table) if table.schema == ORDERS else None
    first = wording.text("cli.rows_read", source=table.source, rows=rows)
    said = customers.remarks(table, people)
    said += [(f"remarks.{key}", told) for key, told in rooms.remarks(table)]
    return [first, *(wording.text(key, **told) for key, told in said)]
