"""Which column of a survey's file is which question: form tools decorate the text they export."""

import difflib
import re
from collections.abc import Mapping, Sequence

from crm_lessons import wording
from crm_lessons.data import headings as plain_headings
from crm_lessons.data.findings import Findings
from crm_lessons.data.questionnaire import Question, Questionnaire
from crm_lessons.data.surveys.words import plain
from crm_lessons.errors import Fault

# 3、 3. Q3. Q3: (3) 第3题 *3. — the number of a question.
_NUMBER = re.compile(
    r"^\*?(?:第?q?\d{1,3}(?:[-_.]\d{1,2})?题?[、.:)_]+|\(q?\d{1,3}\)|第\d{1,3}题)\*?"
)
_REMARK = re.compile(
    r"[(\[【](?:单选题?|多选题?|必答题?|必填|选填|矩阵.{0,6}题?|打分题?|量表题?)[)\]】]"
)
_BETWEEN = re.compile(r"--+|—+|-|:|/|>|\||·")  # stem—item, stem:item, stem/item
_TAIL = re.compile(r"[?。.!:;*]+$")


def bare(text: str) -> str:
    """A question without its number, remarks and blanks: what is left is compared.

    >>> bare("Q3. 接待\\n热情？"), bare("4、*接待热情[单选题]")
    ('接待热情', '接待热情')
    """
    folded = _REMARK.sub("", plain(text))
    return _TAIL.sub("", _NUMBER.sub("", folded).lstrip("*"))


def split(text: str) -> list[tuple[str, str]]:
    """Every way to take a heading as stem and item of a matrix.

    >>> split("4、服务评价—接待热情")
    [('服务评价', '接待热情')]
    """
    whole = _REMARK.sub("", plain(text))
    whole = _NUMBER.sub("", whole)
    cuts = [(whole[: m.start()], whole[m.end() :]) for m in _BETWEEN.finditer(whole)]
    return [(bare(stem), bare(item)) for stem, item in cuts if stem and item]


class Names:
    """What each question of a questionnaire may be called in a heading."""

    def __init__(self, asked: Questionnaire) -> None:
        self.whole: dict[str, str] = {}
        self.parts: dict[tuple[str, str], str] = {}  # (stem, item) → question
        self.items: dict[str, list[Question]] = {}  # item alone → its questions
        for question in asked.questions.values():
            self._add(question)

    def _add(self, question: Question) -> None:
        texts = {*question.text.values(), *question.headings}
        for name in (question.name, *(question.headings)):
            self.whole.setdefault(bare(name), question.name)
        for text in texts:
            self.items.setdefault(bare(text), []).append(question)
        for language, text in question.text.items():
            if stem := question.stem.get(language):
                self.parts.setdefault((bare(stem), bare(text)), question.name)

    def find(self, heading: str) -> str | None:
        """The question of a heading, or None: no question, or more than one of that text."""
        whole = bare(heading)
        if whole in self.whole:
            return self.whole[whole]
        for cut in split(heading):
            if cut in self.parts:
                return self.parts[cut]
        for text in (whole, *(item for _, item in split(heading))):
            asked = {question.name for question in self.items.get(text, ())}
            if len(asked) == 1:
                return asked.pop()
        return None


def score(row: Sequence[str], asked: Questionnaire, names: Names) -> int:
    """How many questions and columns these cells name: what tells a heading from other rows."""
    found = {names.find(cell) for cell in row} - {None}
    return len(found) + plain_headings.recognised(row, asked.schema)


def match_questions(
    headings: Sequence[str],
    asked: Questionnaire,
    names: Names,
    columns: Mapping[str, str],
    findings: Findings,
    file: str,
) -> dict[str, int]:
    """Question → position of its column; what is missing or twice goes to ``findings``."""
    found: dict[str, int] = {}
    by_hand = {bare(heading): name for name, heading in columns.items()}
    for place, heading in enumerate(headings):
        name = by_hand.get(bare(heading)) or names.find(heading)
        if name is None or (name in columns and bare(columns[name]) != bare(heading)):
            continue
        if name in found:
            _report_twice(name, headings[found[name]], heading, findings, file)
        else:
            found[name] = place
    return found


def report_missing(
    found: Mapping[str, int],
    headings: Sequence[str],
    asked: Questionnaire,
    findings: Findings,
    file: str,
) -> None:
    """A question of the questionnaire that the file does not have is a fault, one for each."""
    free = [h for i, h in enumerate(headings) if i not in found.values() and h.strip()]
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
    key = "heading_twice" if first == second else "two_headings"
    findings.add([Fault(key, file, row=1, column=first, value=second, more=told)])
