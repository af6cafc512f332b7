"""What forecasts from earlier days came to."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, eq=False)
class Backtest:
    """What `backtest` found.

    ``kind``: the model of purchases that was nearer, as in `fit`; "" without a test. ``clear``:
    whether by its forecasts, beyond chance; else it fits what it learnt from better.
    ``models``: index ``kind``; ``deviance``, see `backtest`; ``once`` int64, one-time buyers of the
    tests, ``once_predicted`` and ``once_actual``, the purchases of one of them.
    ``totals`` (index ``split``, days) and ``classes`` (index ``split``, ``class``), float64:
    ``years`` of the test, ``predicted`` and ``actual`` money, ``ratio`` of actual to predicted.
    ``refuted``: whether the last total lies outside the model's own interval.
    """

    kind: str
    clear: bool
    models: pd.DataFrame
    totals: pd.DataFrame
    classes: pd.DataFrame
    refuted: bool

    @property
    def empty(self) -> bool:
        """Whether no test could be made."""
        return self.totals.empty
