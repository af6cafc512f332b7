"""What customers are still worth: purchases to come, what they bring, and what waiting costs."""

import numpy as np
import pandas as pd

from crm_lessons.buying._expectations import expected_purchases, p_alive
from crm_lessons.buying._histories import COLUMNS, DAYS_IN, Histories
from crm_lessons.buying._hypergeometric import purchases_if_alive
from crm_lessons.buying._purchases import Purchases
from crm_lessons.buying._spending import Spending, expected_spend
from crm_lessons.customers import DAYS_A_YEAR
from crm_lessons.errors import CrmError

# Most happens soon after the present, so the places are dense there (a square as substitution).
_NODES = 40


def lifetime_value(
    purchases: Purchases,
    spending: Spending,
    histories: Histories,
    *,
    margin: float | pd.Series = 1.0,
    discount: float = 0.10,
    years: float = 3.0,
) -> pd.Series:
    """What each customer is expected to bring in the next ``years``, in today's money.

    ``margin · expected spend · integral of (1 + discount) ** -t dE(t)``: every expected purchase
    is discounted from the moment it is expected at, continuously. Nothing that was bought before
    counts; what it costs to serve or to win a customer is not taken off.

    Parameters
    ----------
    margin
        Gross profit per yuan of sales: one number, or a Series by customer. After refunds, if
        ``spend`` is what was paid before them.
    discount
        A year, 0.10 is ten per cent; 0 or more.
    years
        The horizon, above 0.

    Returns float64 by customer, linear in ``margin``, rising with ``years`` and falling with
    ``discount``.
    """
    check_terms(margin, discount, years)
    there = discounted_purchases(purchases, histories, discount=discount, years=years)
    value = there * expected_spend(spending, histories) * margins(margin, histories)
    return value.rename("lifetime_value")


def discounted_purchases(
    purchases: Purchases, histories: Histories, *, discount: float, years: float
) -> pd.Series:
    """The expected number of purchases in ``years``, each worth less the later it comes."""
    there = histories.told_in(purchases.unit)
    # Expected purchases of an active customer depend on how often and since when alone.
    keys = there.people[["frequency", "age"]]
    kinds = keys.drop_duplicates()
    x, age = (kinds[name].to_numpy(dtype="float64") for name in kinds)
    units = years * DAYS_A_YEAR / DAYS_IN[purchases.unit]
    force = np.log1p(discount) / units * years

    def expected(time: float) -> np.ndarray:
        return purchases_if_alive(purchases.while_active, x, age, time)

    # By parts: D(h) E(h) + force · integral of D(t) E(t) dt, with t = h u² and Gauss-Legendre.
    places, weights = np.polynomial.legendre.leggauss(_NODES)
    u, weights = (places + 1) / 2, weights / 2
    total = np.exp(-force * units) * expected(units)
    if discount > 0:
        for place, weight in zip(u, weights, strict=True):
            time = units * place**2
            total = total + force * weight * 2 * units * place * np.exp(-force * time) * expected(
                time
            )
    by_kind = pd.Series(total, index=pd.MultiIndex.from_frame(kinds))
    alive = p_alive(purchases, there)
    found = by_kind.reindex(pd.MultiIndex.from_frame(keys)).to_numpy() * alive.to_numpy()
    return pd.Series(found, index=alive.index, name="discounted_purchases")


def customer_table(
    purchases: Purchases,
    spending: Spending,
    histories: Histories,
    *,
    margin: float | pd.Series = 1.0,
    discount: float = 0.10,
    years: float = 3.0,
    horizon: float | None = None,
) -> pd.DataFrame:
    """Each customer's figures, for a workbook.

    Index ``customer_id``; ``frequency`` int64, ``recency`` and ``age`` float64 in weeks whatever
    the unit of the histories, ``spend`` float64, ``p_alive``, ``alive_known`` boolean (False for
    customers who bought once in BG/NBD: theirs is 1 by construction), ``expected_purchases`` in
    ``horizon`` units of the model (by default one year), ``expected_spend`` and
    ``lifetime_value``, all float64.
    """
    year = DAYS_A_YEAR / DAYS_IN[purchases.unit]
    terms = {"margin": margin, "discount": discount, "years": years}
    people = histories.told_in("week").people
    return pd.DataFrame(
        {
            **{name: people[name] for name in (*COLUMNS, "spend")},
            "p_alive": p_alive(purchases, histories),
            "alive_known": (people["frequency"] + purchases.early > 0).astype("boolean"),
            "expected_purchases": expected_purchases(
                purchases, histories, horizon=year if horizon is None else horizon
            ),
            "expected_spend": expected_spend(spending, histories),
            "lifetime_value": lifetime_value(purchases, spending, histories, **terms),
        }
    )


def margins(margin: float | pd.Series, histories: Histories) -> pd.Series:
    """The margin of each customer; one without one in the Series is an error, not a zero."""
    index = histories.people.index
    if not isinstance(margin, pd.Series):
        return pd.Series(float(margin), index=index)
    found = margin.reindex(index).astype("float64")
    if found.isna().any():
        raise CrmError("margin_missing", count=int(found.isna().sum()), first=found.isna().idxmax())
    return found


def check_terms(margin: float | pd.Series, discount: float, years: float) -> None:
    """Refuse terms that are no numbers, a negative discount, a horizon of nothing."""
    if not isinstance(margin, pd.Series) and not np.isfinite(margin):
        raise CrmError("margin_impossible", found=margin)
    if not np.isfinite(discount) or discount < 0:
        raise CrmError("discount_impossible", found=discount)
    if not np.isfinite(years) or years <= 0:
        raise CrmError("years_impossible", found=years)
