"""How a lesson calls things: its sentences, and the words of its tables."""

import re
import string
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from crm_lessons import show, wording
from crm_lessons.errors import CrmError
from crm_lessons.lacking import Lacking, is_lacking
from crm_lessons.wording import names

Sentences = Sequence[tuple[str, Mapping[str, object]]]
_ASIDE = {"currency", "compare", "kind"}  # what is given, but not to be said
Told = str | Sentences | Lacking  # one key, or keys with their values, or nothing
Values = Mapping[str, object] | Lacking | None  # of a key


def each(
    told: Told, own: Values, values: Mapping[str, object]
) -> Iterator[tuple[str, dict[str, object]]]:
    """The sentences to say, without those one of whose values is lacking.

    >>> list(each("one", {"n": 1}, {"m": 2})), list(each([("two", {"n": 2})], None, {}))
    ([('one', {'n': 1, 'm': 2})], [('two', {'n': 2})])
    >>> list(each(Lacking(), None, {})), list(each("one", Lacking(), {"m": 2}))
    ([], [])
    """
    if is_lacking(told) or is_lacking(own):
        return
    for key, given in [(told, own or {})] if isinstance(told, str) else told:
        found = {**given, **values}
        if not any(map(is_lacking, found.values())):
            yield key, found


class Telling:
    """``words`` holds what a column or placeholder of coded values is put into words by."""

    def __init__(self, lesson: str) -> None:
        self.lesson = lesson
        self.measure = "amount"
        self.currency = ""
        self.words: dict[str, names.Codes] = {}

    def sentence(self, key: str, values: Mapping[str, object]) -> show.Sentence:
        """The sentence of a key: the lesson's own, or with a dot one of the package.

        CrmError if there is none, or if it names what it is not given.
        """
        told = dict(values)
        if "measure" in told:
            told["measure"] = names.measure(str(told["measure"]))
        told["currency"] = names.currency(str(told.get("currency", self.currency)))
        for name, value in told.items():
            if isinstance(value, list):
                told[name] = self._listed(name, value)
        self._can_be_said(key, told)
        return show.sentence(self._key(key), **told)

    def frame(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A table as this lesson calls things: by its measure, by the words of its survey."""
        told = names.worded(self._measured(frame), self.words)
        return told.rename_axis("survey_item") if told.index.name == "item" else told

    def _can_be_said(self, key: str, told: Mapping[str, object]) -> None:
        """CrmError unless there is the sentence and a value for each of its placeholders."""
        if not wording.has(self._key(key)):
            raise CrmError("sentence_unknown", sentence=key)
        written = wording.template(self._key(key), wording.language())
        asked = [
            re.split(r"[.[]", name)[0]
            for _, name, _, _ in string.Formatter().parse(written)
            if name
        ]
        if lacks := ", ".join(dict.fromkeys(name for name in asked if name not in told)):
            given = ", ".join(name for name in told if name not in _ASIDE) or "-"
            raise CrmError("sentence_not_filled", sentence=key, names=lacks, given=given)

    def _key(self, key: str) -> str:
        return key if "." in key else f"{self.lesson}.{key}"

    def _measured(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Where profit is ranked, what the analyses call ``amount`` is profit."""
        if self.measure == "amount" or self.measure in frame.columns:
            return frame
        mine = [name for name in map(str, frame.columns) if name.startswith("amount")]
        return frame.rename(columns={n: n.replace("amount", self.measure) for n in mine})

    def _listed(self, name: str, values: list[object]) -> str:
        """Several codes in one sentence; without any it says that there is none."""
        words = self.words.get(name, {})
        listed = wording.text("course.between").join(names.code(x, words) for x in values)
        return listed or wording.text("course.none")
