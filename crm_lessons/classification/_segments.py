"""The segments of RFM, from a checked file: each combination of scores lies in exactly one."""

import functools
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np
import pandas as pd
import yaml

SCALE = 5
STAKES = ("amount", "order")
AWAY = ("keep", "win_back")  # regions of customers who have not come for long


@dataclass(frozen=True)
class Segment:
    """One segment: the scores it takes in (on the scale 1 to 5) and what is done about it.

    ``region`` groups the segments by recency and frequency; ``action``, ``channel``, ``urgency``
    (0 at once, 1 soon, 2 in good time) and ``stake`` (``amount`` of the period, or one more
    ``order`` of the usual size) are codes, put into words by ``wording/schemes.yaml``.
    """

    segment: str
    region: str
    r: tuple[int, ...]
    f: tuple[int, ...]
    m: tuple[int, ...]
    action: str
    channel: str
    urgency: int
    stake: str


@functools.cache
def segments() -> tuple[Segment, ...]:
    """The segments of ``rfm_segments.yaml``, in the order of the file.

    >>> [segment.segment for segment in segments()][:2]
    ['important_value', 'important_develop']
    """
    raw = resources.files(__package__).joinpath("rfm_segments.yaml").read_text(encoding="utf-8")
    return checked(yaml.safe_load(raw))


def checked(rows: Iterable[Mapping[str, object]]) -> tuple[Segment, ...]:
    """Rows of the file as segments, once it is certain that they divide the 125 combinations.

    Raises ValueError if a combination of scores lies in no segment or in several, if a name comes
    twice, if a region is not decided by recency and frequency, or if a score or a stake is unknown.

    >>> checked([dict(segment="all", region="all", r="1-5", f="1-5", m="1-5", action="greet",
    ...               channel="phone", urgency=0, stake="amount")])[0].m
    (1, 2, 3, 4, 5)
    """
    found = tuple(_segment(row) for row in rows)
    if len({segment.segment for segment in found}) < len(found):
        raise ValueError("a segment comes twice")
    for r, f in itertools.product(_scores(), repeat=2):
        regions = set()
        for m in _scores():
            inside = [s for s in found if r in s.r and f in s.f and m in s.m]
            if len(inside) != 1:
                raise ValueError(f"r={r}, f={f}, m={m} lies in {len(inside)} segments, not in one")
            regions.add(inside[0].region)
        if len(regions) != 1:
            raise ValueError(f"r={r}, f={f} lies in several regions: {sorted(regions)}")
    return found


def segment_of(scores: pd.DataFrame, *, bins: int = SCALE) -> pd.Series:
    """The segment of each customer from the scores ``r``, ``f`` and ``m``, 1 to ``bins``.

    On another scale than 1 to 5 a score stands where its middle lies as a share of the scale: of
    three classes the lowest counts as 1, the middle as 3, the highest as 5. Returns text with the
    index of ``scores``; a customer with a missing score has no segment.

    >>> segment_of(pd.DataFrame({"r": [5, 1], "f": [4, 3], "m": [5, 3]})).to_list()
    ['important_value', 'general_win_back']
    """
    names = _names()
    known = scores[["r", "f", "m"]].dropna().astype("int64")
    places = on_scale(known.to_numpy(), bins=bins)
    found = pd.Series([names[tuple(place)] for place in places], index=known.index, dtype="str")
    return found.reindex(scores.index).rename("segment")


def region_of(r: int, f: int, *, bins: int = SCALE) -> str:
    """The region of a recency and a frequency score: value, develop, keep or win_back.

    >>> region_of(5, 1), region_of(3, 3, bins=3)
    ('develop', 'value')
    """
    place = on_scale(np.array([r, f]), bins=bins)
    return next(s.region for s in segments() if place[0] in s.r and place[1] in s.f)


def lowest_recent(*, bins: int = SCALE) -> int:
    """The lowest recency score that is in no region of customers who stay away.

    >>> lowest_recent(), lowest_recent(bins=3)
    (4, 3)
    """
    scores = np.arange(1, bins + 1)
    here = min(min(segment.r) for segment in segments() if segment.region not in AWAY)
    return int(scores[on_scale(scores, bins=bins) >= here][0])


def on_scale(scores: np.ndarray, *, bins: int) -> np.ndarray:
    """Whole scores from 1 to ``bins`` on the scale 1 to 5, by the middle of each.

    Formula: 5 × (score − ½) / bins, rounded up.

    >>> on_scale(np.arange(1, 4), bins=3).tolist(), on_scale(np.arange(1, 6), bins=5).tolist()
    ([1, 3, 5], [1, 2, 3, 4, 5])
    """
    return -(-SCALE * (2 * scores - 1) // (2 * bins))


@functools.cache
def _names() -> dict[tuple[int, int, int], str]:
    return {
        place: segment.segment
        for segment in segments()
        for place in itertools.product(segment.r, segment.f, segment.m)
    }


def _scores() -> range:
    return range(1, SCALE + 1)


def _segment(row: Mapping[str, object]) -> Segment:
    spans = {measure: _span(str(row[measure])) for measure in ("r", "f", "m")}
    segment = Segment(**{**row, **spans})
    if segment.stake not in STAKES:
        raise ValueError(f"{segment.segment}: stake must be one of {', '.join(STAKES)}")
    return segment


def _span(text: str) -> tuple[int, ...]:
    """``4-5`` or ``4`` as the scores it holds; it must hold one and stay on the scale."""
    first, _, last = text.partition("-")
    span = tuple(range(int(first), int(last or first) + 1))
    if not span or span[0] < 1 or span[-1] > SCALE:
        raise ValueError(f"{text!r} is no span of scores from 1 to {SCALE}")
    return span
