"""How long do working hours between millions of pairs of moments take? Ours against others.

    python -m benchmarks.deadlines                    # 10 million; others do 2,000
    python -m benchmarks.deadlines --cases 1000000

`businesstimedelta` (MIT) and pandas' `CustomBusinessHour` count one pair at a time, so they get
few; results must be equal. Neither knows working weekends, so the period has none. Nothing here
asks for `businesstimedelta`: install it where you want the comparison.
"""

import argparse
import datetime as dt
import time

import numpy as np
import pandas as pd

from crm_lessons import service

FIRST, DAYS = pd.Timestamp("2024-11-01"), 50  # neither holiday nor working weekend in it
OFFICE = service.Hours("office", {day: ((540, 1110),) for day in range(5)})


def cases(count: int) -> tuple[pd.Series, pd.Series]:
    """Starts spread over the period, ends up to five days later; whole seconds."""
    rng = np.random.default_rng(20)
    start = FIRST + pd.to_timedelta(rng.integers(0, DAYS * 86_400, count), unit="s")
    length = pd.to_timedelta(rng.integers(0, 5 * 86_400, count), unit="s")
    return pd.Series(start), pd.Series(start + length)


def pandas_hours(start: pd.Series, end: pd.Series) -> list[float]:
    """Seconds by `CustomBusinessHour`: the working day of each stretch, a loop over rows."""
    offset = pd.offsets.CustomBusinessHour(start="09:00", end="18:30")
    found = []
    for begin, stop in zip(start, end, strict=True):
        total, at = 0.0, begin if offset.is_on_offset(begin) else offset.rollforward(begin)
        while at < stop:
            closes = at.normalize() + pd.Timedelta(hours=18, minutes=30)
            total += max((min(closes, stop) - at).total_seconds(), 0.0)
            at = offset.rollforward(closes + pd.Timedelta(seconds=1))
        found.append(total)
    return found


def business_time(start: pd.Series, end: pd.Series) -> list[float]:
    """Seconds by `businesstimedelta`."""
    import businesstimedelta as other

    rules = other.Rules(
        [
            other.WorkDayRule(
                start_time=dt.time(9), end_time=dt.time(18, 30), working_days=[0, 1, 2, 3, 4]
            )
        ]
    )
    pairs = zip(start.dt.to_pydatetime(), end.dt.to_pydatetime(), strict=True)
    return [3600.0 * d.hours + d.seconds for d in (rules.difference(a, b) for a, b in pairs)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000_000)
    parser.add_argument("--few", type=int, default=2_000)
    given = parser.parse_args()
    start, end = cases(given.cases)
    began = time.process_time()
    spent = service.open_time(start, end, OFFICE)
    ours = (time.process_time() - began) / given.cases
    print(f"ours: {given.cases:,} cases in {ours * given.cases:.2f} s")
    own = spent.head(given.few).dt.total_seconds().to_list()
    for name, count in (("CustomBusinessHour", pandas_hours), ("businesstimedelta", business_time)):
        try:
            began = time.process_time()
            found = count(start.head(given.few), end.head(given.few))
        except ImportError:
            print(f"{name}: not installed")
            continue
        took = (time.process_time() - began) / given.few
        assert np.allclose(found, own), name
        print(f"{name}: {took * 1e6:,.0f} µs a case, {took / ours:,.0f} times as long")
    table = pd.DataFrame({"asked_at": start, "answered_at": end})
    began = time.process_time()
    service.judge(table, service.rules()["first_answer_staffed"])
    print(f"judge with 9:00–18:30 and due times: {time.process_time() - began:.2f} s")
    messages = pd.DataFrame(
        {
            "chat_id": np.repeat(np.arange(given.cases // 2).astype(str), 2),
            "sender": np.tile(["buyer", "agent"], given.cases // 2),
            "sent_at": np.column_stack([start[::2], end[::2]]).ravel(),
        }
    )
    began = time.process_time()
    service.contacts(messages)
    print(f"contacts of {len(messages):,} messages: {time.process_time() - began:.2f} s")


if __name__ == "__main__":
    main()
