"""The words by which a draft knows scales and columns, from ``words.yaml``."""

import functools
from collections.abc import Iterable, Sequence
from importlib import resources

import yaml

from crm_lessons.data.surveys._words import plain

Rung = tuple[str, ...]


@functools.cache
def _file() -> dict:
    text = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def ladders() -> dict[str, list[Rung]]:
    """Name → rungs, worst first, each the words that mean the same."""
    return {
        name: [tuple(map(str, rung)) for rung in one] for name, one in _file()["ladders"].items()
    }


def names(kind: str, heading: str) -> bool:
    """Whether a heading holds a word of a kind: ``recommends``, ``overall``, ``branch`` …

    >>> names("overall", "All in all, how satisfied are you?"), names("overall", "Speed")
    (True, False)
    """
    return any(word in heading.casefold() for word in _file()[kind])


def is_technical(heading: str) -> bool:
    """Whether a column is written by the form tool and is no question."""
    return plain(heading) in {plain(word) for word in _file()["technical"]}


def ladder_of(answers: Iterable[str]) -> tuple[str, list[str]] | None:
    """The scale these words are, its name and a word for each rung; None if they are none of ours.

    Rungs that nobody chose get the usual word in the same language. Two words of one rung are no
    scale of ours.

    >>> ladder_of(["Agree", "Strongly agree", "Disagree"])
    ('agree', ['Strongly disagree', 'Disagree', 'Neutral', 'Agree', 'Strongly agree'])
    """
    given = {plain(one): one for one in answers}
    fitting = {}
    for name, rungs in ladders().items():
        places = {plain(word): place for place, rung in enumerate(rungs) for word in rung}
        taken = [places.get(one) for one in given]
        if given and None not in taken and len(set(taken)) == len(taken):
            fitting[name] = [_word(rung, given) for rung in rungs]
    if not fitting:
        return None
    exact = min(fitting, key=lambda name: _strangers(fitting[name], given))
    return exact, fitting[exact]


def _strangers(rungs: Sequence[str], given: dict[str, str]) -> int:
    """How many rungs nobody used: the ladder with fewest fits best."""
    return sum(plain(word) not in given for word in rungs)


def _word(rung: Rung, given: dict[str, str]) -> str:
    used = next((given[plain(word)] for word in rung if plain(word) in given), None)
    if used is not None:
        return used.strip()
    chinese = any(is_chinese(one) for one in given.values())
    usual = next((word for word in rung if is_chinese(word) == chinese), rung[0])
    return usual if chinese else usual.capitalize()


def is_chinese(text: str) -> bool:
    """Whether a text is written in Chinese.

    >>> is_chinese("满意"), is_chinese("Agree")
    (True, False)
    """
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
