"""Which column of a survey's file is which question: form tools decorate the text they export."""

import difflib
from collections.abc import Mapping, Sequence

from crm_lessons import wording
from crm_lessons.data import _advice
from crm_lessons.data import _headings as plain_headings
from crm_lessons.data.findings import Findings
from crm_lessons.data.questionnaire import Question, Questionnaire
from crm_lessons.data.surveys._heading_texts import asked_for, bare, beside, split
from crm_lessons.data.surveys._words import plain
from crm_lessons.errors import Fault

# Headings of a long file, which holds one answer a row.
QUESTION = ("question", "item", "variable", "题目", "问题", "题干", "指标", "变量", "题目名称")
ANSWER = ("answer", "response", "value", "score", "答案", "回答", "选项", "得分", "分值", "评分")
ANSWER += ("答题内容", "作答", "作答内容")


class Names:
    """What each question of a questionnaire may be called in a heading."""

    def __init__(self, asked: Questionnaire) -> None:
        self.exact: dict[str, str] = {}  # as it stands, with its number
        self.whole: dict[str, str] = {}
        self.parts: dict[tuple[str, str], str] = {}  # (stem, item) → question
        self.items: dict[str, list[Question]] = {}  # item alone → its questions
        for question in asked.questions.values():
            self._add(question)

    def _add(self, question: Question) -> None:
        for heading in (question.name, *question.headings):
            self.exact.setdefault(plain(heading), question.name)
            self.whole.setdefault(bare(heading), question.name)
        for language, text in question.text.items():
            self.items.setdefault(bare(text), []).append(question)
            if stem := question.stem.get(language):
                self.parts.setdefault((bare(stem), bare(text)), question.name)

    def is_exact(self, heading: str, name: str) -> bool:
        """Whether a heading is the text of this question and nothing else."""
        asked = {question.name for question in self.items.get(bare(heading), ())}
        return self.exact.get(plain(heading)) == name or asked == {name}

    def find(self, heading: str) -> str | None:
        """The question of a heading, or None: no question, or more than one of that text."""
        whole, cuts = bare(heading), split(heading)
        named = self.exact.get(plain(heading)) or self.whole.get(whole)
        named = named or next((self.parts[cut] for cut in cuts if cut in self.parts), None)
        if named:
            return named
        for text in (whole, *(item for _, item in cuts)):
            asked = {question.name for question in self.items.get(text, ())}
            if len(asked) == 1:
                return asked.pop()
        return None


def column_of(name: str, asked: Questionnaire) -> str:
    """The column or question that a name or a heading means; the name itself if there is none."""
    if name in asked.columns or name in asked.questions:
        return name
    wanted = plain_headings.plain(asked_for(name))
    for column, field in asked.columns.items():
        if wanted in {plain_headings.plain(asked_for(one)) for one in field.known_as}:
            return column
    return Names(asked).find(name) or name


def match_questions(
    headings: Sequence[str],
    names: Names,
    columns: Mapping[str, str],
    findings: Findings,
    file: str,
) -> dict[str, int]:
    """Question → position of its column; what stands there twice goes to ``findings``.

    ``columns``: question → heading, where its heading is not recognised.
    """
    found: dict[str, int] = {}
    by_hand = {plain(heading): name for name, heading in columns.items()}
    about = beside(headings)
    for place, heading in enumerate(headings):
        if place in about and plain(heading) not in by_hand:
            continue
        name = by_hand.get(plain(heading)) or names.find(heading)
        if name is None or (name in columns and plain(columns[name]) != plain(heading)):
            continue
        if name in found:
            exact = [names.is_exact(one, name) for one in (headings[found[name]], heading)]
            if exact[0] != exact[1]:
                found[name] = found[name] if exact[0] else place
                continue
            _report_twice(name, headings[found[name]], heading, findings, file)
        else:
            found[name] = place
    return found


def report_missing(
    found: Mapping[str, object],
    headings: Sequence[str],
    asked: Questionnaire,
    findings: Findings,
    file: str,
) -> None:
    """A question of the questionnaire that the file does not have is a fault, one for each."""
    free = [h for h in headings if h.strip()]
    if not found:
        shown = ", ".join(" ".join(heading.split())[:40] for heading in free[:10])
        findings.fault("no_question_recognised", file, questionnaire=asked.source, found=shown)
        return
    for name, question in asked.questions.items():
        if name in found:
            continue
        close = _close(question, free)
        key = "question_missing_close" if close else "question_missing"
        told = dict(question=Text(question), field=name, close=" ".join((close or "").split()))
        findings.fault(key, file, questionnaire=asked.source, **told)


def report_columns(
    missing: Sequence[str],
    headings: Sequence[str],
    asked: Questionnaire,
    findings: Findings,
    file: str,
) -> None:
    """A respondent column of the questionnaire that the file does not have is a fault."""
    shown = ", ".join([heading[:40] for heading in headings if heading][:20])
    for name in missing:
        title = plain_headings.Titles((asked.columns[name],))
        told = dict(field=name, title=title, found=shown, questionnaire=asked.source)
        findings.fault("respondent_column_missing", file, **told)


class Text:
    """The text of a question in the language in use when a message is read."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def __str__(self) -> str:
        return self.question.text[wording.language()]


def _close(question: Question, free: Sequence[str]) -> str | None:
    texts = {bare(heading): heading for heading in free}
    for text in question.text.values():
        if near := difflib.get_close_matches(bare(text), texts, 1, 0.6):
            return texts[near[0]]
    return None


def _report_twice(name: str, first: str, second: str, findings: Findings, file: str) -> None:
    first, second = (" ".join(heading.split()) for heading in (first, second))
    told = dict(field=name, rivals=f"{first}, {second}", first=first)
    told["choice"] = _advice.choice(name, first)
    key = "heading_twice" if first == second else "two_headings"
    findings.add([Fault(key, file, row=1, column=first, value=second, more=told)])
