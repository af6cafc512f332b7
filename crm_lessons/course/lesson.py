"""A lesson while it runs: what the cells of a notebook call.

The cells hold no text that a person reads; they name a sentence and give its values, and the
lesson says it in its language. What a cell hands over becomes the report's tables and figures.
"""

import inspect
from collections.abc import Mapping

import pandas as pd
from IPython.display import display

from crm_lessons import charts, data, show, wording
from crm_lessons.wording import names


class Lesson:
    """A lesson opened in one language; every method displays something and returns None."""

    def __init__(self, name: str, *, language: str) -> None:
        self.name = name
        self.language = language
        wording.use(language)
        charts.style()

    def data(self, table: data.Table, people: pd.DataFrame, **values: object) -> None:
        """Say what was read and what was set aside, and hand both over for the record."""
        facts = {
            "source": names.dataset(table.source),
            "lines": int(people["lines"].sum()),
            "customers": len(people),
            "first": people["first_order"].min().date(),
            "last": people["last_order"].max().date(),
        }
        self.say("course.data_read", **facts, **values)
        for reason, count in table.set_aside.items():
            if count:
                self.say(f"data.{reason}", count=count)
        show.hand_over(
            "data",
            facts | {"fingerprint": table.fingerprint, "set_aside": table.set_aside},
        )

    def say(self, key: str, **values: object) -> None:
        """Show a computed sentence: ``lesson.say("top_share", share=0.81)``.

        The key is looked up in the wording of the lesson's subject (``05_pareto`` → ``pareto``);
        a ``measure`` becomes its name in words.
        """
        display(self._sentence(key, values))

    def figure(self, key: str, **values: object) -> None:
        """Show a computed sentence and hand its values over: a main figure of the report.

        The wording holds the sentence; ``KEY_title`` and ``KEY_value`` are what stands on a card.
        """
        display(self._sentence(key, values))
        parts = {"sentence": key, "title": f"{key}_title", "value": f"{key}_value"}
        told = {part: str(self._sentence(name, values)) for part, name in parts.items()}
        show.hand_over(key, {**values, **told})

    def table(self, frame: pd.DataFrame, **options: object) -> None:
        """Show a localised table; the options are those of `crm_lessons.show.table`."""
        display(show.table(frame, **options))

    def draw(self, chart: str, result: object, **options: object) -> None:
        """Show a chart of `crm_lessons.charts` with the sentence that describes it.

        ``lesson.draw("lorenz", curves)`` is ``charts.lorenz(curves)`` with
        ``charts.describe_lorenz(curves)``.
        """
        describe = getattr(charts, f"describe_{chart}")
        understood = inspect.signature(describe).parameters
        alt = describe(result, **{k: v for k, v in options.items() if k in understood})
        display(show.chart(getattr(charts, chart)(result, **options), alt=alt))

    def claims(self) -> None:
        """Show what the training notes claim on this lesson's subject and what came out."""
        claims = data.claims(self.name)
        columns = ["claim_id", f"statement_{self.language}", "status", f"verdict_{self.language}"]
        plain = {f"{name}_{self.language}": name for name in ("statement", "verdict")}
        found = claims[columns].rename(columns=plain)
        self.table(found, codes={"status": data.labels("status")}, rows=len(found))

    def actions(self, todo: pd.DataFrame) -> None:
        """Show an action list (whom, why, through which channel, by when, who) and hand it over."""
        subject = self.name.partition("_")[2]
        codes = {
            "reason": f"{subject}.reason_",
            "channel": f"{subject}.channel_",
            "who": data.labels("salesperson"),
        }
        self.table(todo, codes=codes, rows=len(todo))
        self.hand_over("actions", todo)

    def hand_over(self, name: str, result: pd.DataFrame | Mapping[str, object]) -> None:
        """Give a result to the report: a table for Excel, or a mapping of figures."""
        show.hand_over(name, result)

    def _sentence(self, key: str, values: Mapping[str, object]) -> show.Sentence:
        told = dict(values)
        if "measure" in told:
            told["measure"] = names.measure(str(told["measure"]))
        subject = self.name.partition("_")[2]
        return show.sentence(key if "." in key else f"{subject}.{key}", **told)


def open(name: str, *, language: str) -> Lesson:
    """Open a lesson in ``"zh"`` or ``"en"``: ``course.open("05_pareto", language="zh")``."""
    return Lesson(name, language=language)
