"""Where chance comes from: one seed, a stream that no new numpy changes; and what figures carry."""

import math

import numpy as np

SEED = 1  # wherever a person gives none
DRAWS = 2000


def stream(seed: int = SEED) -> np.random.RandomState:
    """Random numbers that are the same on every machine, Python and numpy.

    numpy may change what its newer generators give from one version to the next, and has; those of
    ``RandomState`` are frozen (NEP 19), and printed figures must not hang on a version.

    >>> stream(1).randint(0, 100, 3).tolist()
    [37, 12, 72]
    """
    return np.random.RandomState(seed)


def carried(lower: float, upper: float) -> tuple[float, float]:
    """The ends of a simulated interval, outward to two figures of its width: what draws can carry.

    Some hundred draws leave the ends uncertain by a few per cent of the width.

    >>> carried(283_809.2, 348_985.1), carried(-0.0123, 0.0456)
    ((283000.0, 349000.0), (-0.013, 0.046))
    """
    width = upper - lower
    if not (math.isfinite(width) and width > 0):
        return lower, upper
    places = 1 - math.floor(math.log10(width))
    step = 10.0**-places
    return round(math.floor(lower / step) * step, places), round(
        math.ceil(upper / step) * step, places
    )


def as_sure(value: float, lower: float, upper: float) -> float:
    """A figure no finer than its interval: to two figures of the interval's width.

    >>> as_sure(252_345.0, 190_000.0, 340_000.0), as_sure(98_489.0, 20_000.0, 400_000.0)
    (250000.0, 100000.0)
    """
    width = upper - lower
    if not (math.isfinite(width) and width > 0):
        return value
    return round(value, 1 - math.floor(math.log10(width)))


def rough(value: float) -> float:
    """A figure to two significant places: what an assumption, or a small trial, can carry.

    >>> rough(297.01), rough(-45_902.0), rough(0.0)
    (300.0, -46000.0, 0.0)
    """
    if not (math.isfinite(value) and value):
        return value
    return round(value, 1 - math.floor(math.log10(abs(value))))
