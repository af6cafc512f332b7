"""The dialogue of ``crm-lessons draft``: what an export of answers leaves open, and its check."""

import shlex
import tempfile
from collections.abc import Sequence
from pathlib import Path

import yaml

from crm_lessons import data, survey, wording, writing
from crm_lessons.data.questionnaire import WHOLE
from crm_lessons.data.surveys import drafting
from crm_lessons.data.surveys.drafting import Asked
from crm_lessons.errors import CrmError
from crm_lessons.page.dialogue import Answers, Choice, Question, Section, Sheet

# The sections of the form, and the kinds of questions in each.
_SECTIONS = {
    "answers": ("from", "to", "numbers", "best", "code", "reverse"),
    "items": ("aspect",),
    "columns": ("branch", "expected", "perceived"),
}
_WORDED = {
    "reverse": {"true": "bad_news", "false": "good_news"},
    "numbers": {"options": "one_is_zero", "codes": "one_is_one"},
}
MOST_NAMED = 6  # items beside a question about their scale


class Questioning:
    """``file`` is an export of answers; the questionnaire is kept in ``out``."""

    def __init__(self, file: str, out: Path, *, encoding: str = "") -> None:
        self.file, self.out, self.encoding = file, out, encoding or None
        self._draft = drafting.draft(file, encoding=self.encoding, out=out)
        self._asked = drafting.asked(self._draft.text)
        self._parts = yaml.safe_load(self._draft.text)
        self._checked: tuple[str, list[str], list[str]] = ("", [], [])

    def sheet(self, answers: Answers) -> Sheet:
        """All questions of the draft; when all are answered, what a check of the file says."""
        given = {one.place: self._given(one, answers) for one in self._asked}
        parts = [
            Section(
                wording.text(f"draft.section_{name}"),
                [self._question(one, given) for one in self._asked if one.kind in kinds],
            )
            for name, kinds in _SECTIONS.items()
        ]
        told, problems = [], []
        if all(given.values()):
            problems, told = self._check(drafting.completed(self._draft.text, given))
        return Sheet(
            title=wording.text("draft.title", file=Path(self.file).name),
            lead=wording.text("draft.lead", path=self.out, items=self._draft.items),
            sections=[part for part in parts if part.questions],
            problems=problems,
            told=told or self._left_out(),
            ready=all(given.values()) and not problems,
        )

    def keep(self, answers: Answers) -> str:
        """Write the questionnaire."""
        answered = {one.place: self._given(one, answers) for one in self._asked}
        self.out.parent.mkdir(parents=True, exist_ok=True)
        writing.text(self.out, drafting.completed(self._draft.text, answered))
        given = ["-p", f"responses={self.file}", "-p", f"questionnaire={self.out}"]
        report = shlex.join(["crm-lessons", "report", "09", *given])
        told = dict(path=self.out, command=self._draft.command, report=report)
        return wording.text("draft.kept", **told)

    def _given(self, one: Asked, answers: Answers) -> str:
        value = answers.get(one.place, "").strip()
        if one.kind == "aspect":
            return drafting.NONE if value == wording.text("draft.not_rated") else value
        return value if value in [known.value for known in self._choices(one, answers)] else ""

    def _question(self, one: Asked, given: Answers) -> Question:
        chosen = given[one.place]
        if one.kind == "aspect" and chosen == drafting.NONE:
            chosen = wording.text("draft.not_rated")
        key = f"draft.page_{one.kind}"
        return Question(
            name=one.place,
            text=wording.text(key, about=one.about) if wording.has(key) else one.about,
            choices=self._choices(one, given),
            chosen=chosen,
            detail=self._items_on(one),
            free=one.kind == "aspect",
        )

    def _items_on(self, one: Asked) -> str:
        """The items whose scale is asked about."""
        if not one.place.startswith("scales."):
            return ""
        scale, parts = one.place.split(".")[1], self._parts
        asked = [*parts["items"].values(), *(parts[n] for n in WHOLE if n in parts)]
        named = [told.get("zh") or told.get("en") for told in asked if told["scale"] == scale]
        more = [] if len(named) <= MOST_NAMED else ["…"]
        return wording.text("cli.comma").join([*named[:MOST_NAMED], *more])

    def _choices(self, one: Asked, given: Answers) -> list[Choice]:
        if one.kind == "aspect":
            new = [told for place, told in given.items() if place.endswith(".aspect") and told]
            known = [*map(str, self._parts["aspects"].values()), *new]
            known = [told for told in dict.fromkeys(known) if told != drafting.NONE]
            return list(map(_plain, [*known, wording.text("draft.not_rated")]))
        if one.kind == "branch":
            return [*map(_plain, self._draft.perhaps_branch), _none("no_branch")]
        if one.kind in ("expected", "perceived"):
            return [*map(_plain, self._draft.stems)]
        return _of_scale(one, self._scale(one), given)

    def _scale(self, one: Asked) -> dict:
        return self._parts["scales"].get(one.place.split(".")[1], {})

    def _check(self, text: str) -> tuple[list[str], list[str]]:
        """What is wrong with the file as this questionnaire reads it, and what was read."""
        if self._checked[0] != text:
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder, self.out.name)
                place.write_text(text, encoding="utf-8")
                try:
                    asked = data.questionnaire(place)
                    table = data.read(self.file, schema=asked, encoding=self.encoding)
                except CrmError as error:
                    found = [str(one) for one in getattr(error, "faults", [error])]
                    self._checked = (text, found, [])
                else:
                    self._checked = (text, [], _told(table))
        return self._checked[1], self._checked[2]

    def _left_out(self) -> list[str]:
        comma = wording.text("cli.comma")
        named = {"left_out": self._draft.left_out, "personal": self._draft.personal}
        return [
            wording.text(f"draft.named_{key}", headings=comma.join(headings))
            for key, headings in named.items()
            if headings
        ]


def _of_scale(one: Asked, scale: dict, given: Answers) -> Sequence[Choice]:
    """What may be answered to a question about numbers and codes."""
    if one.kind in _WORDED:
        return [Choice(v, wording.text(f"draft.{key}")) for v, key in _WORDED[one.kind].items()]
    if one.kind == "code":
        return _codes(scale["answers"])
    if one.kind == "from":
        return [_plain("0"), _plain("1")]
    if one.kind == "to":
        return [_plain(str(n)) for n in (3, 4, 5)]
    ends = [given.get(one.place.replace("best", end)) or scale[end] for end in ("to", "from")]
    return [_plain(str(end)) for end in ends if str(end).isdigit()]


def _codes(answers: Sequence[dict]) -> Sequence[Choice]:
    """What a word may count: nothing, the same as another word, or a step of its own."""
    words = {str(a["code"]): a.get("zh") or a.get("en") for a in answers if _is_known(a["code"])}
    if not words:
        return [*(_plain(str(n)) for n in range(len(answers), 0, -1)), _none("no_answer")]
    same = [
        Choice(code, wording.text("draft.same_as", word=word, code=code))
        for code, word in words.items()
    ]
    return [_none("no_answer"), *same]


def _is_known(code: object) -> bool:
    return isinstance(code, int | float)


def _plain(value: str) -> Choice:
    return Choice(value, value)


def _none(key: str) -> Choice:
    return Choice(drafting.NONE, wording.text(f"draft.{key}"))


def _told(table: data.Table) -> list[str]:
    """What was read, what is worth knowing of it, and that it can be used."""
    rows = wording.text("cli.rows_read", source=table.source, rows=table.lines.collect().height)
    found = survey.responses(table)
    titles, between = found.items[f"title_{wording.language()}"], wording.text("course.between")
    remarks = []
    for key, values in survey.remarks(found):
        named = {
            n: between.join(titles[v]) if isinstance(v, list) else v for n, v in values.items()
        }
        remarks.append(wording.text(f"remarks.{key}", **named))
    return [rows, *remarks, *map(str, table.notes), wording.text("cli.check_passed")]
