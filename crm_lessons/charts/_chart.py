"""What a chart is: a function that draws a result, paired with one that says it in a sentence.

`charts.pareto(classes, measure="profit")` draws, `charts.pareto.alt(classes, measure="profit")`
says the same to those who cannot see it. Both take the same options; of those the sentence is given
the ones that it names.
"""

import difflib
import functools
import inspect
from collections.abc import Callable, Iterable

from crm_lessons import wording

# Every chart by name; each is put here by its own decorator.
REGISTERED: dict[str, Callable] = {}


def chart(*, alt: Callable[..., str]) -> Callable[[Callable], Callable]:
    """Make a chart of the function below: ``alt`` says what it draws.

    ``alt`` takes the same result and options that the drawing takes too, with the same defaults;
    TypeError if it asks for others.

    >>> def _dots_alt(values, *, unit=""):
    ...     return f"{len(values)} dots{unit}."
    >>> @chart(alt=_dots_alt)
    ... def dots(values, *, unit="", colour="", ax=None):
    ...     return ax
    >>> dots.alt([1, 2], colour="red")
    '2 dots.'
    >>> del REGISTERED["dots"]
    """

    def register(draw: Callable) -> Callable:
        options, told = _options(draw), _options(alt)
        differ = sorted(name for name, value in told.items() if options.get(name, draw) != value)
        if differ:
            raise TypeError(f"{alt.__name__} and {draw.__name__} differ in {', '.join(differ)}")

        @functools.wraps(alt)
        def say(result: object, **given: object) -> str:
            unknown = sorted(given.keys() - options.keys())
            if unknown:
                raise TypeError(f"{draw.__name__} has no option {', '.join(unknown)}")
            return alt(result, **{name: given[name] for name in given if name in told})

        draw.alt = say
        REGISTERED[draw.__name__] = draw
        return draw

    return register


def find(name: str) -> Callable:
    """The chart of a name; ValueError that offers the nearest if there is none.

    >>> find("paretto")
    Traceback (most recent call last):
    ValueError: no chart is called 'paretto'; is it 'pareto'?
    """
    if name not in REGISTERED:
        near = difflib.get_close_matches(name, REGISTERED, n=1)
        raise ValueError(f"no chart is called {name!r}" + (f"; is it {near[0]!r}?" if near else ""))
    return REGISTERED[name]


def texts(module: str) -> Callable[..., str]:
    """What looks up the texts of a module of charts: those of `_pareto` are ``charts_pareto.yaml``.

    >>> with wording.using("en"):
    ...     texts("crm_lessons.charts._pareto")("pareto_line")
    'Curve: cumulative share'
    """
    subject = f"charts{module.rpartition('.')[2]}"
    return lambda key, **values: wording.text(f"{subject}.{key}", **values)


def joined(parts: Iterable[str]) -> str:
    """The parts of a sentence, one for each class, curve or row, put together.

    >>> with wording.using("en"):
    ...     joined(["A 80%", "B 20%"])
    'A 80%; B 20%'
    """
    return wording.text("charts.alt_joint").join(parts)


def _options(function: Callable) -> dict[str, object]:
    """The keyword options of a function with their defaults."""
    found = inspect.signature(function).parameters.values()
    return {one.name: one.default for one in found if one.kind is one.KEYWORD_ONLY}
