"""How much anybody may ask for: a bucket that drips empty."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_KNOWN = 10_000  # askers; beyond that the fullest buckets have drained long ago


@dataclass
class Bucket:
    """``size`` requests at once, ``rate`` a second from then on.

    >>> one = Bucket(2, 1.0, clock=lambda: 0.0)
    >>> one.take(), one.take(), one.take()
    (True, True, False)
    """

    size: float
    rate: float
    clock: Callable[[], float] = time.monotonic
    _used: float = 0.0
    _at: float = field(default=0.0)

    def has(self) -> bool:
        """Whether there is room for one more."""
        now = self.clock()
        self._used = max(0.0, self._used - (now - self._at) * self.rate)
        self._at = now
        return self._used + 1 <= self.size

    def take(self) -> bool:
        """Take one, if there is room."""
        free = self.has()
        self._used += free
        return free


@dataclass
class Limit:
    """A bucket for each asker."""

    size: float
    rate: float
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def take(self, who: str) -> bool:
        """Whether this asker may."""
        if len(self._buckets) > MOST_KNOWN:
            self._buckets.clear()
        return self._buckets.setdefault(who, Bucket(self.size, self.rate, self.clock)).take()
