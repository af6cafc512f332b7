"""Applying the schemes: which can be computed on these customers, and what comes out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from crm_lessons.classification.rules import FLAG, NO, ORDERED, YES, Scheme
from crm_lessons.classification.subjects import ALL, TAUGHT
from crm_lessons.errors import CrmError


@dataclass(frozen=True)
class Classified:
    """``classes``: one row per customer, one column per scheme that could be computed.

    ``left_out``: the others, with ``scheme`` and ``missing``, the columns wanting (text).
    """

    classes: pd.DataFrame
    left_out: pd.DataFrame


def schemes() -> pd.DataFrame:
    """All schemes: index ``scheme``; ``kind``, ``classes``, ``needs``, ``thresholds``, ``notes``.

    All text. Schemes of the kind ``judgement`` need a person and are taught, not computed.

    >>> schemes().loc["behaviour", ["kind", "thresholds"]].to_list()
    ['ordered', 'dormant_after=90, lost_after=365']
    >>> schemes().loc["psychology", "kind"]
    'judgement'
    """
    rows = {one.id: _described(one) for one in ALL.values()}
    empty = {"classes": "", "needs": "", "thresholds": ""}
    rows |= {id: {"kind": "judgement", **empty, "notes": notes} for id, notes in TAUGHT.items()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("scheme").astype("str")


def scheme(id: str) -> Scheme:
    """The scheme of this name."""
    if id not in ALL:
        raise ValueError(f"scheme must be one of {', '.join(ALL)}, not {id!r}")
    return ALL[id]


def missing(people: pd.DataFrame, id: str) -> list[str]:
    """The columns a scheme needs that are not there, or there without a single value.

    >>> missing(pd.DataFrame({"orders": [1], "recency_days": [None]}), "loyal_behaviour")
    ['recency_days']
    """
    needs = scheme(id).needs
    return [name for name in needs if name not in people or people[name].isna().all()]


def classify(people: pd.DataFrame, id: str, **thresholds: object) -> pd.Series:
    """The class of every customer under one scheme.

    ``people`` has one row per customer (`customers.profiles`) and the columns the scheme needs;
    ``thresholds`` are those of its rule. Returns a categorical Series named after the scheme, with
    the index of ``people``; the categories of an ordered scheme run from the highest class to the
    lowest, as A, B, C do. Missing: it cannot be told.

    Raises CrmError if columns are missing or thresholds cross, ValueError for an unknown name.

    >>> people = pd.DataFrame({"recency_days": [10, 100]}, index=["007", "008"])
    >>> classify(people, "behaviour", dormant_after=5, lost_after=50).to_dict()
    {'007': 'dormant', '008': 'lost'}
    """
    chosen = scheme(id)
    wanting = missing(people, id)
    if wanting:
        raise CrmError("scheme_lacks_columns", scheme=id, columns=", ".join(wanting))
    unknown = set(thresholds) - set(chosen.thresholds)
    if unknown:
        raise ValueError(f"{id} has no threshold {', '.join(sorted(unknown))}")
    found = chosen.rule(people, **thresholds)
    return _as_classes(found, chosen)


def classify_all(
    people: pd.DataFrame,
    *,
    thresholds: Mapping[str, Mapping[str, object]] | None = None,
    only: Iterable[str] | None = None,
) -> Classified:
    """Every scheme, or those of ``only``, that these customers allow.

    ``thresholds`` maps a scheme to its thresholds: ``{"behaviour": {"lost_after": 180}}``.

    >>> done = classify_all(pd.DataFrame({"recency_days": [10]}), only=["behaviour", "tier"])
    >>> done.classes["behaviour"].to_list(), done.left_out.to_numpy().tolist()
    (['active'], [['tier', 'profit, cost_to_serve']])
    """
    given = dict(thresholds or {})
    names = list(ALL if only is None else only)
    for id in given:
        scheme(id)
    wanting = {id: missing(people, id) for id in names}
    classes = {id: classify(people, id, **given.get(id, {})) for id in names if not wanting[id]}
    left_out = [(id, ", ".join(columns)) for id, columns in wanting.items() if columns]
    return Classified(
        pd.DataFrame(classes, index=people.index),
        pd.DataFrame(left_out, columns=["scheme", "missing"], dtype="str"),
    )


def flags(classes: pd.DataFrame) -> pd.DataFrame:
    """The schemes that say yes or no as a frame of booleans, missing where it cannot be told.

    >>> people = pd.DataFrame({"recommends": [9, 8, None]})
    >>> flags(classify_all(people).classes)["loyal_advocacy"].to_list()
    [True, False, <NA>]
    """
    names = [id for id in classes if id in ALL and ALL[id].kind == FLAG]
    truths = {name: classes[name].astype("object").map({YES: True, NO: False}) for name in names}
    return pd.DataFrame(truths, index=classes.index).astype("boolean")


def counts(people: pd.DataFrame, classes: pd.Series) -> pd.DataFrame:
    """Customers and amount of every class of a scheme, the highest class first.

    Index ``class`` (text), the last row ``unknown`` if a class is missing. ``customers`` int64;
    ``customer_share``; ``amount`` and ``profit``, NaN where nothing is known, if ``people`` has
    them; ``amount_share``, of the net total.

    >>> people = pd.DataFrame({"recency_days": [10, 20, 400], "amount": [30.0, 30.0, 40.0]})
    >>> table = counts(people, classify(people, "behaviour"))
    >>> table["amount_share"].to_dict()
    {'active': 0.6, 'dormant': 0.0, 'lost': 0.4}
    """
    order = list(classes.cat.categories)
    names = classes.astype("object").where(classes.notna(), "unknown")
    if classes.isna().any():
        order.append("unknown")
    groups = people.groupby(names.to_numpy())
    heads = groups.size().reindex(order, fill_value=0).astype("int64")
    table = pd.DataFrame({"customers": heads, "customer_share": heads / len(people)})
    for column in {"amount", "profit"} & set(people.columns):
        sums = groups[column].sum(min_count=1).reindex(order)
        table[column] = sums.mask(heads == 0, 0.0).astype("float64").round(2)
    if "amount" in table:
        table["amount_share"] = table["amount"] / table["amount"].sum()
    kept = ["customers", "customer_share", "amount", "amount_share", "profit"]
    return table[[name for name in kept if name in table]].rename_axis("class")


def tags(people: pd.DataFrame, **thresholds: Mapping[str, object]) -> pd.Series:
    """The tags of each customer, joined by ", "; empty if none holds.

    ``thresholds`` as in `classify_all`, by tag. A tag that cannot be computed is left out.

    >>> tags(pd.DataFrame({"orders": [1, 2], "channels": [1, 3]}))[0]
    'tag_once_only'
    """
    names = [id for id in ALL if id.startswith("tag_")]
    held = flags(classify_all(people, thresholds=thresholds, only=names).classes).fillna(False)
    joined = [", ".join(held.columns[row]) for row in held.to_numpy(dtype="bool")]
    return pd.Series(joined, index=people.index, dtype="str", name="tags")


def _as_classes(found: pd.Series, chosen: Scheme) -> pd.Series:
    classes = list(chosen.classes) or sorted(found.dropna().unique())
    strange = set(found.dropna().unique()) - set(classes)
    if strange:
        named = ", ".join(sorted(map(str, strange)))
        raise CrmError("unknown_classes", scheme=chosen.id, found=named, known=", ".join(classes))
    ordered = chosen.kind == ORDERED
    values = pd.Categorical(found.astype("object"), categories=classes, ordered=ordered)
    return pd.Series(values, index=found.index, name=chosen.id)


def _described(one: Scheme) -> dict[str, str]:
    told = ", ".join(f"{k}={v}" for k, v in one.thresholds.items() if not isinstance(v, Mapping))
    return {
        "kind": one.kind,
        "classes": ", ".join(one.classes),
        "needs": ", ".join(one.needs),
        "thresholds": told,
        "notes": one.notes,
    }
