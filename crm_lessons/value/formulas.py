"""What every formula of this room shares: figures are checked, then scalars or Series go through.

A formula is written once, for arrays. `formula` says which arguments are figures and what range
each must lie in. Scalars in, a float out; with one Series or more, a Series out, customer by
customer. What is unknown (NaN) for a customer stays unknown in the result; an unknown scalar, a
figure out of range and Series of different customers are refused, with the argument's name.
"""

import functools
import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Real

import numpy as np
import pandas as pd

from crm_lessons import wording
from crm_lessons.errors import CrmError

Figure = float | pd.Series


@dataclass(frozen=True)
class Range:
    """The figures an argument may take; a bound is included unless it is said to be open."""

    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False
    whole: bool = False

    def outside(self, values: np.ndarray) -> np.ndarray:
        """Whether each value lies outside; an unknown one does not."""
        below = values <= self.low if self.open_low else values < self.low
        above = values >= self.high if self.open_high else values > self.high
        broken = self.whole & (values != np.round(values)) & ~np.isnan(values)
        return below | above | broken | np.isinf(values)

    def __str__(self) -> str:
        parts = []
        if self.low > -math.inf:
            parts.append(
                wording.text(f"formulas.range_{'gt' if self.open_low else 'ge'}", at=self.low)
            )
        if self.high < math.inf:
            open_or_not = "lt" if self.open_high else "le"
            parts.append(wording.text(f"formulas.range_{open_or_not}", at=self.high))
        bounds = wording.text("formulas.range_and").join(parts)
        kind = "whole" if self.whole else "number"
        return wording.text(f"formulas.range_{kind}{'_within' if parts else ''}", bounds=bounds)


MONEY = Range()  # may be a loss
AMOUNT = Range(0)  # money that is paid, not below zero
POSITIVE = Range(0, open_low=True)
COUNT = Range(0, whole=True)
SHARE = Range(0, 1)  # of a whole: margin, response, conversion, probability
RETENTION = Range(0, 1)  # share that stays from one period to the next
DISCOUNT = Range(0, 1)  # rate per period; 0.10 is 10 per cent
STEADY = 1e-12  # a step this close to 1 neither grows nor shrinks


class OutOfRange(CrmError):
    """A figure that an argument cannot take; says which, where, and what it can take."""

    def __init__(self, argument: str, wanted: Range, given: object, label: object = None) -> None:
        super().__init__("value_out_of_range", argument=argument, given=given)
        self.wanted, self.label = wanted, label

    def __str__(self) -> str:
        place = "" if self.label is None else wording.text("formulas.at_label", label=self.label)
        name = wording.text(f"formulas.argument_{self.values['argument']}")
        told = {"name": name, "wanted": str(self.wanted), "place": place}
        return wording.text("errors.value_out_of_range", **self.values, **told)


def formula(*, undefined: str = "", **ranges: Range) -> Callable[[Callable], Callable]:
    """Make a function of arrays one of scalars or Series, its figures checked.

    ``ranges``: argument → the figures it may take; other arguments are passed on as they are, and
    so is None where it is the default. ``undefined`` is the key of the error to raise where a
    scalar result is NaN; in a Series such a result is missing.
    """

    def make(compute: Callable[..., np.ndarray]) -> Callable[..., Figure]:
        signature = inspect.signature(compute)
        may_lack = {n for n, one in signature.parameters.items() if one.default is None}

        @functools.wraps(compute)
        def figured(*given: object, **named: object) -> Figure:
            bound = signature.bind(*given, **named)
            bound.apply_defaults()
            told = bound.arguments
            figures = {n: told[n] for n in ranges if told[n] is not None or n not in may_lack}
            index = _index(figures)
            arrays = {n: _checked(n, value, ranges[n], index) for n, value in figures.items()}
            with np.errstate(all="ignore"):
                found = compute(**{**told, **arrays})
            if index is not None:
                unknown = np.zeros(len(index), dtype=bool)
                for array in arrays.values():
                    unknown |= np.isnan(array)
                values = np.where(unknown, np.nan, found)
                return pd.Series(values, index=index, dtype="float64")
            if undefined and np.isnan(found):
                raise CrmError(undefined)
            return float(found)

        return figured

    return make


def refuse(wrong: np.ndarray, key: str, **values: np.ndarray) -> None:
    """Raise the error of this key if a figure is wrong, with the first wrong one's values."""
    wrong = np.atleast_1d(wrong)
    if wrong.any():
        first = int(np.argmax(wrong))
        told = {n: float(np.broadcast_to(v, wrong.shape)[first]) for n, v in values.items()}
        raise CrmError(key, **told)


def _index(figures: Mapping[str, object]) -> pd.Index | None:
    """The customers of the result: those of the Series given, which must be the same."""
    series = [value for value in figures.values() if isinstance(value, pd.Series)]
    if not series:
        return None
    first = series[0].index
    for other in (value.index for value in series[1:]):
        shuffled = first.is_unique and len(other) == len(first) and set(other) == set(first)
        if not (other.equals(first) or shuffled):
            raise CrmError("value_series_apart", first=len(first), second=len(other))
    return first


def _checked(name: str, value: object, wanted: Range, index: pd.Index | None) -> np.ndarray:
    if isinstance(value, pd.Series):
        aligned = value if value.index.equals(index) else value.reindex(index)
        return _checked_series(name, aligned, wanted)
    return np.asarray(checked(name, value, wanted))


def checked(name: str, value: object, wanted: Range) -> float:
    """A scalar that lies in its range, as a float; refused by name otherwise."""
    if not _is_figure(value) or math.isnan(value) or wanted.outside(np.asarray(float(value))):
        raise OutOfRange(name, wanted, value)
    return float(value)


def _is_figure(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_)


def _checked_series(name: str, value: pd.Series, wanted: Range) -> np.ndarray:
    # What is written as text, a yes or no, or a date is no figure, even if it could be made one.
    if not _counts(value.dtype):
        for label, one in value.dropna().items():
            if not _is_figure(one):
                raise OutOfRange(name, wanted, one, label)
    found = value.to_numpy(dtype="float64", na_value=np.nan)
    outside = wanted.outside(found)
    if outside.any():
        first = int(np.argmax(outside))
        raise OutOfRange(name, wanted, found[first].item(), value.index[first])
    return found


def _counts(dtype: object) -> bool:
    types = pd.api.types
    return types.is_integer_dtype(dtype) or types.is_float_dtype(dtype)


def endless(step: np.ndarray) -> np.ndarray:
    """Whether 1 + step + step² + … has no bound: step is 1 or more, or as good as 1."""
    return step >= 1.0 - STEADY


def payments(step: np.ndarray, many: np.ndarray | float) -> np.ndarray:
    """1 + step + step² + … over so many terms; for endless ones step must be below 1."""
    steady = np.isclose(step, 1.0, rtol=0, atol=STEADY)
    return np.where(steady, many, (1.0 - step**many) / np.where(steady, 1.0, 1.0 - step))
