"""All schemes on the same customers: results as tables for a report."""

import itertools
from collections.abc import Iterable, Mapping

import pandas as pd

from crm_lessons import pareto, wording
from crm_lessons.classification._agreement import cohen_kappa, cramers_v
from crm_lessons.classification._classify import Classified, classify, classify_all, counts
from crm_lessons.classification._names import purpose
from crm_lessons.classification._thresholds import sensitivity
from crm_lessons.classification.rules import FLAG, NO, ORDERED, YES
from crm_lessons.classification.subjects import ALL, TAUGHT
from crm_lessons.wording.names import column

# Decided by the profit of one year, because the cost to serve is that of one year.
OF_ONE_YEAR = ("tier",)
TRIED_DAYS = tuple(range(30, 361, 30))
FACTS = ["orders", "amount", "profit", "recency_days", "tenure_days"]


def thresholds(
    *, active_days: int, lost_days: int, vip_share: float, loyal_orders: int, loyal_days: int
) -> dict[str, dict[str, object]]:
    """The thresholds of a report, given to each scheme that uses them.

    >>> thresholds(active_days=60, lost_days=200, vip_share=0.1, loyal_orders=3,
    ...     loyal_days=90)["behaviour"]
    {'dormant_after': 60, 'lost_after': 200}
    """
    loyal = {"orders": loyal_orders, "within": loyal_days}
    return {
        "behaviour": {"dormant_after": active_days, "lost_after": lost_days},
        "platform": {"active_days": active_days},
        "importance": {"vip": vip_share},
        "loyal_behaviour": loyal,
        "loyalty_four": loyal,
        "loyalty_three": {**loyal, "lost_after": lost_days},
    }


def study(
    people: pd.DataFrame,
    year: pd.DataFrame,
    *,
    thresholds: Mapping[str, Mapping[str, object]] | None = None,
) -> Classified:
    """Every scheme that these customers allow, and the ABC class (``abc``) first.

    ``people`` are the customers of the whole period and ``year`` those of its last year (from
    `customers.profiles`): the tier is decided by the year, and missing for a customer who did not
    buy in it.
    """
    lasting = [id for id in ALL if id not in OF_ONE_YEAR]
    whole = classify_all(people, thresholds=thresholds, only=lasting)
    recent = classify_all(year, thresholds=thresholds, only=OF_ONE_YEAR)
    classes = whole.classes.join(recent.classes.reindex(people.index))
    classes = classes[[id for id in ALL if id in classes]]
    classes.insert(0, "abc", pareto.abc(people["amount"])["class"])
    left_out = pd.concat([whole.left_out, recent.left_out], ignore_index=True)
    return Classified(classes, left_out)


def overview(classes: pd.DataFrame) -> pd.DataFrame:
    """One row per scheme: ``scheme``, its ``purpose`` in words, and ``unknown``, int64."""
    names = [id for id in classes if id in ALL]
    return pd.DataFrame(
        {
            "scheme": names,
            "purpose": [purpose(id) for id in names],
            "unknown": [int(classes[id].isna().sum()) for id in names],
        }
    )


def not_computed(left_out: pd.DataFrame) -> pd.DataFrame:
    """Schemes without a result and why, in words: columns are wanting, or only people can judge."""
    joint = wording.text("schemes.and_column")
    rows = [
        (row.scheme, wording.text("schemes.lacks", columns=joint.join(titles)))
        for row in left_out.itertuples()
        for titles in [[column(name) for name in row.missing.split(", ")]]
    ]
    rows += [(id, purpose(id)) for id in TAUGHT]
    return pd.DataFrame(rows, columns=["scheme", "why"], dtype="str")


def counts_of_all(people: pd.DataFrame, classes: pd.DataFrame) -> pd.DataFrame:
    """`counts` of every scheme but the flags, one below the other.

    ``scheme`` and ``class`` (``scheme.class``) are text, then the columns of `counts`.
    """
    parts = []
    for id in [id for id in classes if id not in ALL or ALL[id].kind != FLAG]:
        table = counts(people, classes[id]).reset_index()
        table.insert(0, "scheme", id)
        parts.append(table.assign(**{"class": id + "." + table["class"].astype("str")}))
    table = pd.concat(parts, ignore_index=True)
    told = "profit" in people and people["profit"].notna().any()
    return table if told else table.drop(columns="profit", errors="ignore")


def flags_of_all(people: pd.DataFrame, classes: pd.DataFrame) -> pd.DataFrame:
    """One row per flag: ``scheme``; ``yes``, ``no``, ``unknown`` int64; ``amount_share`` of yes."""
    rows = []
    for id in [id for id in classes if id in ALL and ALL[id].kind == FLAG]:
        table = counts(people, classes[id])
        heads = table["customers"].reindex([YES, NO, "unknown"], fill_value=0)
        rows.append([id, *heads.to_list(), float(table.loc[YES, "amount_share"])])
    return pd.DataFrame(rows, columns=["scheme", "yes", "no", "unknown", "amount_share"])


def vip_lists(classes: pd.DataFrame) -> pd.DataFrame:
    """Who is a VIP to which department: one bool column for each list that can be made.

    Sales: class A by sales. Finance: VIP by the gross profit of a year. Marketing: the two highest
    levels of the programme. Service: loyal in deed. Who cannot be told is on no list.
    """
    lists = {
        "vip_sales": ("abc", ["A"]),
        "vip_finance": ("importance", ["vip"]),
        "vip_marketing": ("member_level", ["black", "gold"]),
        "vip_service": ("loyal_behaviour", [YES]),
    }
    found = {
        name: classes[scheme].astype("object").isin(wanted)
        for name, (scheme, wanted) in lists.items()
        if scheme in classes
    }
    return pd.DataFrame(found, index=classes.index)


def dormancy(
    people: pd.DataFrame,
    *,
    active_days: int,
    lost_days: int,
    days: Iterable[int] = TRIED_DAYS,
) -> pd.DataFrame:
    """`sensitivity` of active, dormant and lost to the days after which someone is dormant."""

    def rule(days: int) -> pd.Series:
        later = max(days, lost_days)
        return classify(people, "behaviour", dormant_after=days, lost_after=later)

    return sensitivity(rule, days, default=active_days)


def ordered(classes: pd.DataFrame) -> pd.DataFrame:
    """The schemes with an order, those that rank all customers: what is worth comparing."""
    names = [id for id in classes if id == "abc" or (id in ALL and ALL[id].kind == ORDERED)]
    return classes[[id for id in names if classes[id].nunique() > 1 and classes[id].count() >= 100]]


def pairs(classes: pd.DataFrame) -> pd.DataFrame:
    """Each pair of schemes once: ``scheme``, ``other``, ``customers`` classed by both int64,
    ``cramers_v``, ``kappa`` (unweighted: of being in the same class) and ``weighted_kappa`` (by the
    steps between) float64; both kappas are missing where the numbers of classes differ."""
    rows = [
        (
            one,
            other,
            int((classes[one].notna() & classes[other].notna()).sum()),
            cramers_v(classes[one], classes[other]),
            cohen_kappa(classes[one], classes[other], weights=None),
            cohen_kappa(classes[one], classes[other]),
        )
        for one, other in itertools.combinations(classes, 2)
    ]
    measured = ["cramers_v", "kappa", "weighted_kappa"]
    found = pd.DataFrame(rows, columns=["scheme", "other", "customers", *measured])
    return found.sort_values("cramers_v", ascending=False, kind="stable", ignore_index=True)


def customer_table(
    people: pd.DataFrame, scored: pd.DataFrame, classes: pd.DataFrame
) -> pd.DataFrame:
    """Every customer's figures, RFM scores, segment and classes; index ``customer_id``.

    Nothing that names a person is taken over.
    """
    facts = people[[name for name in FACTS if name in people]]
    facts = facts.dropna(axis="columns", how="all")
    told = classes.astype("object").where(classes.notna(), None)
    return facts.join(scored[["r", "f", "m", "segment"]]).join(told)
