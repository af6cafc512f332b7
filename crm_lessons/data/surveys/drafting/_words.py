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


@functools.cache
def _rungs() -> frozenset[str]:
    return frozenset(plain(w) for rungs in ladders().values() for rung in rungs for w in rung)


def is_rung(answer: str) -> bool:
    """Whether an answer is a word of any scale we know."""
    return plain(answer) in _rungs()


def is_technical(heading: str) -> bool:
    """Whether a column is written by the form tool and is no question."""
    bare = plain(heading)
    if any(bare.endswith(plain(word)) for word in _file()["technical_ends"]):
        return True
    return bare in {plain(word) for word in _file()["technical"]}


def ladder_of(answers: Iterable[str]) -> tuple[str, list[tuple[str, int | None]]] | None:
    """The scale these words are, its name and each rung's word and code; None if none of ours.

    The best rung first. Rungs that nobody chose get the usual word in the same language. Two words
    of one rung are no scale of ours; where words stand on several scales of as many rungs at
    different places, their codes are None: a person has to say.

    >>> ladder_of(["Agree", "Strongly agree", "Disagree"])[1][:3]
    [('Strongly agree', 5), ('Agree', 4), ('Neutral', 3)]
    >>> ladder_of(["Very satisfied", "Somewhat satisfied"])
    ('satisfied', [('Very satisfied', None), ('Somewhat satisfied', None)])
    """
    given = {plain(one): one for one in answers}
    fitting: dict[str, list[int]] = {}
    for name, rungs in ladders().items():
        places = {plain(word): place for place, rung in enumerate(rungs) for word in rung}
        taken = [places[one] for one in given if one in places]
        if given and len(set(taken)) == len(given):
            fitting[name] = taken
    if not fitting:
        return None
    best = max(fitting, key=lambda name: _fullness(name, fitting[name]))
    rungs = ladders()[best]
    rivals = (taken for name, taken in fitting.items() if len(ladders()[name]) == len(rungs))
    if len({tuple(taken) for taken in rivals}) > 1 and len(given) < len(rungs):
        return best, [(one.strip(), None) for one in given.values()]
    words = [(_word(rung, given), code) for code, rung in enumerate(rungs, 1)]
    return best, words[::-1]


def _fullness(name: str, taken: Sequence[int]) -> float:
    """Which share of its rungs is used: the ladder that is used most fits best."""
    return len(taken) / len(ladders()[name])


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
