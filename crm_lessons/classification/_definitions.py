"""Who is a customer: the same people counted under each of the definitions in use."""

import pandas as pd

DEFINITIONS = (
    *("target", "current", "repeat", "buyer"),
    *("able", "needy", "audience", "with_staff"),
)  # from the narrowest reading to the widest
KINDS_OF_PERSON = ("buyer", "lead", "staff")


def definitions(
    people: pd.DataFrame,
    *,
    leads: pd.DataFrame | None = None,
    staff: set[str] | None = None,
    active_days: int = 365,
) -> pd.DataFrame:
    """For each person whether each definition calls them a customer.

    ``people`` is what `crm_lessons.customers.summarise` returns, ``leads`` has one row per enquiry
    (index lead_id) with ``customer_id`` where it became one, ``has_need`` and ``has_power``;
    ``staff`` are the names of who works here. A lead that bought is the buyer and counts once.
    One row per person, index (person, id) with person ``buyer``, ``lead`` or ``staff``; boolean
    columns, missing where the data cannot tell:

    ================  ==============================================================
    ``target``        bought within ``active_days`` (the day itself included) at a gross profit
                      above 0 over the whole period
    ``current``       bought within ``active_days``
    ``repeat``        two orders or more
    ``buyer``         ever bought
    ``able``          buyers, and leads with a need and the power to buy
    ``needy``         buyers, and leads with a need
    ``audience``      buyers, and all leads
    ``with_staff``    the audience and the staff, as internal customers
    ================  ==============================================================

    >>> people = pd.DataFrame({"orders": [2, 1], "recency_days": [9, 900], "profit": [5.0, 1.0]},
    ...     index=pd.Index(["a", "b"], name="customer_id"))
    >>> definitions(people)[["current", "repeat", "buyer"]].sum().to_list()
    [1, 1, 2]
    """
    parts = [_buyers(people, active_days)]
    if leads is not None:
        parts.append(_leads(leads, set(people.index)))
    if staff is not None:
        parts.append(_staff(staff))
    table = pd.concat(parts).astype("boolean")
    if leads is None:  # nobody recorded who asked and did not buy
        table[["able", "needy", "audience"]] = pd.NA
    if leads is None or staff is None:
        table["with_staff"] = pd.NA
    return table


def definition_counts(table: pd.DataFrame) -> pd.DataFrame:
    """How many customers each definition counts.

    Index ``definition`` in the order of `DEFINITIONS`; ``people`` (missing where nobody can be
    told), ``unknown`` (people of whom it cannot be told), ``per_buyer`` (people by buyers).

    >>> people = pd.DataFrame({"orders": [2, 1], "recency_days": [9, 900], "profit": [5.0, 1.0]},
    ...     index=pd.Index(["a", "b"], name="customer_id"))
    >>> definition_counts(definitions(people)).loc[["repeat", "buyer"], "people"].to_list()
    [1, 2]
    """
    told = table[list(DEFINITIONS)]
    people = told.sum().astype("Int64").where(told.notna().any())
    found = pd.DataFrame({"people": people, "unknown": told.isna().sum().astype("Int64")})
    found["unknown"] = found["unknown"].where(found["people"].notna())
    found["per_buyer"] = (found["people"] / found.loc["buyer", "people"]).astype("Float64")
    return found.rename_axis("definition")


def _buyers(people: pd.DataFrame, active_days: int) -> pd.DataFrame:
    current = people["recency_days"].le(active_days)
    known = "profit" in people and people["profit"].notna().any()
    table = pd.DataFrame(True, people.index, list(DEFINITIONS), dtype="boolean")
    table["current"], table["repeat"] = current, people["orders"].ge(2)
    if known:
        earns = people["profit"].gt(0).astype("boolean").where(people["profit"].notna())
        table["target"] = current.astype("boolean") & earns
    else:  # nobody recorded what was earned
        table["target"] = pd.NA
    return _of("buyer", table)


def _leads(leads: pd.DataFrame, buyers: set[str]) -> pd.DataFrame:
    others = leads[~leads["customer_id"].isin(buyers)]
    # One who asked twice and bought later elsewhere has one customer id.
    again = others["customer_id"].notna() & others["customer_id"].duplicated()
    others = others[~again]
    table = pd.DataFrame(False, others.index, list(DEFINITIONS), dtype="boolean")
    need, power = (_flag(others, name) for name in ("has_need", "has_power"))
    table["needy"], table["able"] = need, need & power
    table[["audience", "with_staff"]] = True
    return _of("lead", table)


def _staff(staff: set[str]) -> pd.DataFrame:
    table = pd.DataFrame(False, sorted(staff), list(DEFINITIONS), dtype="boolean")
    table["with_staff"] = True
    return _of("staff", table)


def _flag(table: pd.DataFrame, name: str) -> pd.Series:
    if name not in table:
        return pd.Series(pd.NA, table.index, dtype="boolean")
    return table[name].astype("boolean")


def _of(person: str, table: pd.DataFrame) -> pd.DataFrame:
    ids = table.index.astype("str")
    return table.set_axis(
        pd.MultiIndex.from_arrays([[person] * len(ids), ids], names=["person", "id"])
    )
