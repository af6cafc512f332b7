"""A shallow decision tree that says in words what tells the clusters apart."""

import math

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeClassifier

from crm_lessons import wording
from crm_lessons.classification._clusters import FEATURES, Clusters
from crm_lessons.wording import names

Sentence = tuple[str, dict[str, object]]
# The smallest unit of each measure: days, orders, cents.
_UNIT = {"recency_days": 1, "orders": 1, "amount": 0.01}


def cluster_rules(
    people: pd.DataFrame, labels: pd.Series, *, depth: int | None = None
) -> pd.DataFrame:
    """The rules of a decision tree that tells the clusters apart by the measures themselves.

    A tree of at most ``depth`` questions in a row (by default 2, or 3 for more than four
    clusters), with at least 2% of the customers at each end, is fitted to the ``labels`` of
    ``clusters``. The rules are an explanation, not the clusters: ``purity`` says how well each
    holds.

    Returns one row for each condition: ``rule`` int64 (conditions of one number hold together),
    ``cluster`` int64, ``customers`` int64 (to whom the rule applies), ``purity`` float64 (share of
    them in the cluster), ``measure`` (recency_days, orders or amount), ``direction`` (``at_most``
    includes the threshold, ``above`` does not), ``threshold`` float64 in days, orders or money.
    Rules are ordered by cluster and customers. No clusters or only one: no rows.

    >>> people = pd.DataFrame({"recency_days": [9] * 40, "orders": [9, 1] * 20,
    ...                        "amount": [50.0] * 40})
    >>> rules = cluster_rules(people, pd.Series([1, 2] * 20))
    >>> rules[["cluster", "measure", "direction", "threshold"]].to_numpy().tolist()
    [[1, 'orders', 'above', 5.0], [2, 'orders', 'at_most', 5.0]]
    """
    known = labels.dropna().sort_index().astype("int64")
    points = people.loc[known.index, list(FEATURES)].astype("float64")
    if known.nunique() < 2:
        return _frame([])
    smallest = max(1, math.ceil(0.02 * len(known)))
    tree = DecisionTreeClassifier(
        max_depth=depth or (2 if known.nunique() <= 4 else 3),
        min_samples_leaf=smallest,
        ccp_alpha=0.01,
        random_state=0,
    ).fit(points.to_numpy(), known.to_numpy())
    leaves = tree.apply(points.to_numpy())
    found = []
    for leaf, conditions in _paths(tree).items():
        inside = known[leaves == leaf]
        cluster = int(tree.classes_[np.argmax(tree.tree_.value[leaf])])
        told = {"customers": len(inside), "purity": float((inside == cluster).mean())}
        found.append({"cluster": cluster, **told, "conditions": conditions})
    found.sort(key=lambda rule: (rule["cluster"], -rule["customers"]))
    return _frame(found)


def cluster_sentences(rules: pd.DataFrame) -> list[Sentence]:
    """The result of `cluster_rules` as sentences, one for each rule: key and values.

    >>> rules = pd.DataFrame({"rule": [1, 1], "cluster": [1, 1], "customers": [30, 30],
    ...     "purity": [0.9, 0.9], "measure": ["recency_days", "amount"],
    ...     "direction": ["at_most", "above"], "threshold": [30.0, 50.0]})
    >>> with wording.using("en"):
    ...     ((key, told),) = cluster_sentences(rules)
    ...     wording.text(key, **told)
    'Cluster 1: days since last purchase ≤ 30 and amount > 50 (n = 30, 90.0% of them in cluster 1).'
    """
    return [
        (
            "schemes.cluster_rule",
            {
                "cluster": int(rule["cluster"].iloc[0]),
                "customers": int(rule["customers"].iloc[0]),
                "purity": float(rule["purity"].iloc[0]),
                "conditions": wording.text("schemes.cluster_and").join(
                    _condition(row) for row in rule.itertuples()
                ),
            },
        )
        for _, rule in rules.groupby("rule")
    ]


def cluster_verdict(found: Clusters) -> Sentence:
    """How many clusters there are and how clear, or why there are none: key and values.

    >>> from crm_lessons.classification._clusters import clusters
    >>> few = pd.DataFrame({"recency_days": [1], "orders": [1], "amount": [1.0]})
    >>> cluster_verdict(clusters(few))
    ('schemes.clusters_too_few', {'k': 0, 'n': 1})
    """
    told: dict[str, object] = {"k": found.k, "n": found.customers}
    if len(found.trials):
        trials = found.trials
        best = trials.loc[found.k] if found.found else trials.loc[trials["silhouette"].idxmax()]
        told |= {
            "k": int(best.name),
            "silhouette": best["silhouette"],
            "heap": best["silhouette_one_heap"],
            "needed": best["silhouette_needed"],
            "stability": best["stability"],
            "smallest": best["smallest_share"],
        }
    return f"schemes.clusters_{found.verdict}", told


def _paths(tree: DecisionTreeClassifier) -> dict[int, dict[tuple[str, str], float]]:
    """Each leaf with its conditions: (measure, direction) to the tightest threshold."""
    inner, paths, waiting = tree.tree_, {}, [(0, {})]
    while waiting:
        node, conditions = waiting.pop()
        if inner.children_left[node] < 0:
            paths[node] = conditions
            continue
        measure = FEATURES[inner.feature[node]]
        threshold = _rounded(inner.threshold[node], _UNIT[measure])
        # Going down a tree, a later condition on the same side is always the tighter one.
        for child, direction in (
            (inner.children_left[node], "at_most"),
            (inner.children_right[node], "above"),
        ):
            waiting.append((child, conditions | {(measure, direction): threshold}))
    return paths


def _rounded(threshold: float, unit: float) -> float:
    # The tree cuts midway between two values; the next whole unit below divides them as well.
    return round(math.floor(threshold / unit + 1e-6) * unit, 2)


def _condition(row: object) -> str:
    value = f"{row.threshold:,.2f}".rstrip("0").rstrip(".")
    measure = names.code(row.measure, "schemes.measure_")
    return wording.text(f"schemes.cluster_{row.direction}", measure=measure, threshold=value)


def _frame(found: list[dict]) -> pd.DataFrame:
    rows = [
        {
            "rule": number,
            "cluster": rule["cluster"],
            "customers": rule["customers"],
            "purity": rule["purity"],
            "measure": measure,
            "direction": direction,
            "threshold": threshold,
        }
        for number, rule in enumerate(found, start=1)
        for (measure, direction), threshold in rule["conditions"].items()
    ]
    types = {
        "rule": "int64",
        "cluster": "int64",
        "customers": "int64",
        "purity": "float64",
        "measure": "str",
        "direction": "str",
        "threshold": "float64",
    }
    return pd.DataFrame(rows, columns=list(types)).astype(types)
