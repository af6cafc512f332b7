"""A lesson while it runs: what the cells of a notebook call.

The cells hold no text that a person reads; they name a sentence and give its values, and the
lesson says it in its language. What a cell hands over becomes the report's tables and figures.
Whatever is declared lacking (see `crm_lessons.lacking`) is passed over: cells hold no ``if``.
"""

from collections.abc import Mapping, Sequence
from types import ModuleType

import pandas as pd
from IPython.display import display

from crm_lessons import charts, customers, data, show, survey, wording
from crm_lessons.course import (
    _claims,
    _injected,
    _on_page,
    _read,
    _telling,
    codes,
    folders,
    forms,
    handing_in,
    nickname,
)
from crm_lessons.course._session import Session
from crm_lessons.course._telling import Told, Values
from crm_lessons.lacking import Lacking, is_lacking
from crm_lessons.wording import names

HOME = "CNY"  # the unit where neither the file nor whoever runs the lesson names one
FEW = 30  # customers, below which one or two of them decide every share and rank
MUCH_BACK = 10  # a net total below so many times what was given back: shares of it say little


class Lesson:
    """A lesson opened in one language; its methods display something and return None."""

    def __init__(self, name: str, *, language: str) -> None:
        self.name = name
        self.language = language
        self.session = Session(name, language=language)
        self._telling = _telling.Telling(name)
        self._read: dict[str, object] = {}
        folders.say(name)
        wording.use(language)
        charts.style()

    @property
    def facts(self) -> ModuleType:
        """The lesson's ``facts.py``: ``lesson.say(lesson.facts.moves(moved))``."""
        return folders.module(self.name, folders.FACTS)

    def data(
        self,
        table: data.Table,
        people: pd.DataFrame,
        *,
        currency: str,
        measure: str = "amount",
        scope: Mapping[str, str] | None = None,
    ) -> None:
        """Say what was read, what was set aside and what is worth knowing; hand all over.

        From here on a column ``amount`` of a table is called by the measure.
        """
        self.session.fingerprint = table.fingerprint
        self._telling.measure = measure
        self.currency = self._telling.currency = currency or table.unit(scope) or HOME
        facts = _read.of_orders(table, people)
        self.say("course.data_read", **facts, measure=measure)
        if scope:
            self.say("course.scope", scope=", ".join(f"{k} = {v}" for k, v in scope.items()))
        self._door(table, facts, people)
        if len(people) < FEW:
            self.say("course.few_customers", count=len(people))
        back = people[measure][people[measure] < 0]
        if 0 < people[measure].sum() < MUCH_BACK * -back.sum():
            told = {"customers": len(back), "back": -back.sum(), "net": people[measure].sum()}
            self.say("course.no_shares", **told, measure=measure)

    def survey(self, table: "data.Table", responses: "survey.Responses") -> None:
        """Say what survey was read and what was set aside, as `data` does for orders.

        From here on items are called by their titles in the questionnaire.
        """
        self.session.fingerprint = table.fingerprint
        self._telling.words |= codes.of_survey(responses, self.name)
        self.session.words = self._telling.words
        facts = _read.of_survey(table, responses)
        key = "course.survey_read" if "first" in facts else "course.survey_read_undated"
        self.say(key, **facts)
        self.say([(f"remarks.{key}", told) for key, told in survey.remarks(responses)])
        self._door(table, facts)

    def events(self, table: "data.Table", when: pd.Series) -> None:
        """Say what table of events was read (chats, tickets, contacts), and from when to when.

        ``when``: the time of each event that counts.
        """
        self.session.fingerprint = table.fingerprint
        facts = _read.of_events(table, when)
        self.say("course.events_read" if "first" in facts else "course.events_undated", **facts)
        self._door(table, facts)

    def further(self, table: "data.Table | Lacking") -> None:
        """Say what was set aside of a table read besides the main one, and hand that over too."""
        if is_lacking(table):
            return
        first = dict(self._read)
        self._door(table, {"source": names.dataset(table.source)})
        both = ", ".join(one["fingerprint"] for one in (first, self._read))
        self._read = {**first, "fingerprint": both, "further": self._read}
        show.hand_over("data", self._read)

    def _door(
        self,
        table: "data.Table",
        facts: Mapping[str, object],
        people: pd.DataFrame | None = None,
    ) -> None:
        """Say what was set aside and what is worth knowing, and hand all over."""
        remarks = customers.remarks(table, people)
        self.say(_on_page.remarks(remarks, table, first=not self._read))
        notes = [str(note) for note in table.notes]
        told = {"fingerprint": table.fingerprint, "set_aside": table.set_aside, "notes": notes}
        told["said"] = [wording.text(key, **values) for key, values in remarks]
        self._read = {**facts, **told}
        show.hand_over("data", self._read)

    def say(self, told: Told, own: Values = None, /, **values: object) -> None:
        """Show a computed sentence: ``lesson.say("top_share", share=0.81)``.

        The key is looked up in the lesson's ``sentences.yaml``. Values that belong together may be
        given as they are: ``lesson.say("tier", lesson.facts.tier(classes))``; where they are
        lacking nothing is said. A list of keys with their values shows one sentence each.
        A ``measure`` becomes its name in words, ``{currency}`` is the unit of money of the data.
        """
        for key, given in _telling.each(told, own, values):
            display(self._telling.sentence(key, given))

    def figure(self, told: Told, own: Values = None, /, **values: object) -> None:
        """Show a computed sentence and hand its values over: a main figure of the report.

        ``KEY_title`` and ``KEY_value`` are what stands on a card. Of the values ``say`` names
        another sentence, ``compare`` the value that a batch compares, and ``kind`` says how that
        is written (``number`` or ``percent``)::

            lesson.figure("top_share", compare="share", kind="percent", share=0.81)
        """
        for key, given in _telling.each(told, own, values):
            said = given.pop("say", None) or key
            display(self._telling.sentence(said, given))
            parts = {"sentence": said, "title": f"{key}_title", "value": f"{key}_value"}
            told = {part: str(self._telling.sentence(one, given)) for part, one in parts.items()}
            show.hand_over(key, {**given, **told})

    def table(
        self, frame: pd.DataFrame | Lacking, *, first: Sequence[str] = (), **options: object
    ) -> None:
        """Show a localised table; the options are those of `crm_lessons.show.table`.

        A table without rows is not shown: headings alone look like a report that failed. On a page
        a wide table shows the columns ``first`` names, or as many as fit, and the whole on demand.
        """
        if not is_lacking(frame) and len(frame):
            words = codes.of_lesson(self.name) | dict(options.pop("codes", None) or {})
            told = self._telling.frame(frame)
            display(*_on_page.tables(told, first, codes=words, **options))

    def draw(self, chart: str, result: object, **options: object) -> None:
        """Show a chart and its sentence: ``charts.NAME(result)``, ``charts.NAME.alt(result)``."""
        if is_lacking(result):
            return
        if isinstance(result, pd.DataFrame):
            result = names.worded(result, self._telling.words)
        found = charts.find(chart)
        picture = show.chart(found(result, **options), alt=found.alt(result, **options))
        if show.on_a_page():
            picture.for_phones(lambda: found(result, **options))
        display(picture)

    def claims(self) -> None:
        """Show what the training notes claim on this lesson's subject and what came out.

        On a page the table opens at a click: it is to look things up in, and many screens long.
        """
        display(_claims.folded(self.name, self.language, self._telling))

    def actions(self, todo: pd.DataFrame | Lacking, /, *, limit: int = 0, **values) -> None:
        """Show an action list (whom, why, through which channel, by when, who) and hand it over.

        Before it stands the sentence ``actions`` or, of an empty list, ``no_actions``, with the
        number ``n`` of its rows and the ``values``; after it, whether ``limit`` has cut it short.
        """
        if is_lacking(todo):
            return
        self.say("actions" if len(todo) else "no_actions", n=len(todo), **values)
        self.say(_on_page.cut(len(todo), limit))
        self.table(todo, first=_on_page.of_actions(todo), codes=codes.of(self.name), rows=len(todo))
        self.hand_over("actions", todo)

    def hand_over(self, name: str, result: pd.DataFrame | Mapping[str, object] | Lacking) -> None:
        """Give a result to the report: a table for Excel, or a mapping of figures."""
        if not is_lacking(result):
            frame = isinstance(result, pd.DataFrame)
            show.hand_over(name, self._telling.frame(result) if frame else result)

    def sign_in(self, name: str = "", *, answers: str = "") -> None:
        """Ask for the nickname under which answers are kept, or take it from a parameter.

        Without a name whoever sat here last goes on. ``answers`` is the path of a JSON file
        ``{item: answer}``: what `ask` would ask is answered from it.
        """
        if answers:
            self.session.supply(answers)
        if name or nickname.remembered():
            self.session.sign_in(name or nickname.remembered())
        display(forms.sign_in(self.session))

    def use(self, **data: object) -> None:
        """Bind what the answers are computed from, as copies; None means there is none.

        An exercise that needs what is declared lacking is not asked.
        """
        self.session.use(**data)

    def ask(self, name: str) -> None:
        """Ask a question of this lesson: ``lesson.ask("net_sales")``."""
        item = self.session.items[name]
        if self.session.lacks(item):
            return
        if name in self.session.supplied:
            self.session.attempt(item, self.session.supplied[name])
        display(forms.question(self.session, item))

    def answer(self, name: str, value: object) -> None:
        """Answer by code, as the form of `ask` would: ``lesson.answer("net_sales", "1.2万")``."""
        display(forms.told(self.session.attempt(self.session.items[name], value)))

    def summary(self) -> None:
        """Show what was answered, and how often."""
        display(forms.summary(self.session))

    def take_home(self) -> None:
        """Offer the file that one holds in hand at the end: see `crm_lessons.course.take_home`."""
        display(forms.take_home(self.session))

    def hand_in(self) -> None:
        """Show the button that hands in. With answers from a file it is done at once."""
        if self.session.supplied:
            handing_in.hand_in(self.session.results.path)
        display(forms.hand_in(self.session))


def open(name: str, *, language: str) -> Lesson:
    """Check a notebook's parameters, then open: ``course.open("20_ours", language="zh")``."""
    _injected.check(name)
    return Lesson(name, language=language)
