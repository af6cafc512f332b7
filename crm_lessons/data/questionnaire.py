"""What a survey asks: items, scales, who answers, what counts as missing; from a small YAML file.

A questionnaire is to a survey what datapackage.json is to the other tables. Its file::

    name: service_survey
    title: {zh: 售后满意度, en: Service survey}
    missing: {codes: [99], words: [没有经历]}
    repeats: last                # a customer who answers twice in a round: last, first, all, fault
    scales:
      agree:
        answers:
          - {code: 5, zh: 非常同意, en: Strongly agree}
          - {code: 1, zh: 非常不同意, en: Strongly disagree}
          - {code: none, zh: 没用过, en: Never used it}
        numbers: codes           # or `options`: 1 in the file is the first answer of this list
      ten: {from: 0, to: 10}     # `best: 0` where the lowest number is the best
    aspects:                     # or `drivers`: what the items belong to
      care: {zh: 客户服务, en: Customer service}
    items:
      reception:
        aspect: care             # or `driver`; `none` where the column is no item and is not read
        scale: agree
        weight: 1
        reverse: false           # true where agreement is bad news
        zh: 接待热情
        en: The reception was friendly
        expected: {zh: 接待应该热情, en: The reception should be friendly}
    overall: {scale: agree, zh: 总体满意度, en: Overall satisfaction}
    recommends: {scale: ten, zh: 您愿意推荐我们吗, en: Would you recommend us}
    columns:                     # a heading alone will do; `none` where there is no such column
      adviser: Who served you
      branch: {headings: [您去的门店], answers: {east: {zh: 城东店, en: East}}}
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crm_lessons import wording
from crm_lessons.data._schema import Field, Schema

Texts = Mapping[str, str]  # language → text

EXPECTED, PERCEIVED = "expected", "perceived"
# Questions about the whole, beside the items: one each, under these names.
WHOLE = ("overall", "repurchase_probability", "recommends", "recommends_level")
# What a bare number in a file is of an answer: its code, or the place of the option ticked.
CODES, OPTIONS = "codes", "options"
REPEATS = ("last", "first", "all", "fault")


@dataclass(frozen=True)
class Answer:
    """One answer of a scale: its code, its words, and what else stands for it."""

    code: float
    text: Texts
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """The answers of a question: listed with their codes, or numbers ``low`` to ``high``.

    ``whole``: only whole numbers are answers. ``percent``: 85 and 85 % are the same answer.
    ``numbers``: what a bare number is, ``codes`` or ``options``; empty where nobody has said.
    ``low_is_best``: 1 is the best mark, as at school; every question on it is turned.
    ``no_answers``: words that are listed with the code ``none``: they count as missing.
    """

    name: str
    low: float
    high: float
    answers: tuple[Answer, ...] = ()
    whole: bool = True
    percent: bool = False
    numbers: str = ""
    low_is_best: bool = False
    no_answers: tuple[str, ...] = ()

    def holds(self, code: float) -> bool:
        """Whether this number is an answer of the scale."""
        if self.answers:
            return any(code == one.code for one in self.answers)
        return self.low <= code <= self.high and (not self.whole or code == round(code))

    def turned(self, code):
        """A code, or many of them, on the scale turned round. Its own inverse.

        >>> Scale("five", 1, 5).turned(2), Scale("five", 1, 5).turned(4)
        (4, 2)
        """
        return self.low + self.high - code

    def told(self, language: str) -> str:
        """The answers in one line: what a message offers.

        >>> Scale("ten", 0, 10).told("en")
        '0 … 10'
        """
        if not self.answers:
            unit = "%" if self.percent else ""
            return f"{self.low:g} … {self.high:g}{unit}"
        comma = wording.template("cli.comma", language)
        return comma.join(f"{a.text[language]} ({a.code:g})" for a in self.answers)


@dataclass(frozen=True)
class Question:
    """One question as it was asked: a column of the table that `read` makes.

    ``name`` is that column: ``perceived_reception``, ``expected_reception`` or ``overall``.
    """

    name: str
    scale: Scale
    text: Texts
    headings: tuple[str, ...] = ()
    role: str = ""  # "expected" or "perceived"; empty for a question about the whole
    item: str = ""
    reverse: bool = False
    stem: Texts = field(default_factory=dict)  # of the matrix that the question stands in

    @property
    def title(self) -> Texts:
        return self.text


@dataclass(frozen=True)
class Item:
    """What is asked about once or twice: as expected, as perceived."""

    name: str
    title: Texts
    aspect: str
    weight: float
    scale: Scale


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire. Raises nothing: `surveys.loading` has checked the file.

    ``questions`` are all columns with answers, by name; ``columns`` the fields of the respondents
    (branch, adviser, answered_on …); ``missing_codes`` and ``missing_words`` stand for no answer.
    """

    name: str
    title: Texts
    items: Mapping[str, Item]
    questions: Mapping[str, Question]
    aspects: Mapping[str, Texts]
    columns: Mapping[str, Field]
    missing_codes: tuple[float, ...] = ()
    missing_words: tuple[str, ...] = ()
    repeats: str = "last"
    source: str = ""
    words: Mapping[str, Mapping[str, Texts]] = field(default_factory=dict)  # column → code → text
    day_order: str = ""  # of dates with the year last: day_first, month_first; empty: see the file
    others: tuple[str, ...] = ()  # of `columns`, those that were asked for when reading

    @property
    def schema(self) -> Schema:
        """The columns about respondents, as a schema for the checks of `read`."""
        return Schema(self.name, self.columns)

    def asked(self, role: str) -> dict[str, Question]:
        """Item → question of one role, in the order of the items."""
        return {q.item: q for q in self.questions.values() if q.role == role}

    def labels(self, column: str) -> dict[str, str]:
        """Code → word of a respondent column (branch, adviser, group) in the language in use."""
        language = wording.language()
        return {code: text[language] for code, text in self.words.get(column, {}).items()}

    def titles(self) -> dict[str, str]:
        """Every column of the table → what it is called in the language in use."""
        language = wording.language()
        fields = {name: one.title[language] for name, one in self.columns.items()}
        return fields | {name: one.text[language] for name, one in self.questions.items()}
