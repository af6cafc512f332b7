"""Clusters by k-means, and whether there are any: many customer bases have none."""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score, silhouette_score
from threadpoolctl import threadpool_limits

from crm_lessons.classification._one_heap import in_one_heap
from crm_lessons.sampling import SEED, stream

FEATURES = ("recency_days", "orders", "amount")
FEWEST = 30
# Choosing the number of clusters looks at this many customers at most: a silhouette compares
# each with each.
_SAMPLE = 2000
# So many sets of evenly spread points are compared with: chance alone can make one look grouped.
_EVEN, _ABOVE_EVEN = 5, 0.05


@dataclass(frozen=True)
class Clusters:
    """What `clusters` found.

    ``labels``: customer to cluster, Int64, 1 for the largest mean amount; all missing when there
    are none. ``trials``: one row for each number of clusters tried. ``profile``: one row for each
    cluster, empty when there are none. ``verdict``: ``kept``, or why there are none (a code).
    ``customers``: how many were looked at.
    """

    labels: pd.Series
    trials: pd.DataFrame
    profile: pd.DataFrame
    verdict: str
    customers: int

    @property
    def found(self) -> bool:
        return self.verdict == "kept"

    @property
    def k(self) -> int:
        """How many clusters there are; 0 when there are none."""
        return len(self.profile)


def clusters(
    people: pd.DataFrame,
    *,
    ks: tuple[int, ...] = (2, 3, 4, 5, 6),
    min_silhouette: float = 0.25,
    min_gain: float = 0.03,
    min_stability: float = 0.80,
    min_share: float = 0.02,
    draws: int = 20,
    seed: int = SEED,
) -> Clusters:
    """Group customers by k-means on recency, orders and amount, if they fall into groups at all.

    The features are log(1 + x), standardised; an amount of zero or less counts as zero, and a
    measure that does not vary is left out. K-means finds k groups in anything, so each k must pass
    these tests: its silhouette is at least ``min_silhouette``, and ``min_gain`` above that of the
    same customers put into one heap, with the same counts, ranks and range of each measure but no
    gap in it (`in_one_heap`), and 0.05 above the best of five sets of evenly spread points
    (``not_separate`` if not); its groups come again when customers are
    drawn anew (``not_stable``); its smallest group is big enough (``too_small``). Of those that
    pass, the k of the highest silhouette is kept.

    `min_gain` was chosen by study (``benchmarks/claims/clusters.py``): four groups 5.7 of their
    standard deviations apart are found in 39 of 40 bases of 60 customers, clusters where there are
    none in 1 of 60; with 0.02 in 40 and in 4.

    Parameters
    ----------
    people
        From ``customers.summarise``: ``recency_days``, ``orders``, ``amount``. A customer without
        a purchase is in no cluster.
    ks
        The numbers of clusters to try.
    min_silhouette
        At 0.25 and less there is no substantial structure (Kaufman & Rousseeuw 1990, Finding Groups
        in Data, table 4).
    min_stability
        Mean adjusted Rand index between the grouping and those of ``draws`` bootstrap samples;
        looked at, and not missing, only where groups stand apart.
    min_share
        The smallest cluster's share of the customers, at least.
    seed
        Of all random draws: the same customers give the same clusters, whatever the order of rows.

    Returns
    -------
    Clusters
        ``trials`` has the index ``k`` and the columns ``silhouette``, ``silhouette_one_heap``,
        ``silhouette_needed``, ``stability``, ``smallest_share`` float64 and ``verdict``.
        ``profile`` has the index ``cluster``, ``customers`` int64, ``customer_share``,
        ``amount_per_customer``, the medians ``recency_days``, ``orders``, ``amount`` and the mean
        standardised features ``z_recency_days``, ``z_orders``, ``z_amount``, all float64.
        ``verdict`` may also be ``too_few`` (below 30 customers) or ``all_alike`` (nothing varies).

    Examples
    --------
    >>> people = pd.DataFrame({"recency_days": [5, 6, 7, 300, 320, 340] * 9,
    ...     "orders": [19, 20, 21, 1, 1, 2] * 9, "amount": [900.0, 950, 990, 20, 22, 25] * 9})
    >>> found = clusters(people, ks=(2,))
    >>> found.k, found.labels.head(4).to_list()
    (2, [1, 1, 1, 2])
    """
    measures = people[list(FEATURES)].astype("float64")
    bought = measures[measures.notna().all(axis=1) & (measures["orders"] > 0)].sort_index()
    if len(bought) < FEWEST:
        return _none(people, _no_trials(), "too_few", len(bought))
    points = standardised(bought)
    kept_names = list(points.columns[points.abs().sum() > 0])
    varying = points[kept_names].to_numpy()
    if not varying.shape[1]:
        return _none(people, _no_trials(), "all_alike", len(bought))
    # One thread: many small fits only wait for each other, and sums stay the same everywhere.
    with threadpool_limits(1), warnings.catch_warnings():
        # Fewer distinct customers than clusters: the tests below judge it, a warning does not help.
        warnings.simplefilter("ignore", ConvergenceWarning)
        limits = {"least": min_silhouette, "gain": min_gain}
        trials = _trials(varying, bought[kept_names], ks, draws, seed, limits)
        trials["verdict"] = [_verdict(row, min_stability, min_share) for row in trials.itertuples()]
        kept = trials[trials["verdict"] == "kept"]
        best = (trials if kept.empty else kept)["silhouette"].idxmax() if len(trials) else None
        if best is None or kept.empty:
            verdict = "all_alike" if best is None else trials["verdict"][best]
            return _none(people, trials, verdict, len(bought))
        labels = _fit(varying, int(best), seed).labels_
    return _named(people, bought, points, labels, trials)


def standardised(measures: pd.DataFrame) -> pd.DataFrame:
    """Log(1 + x) of each measure, less its mean, over its standard deviation; constant is 0.

    >>> standardised(pd.DataFrame({"orders": [0.0, 0.0], "amount": [0.0, 9.0]})).to_numpy().tolist()
    [[0.0, -1.0], [0.0, 1.0]]
    """
    logs = np.log1p(measures.clip(lower=0))
    spread = logs.std(ddof=0).where(logs.max() > logs.min())
    return ((logs - logs.mean()) / spread).fillna(0.0)


def _trials(
    points: np.ndarray,
    bought: pd.DataFrame,
    ks: tuple[int, ...],
    draws: int,
    seed: int,
    limits: dict[str, float],
) -> pd.DataFrame:
    rng = stream(seed)
    some = np.sort(rng.permutation(len(points))[:_SAMPLE])
    sample, logs = points[some], np.log1p(bought.iloc[some].clip(lower=0).to_numpy())
    heap = in_one_heap(logs, tuple(name == "orders" for name in bought), rng)
    spread = heap.std(axis=0)
    heap = (heap - heap.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    even = [_evenly_spread(sample, rng) for _ in range(_EVEN)]
    rows = {}
    for k in ks:
        if 2 <= k <= len(np.unique(sample, axis=0)):
            labels = _fit(sample, k, seed).labels_
            own, other = _silhouette(sample, labels), _silhouette(heap, _fit(heap, k, seed).labels_)
            needed = max(other + limits["gain"], limits["least"])
            # What takes long is asked only where the rest is passed.
            if own >= needed:
                best = max(_silhouette(one, _fit(one, k, seed).labels_) for one in even)
                needed = max(needed, best + _ABOVE_EVEN)
            stable = _stability(sample, labels, k, draws, seed) if own >= needed else np.nan
            smallest = np.bincount(labels, minlength=k).min() / len(labels)
            rows[k] = [own, other, needed, stable, smallest]
    return pd.DataFrame.from_dict(rows, orient="index", columns=_TESTS).rename_axis("k")


_TESTS = ["silhouette", "silhouette_one_heap", "silhouette_needed", "stability", "smallest_share"]


def _stability(sample: np.ndarray, labels: np.ndarray, k: int, draws: int, seed: int) -> float:
    """Mean adjusted Rand index of the grouping and those of bootstrap samples."""
    rng = stream(seed)
    again = [
        _fit(sample[rng.randint(0, len(sample), len(sample))], k, seed, starts=3).predict(sample)
        for _ in range(draws)
    ]
    return float(np.mean([adjusted_rand_score(labels, other) for other in again]))


def _evenly_spread(points: np.ndarray, rng: np.random.RandomState) -> np.ndarray:
    """As many points, evenly spread in the box along the principal axes (Tibshirani 2001)."""
    _, _, axes = np.linalg.svd(points, full_matrices=False)
    turned = points @ axes.T
    return rng.uniform(turned.min(axis=0), turned.max(axis=0), turned.shape) @ axes


def _verdict(row: object, min_stability: float, min_share: float) -> str:
    if row.silhouette < row.silhouette_needed:
        return "not_separate"
    if row.stability < min_stability:
        return "not_stable"
    return "kept" if row.smallest_share >= min_share else "too_small"


def _fit(points: np.ndarray, k: int, seed: int, *, starts: int = 10) -> KMeans:
    return KMeans(n_clusters=k, n_init=starts, random_state=seed).fit(points)


def _silhouette(points: np.ndarray, labels: np.ndarray) -> float:
    # With a single group, or each point its own, there is no silhouette: nothing is separated.
    groups = len(np.unique(labels))
    return float(silhouette_score(points, labels)) if 1 < groups < len(points) else 0.0


def _named(
    people: pd.DataFrame,
    bought: pd.DataFrame,
    points: pd.DataFrame,
    labels: np.ndarray,
    trials: pd.DataFrame,
) -> Clusters:
    """Clusters numbered by their mean amount, the largest first."""
    order = bought["amount"].groupby(labels).mean().sort_values(ascending=False, kind="stable")
    number = pd.Series(range(1, len(order) + 1), index=order.index)
    named = pd.Series(number[labels].to_numpy(), index=bought.index, name="cluster")
    groups = bought.groupby(named)
    heads = groups.size().astype("int64")
    profile = pd.DataFrame(
        {
            "customers": heads,
            "customer_share": heads / len(bought),
            "amount_per_customer": groups["amount"].mean().round(2),
        }
    )
    centres = points.groupby(named).mean().add_prefix("z_")
    profile = profile.join(groups.median()).join(centres)
    known = named.astype("Int64").reindex(people.index)
    return Clusters(known, trials, profile, "kept", len(bought))


def _none(people: pd.DataFrame, trials: pd.DataFrame, verdict: str, customers: int) -> Clusters:
    labels = pd.Series(pd.NA, index=people.index, dtype="Int64", name="cluster")
    columns = ["customers", "customer_share", "amount_per_customer", *FEATURES]
    columns += [f"z_{name}" for name in FEATURES]
    empty = pd.DataFrame(columns=columns, index=pd.Index([], name="cluster", dtype="int64"))
    empty = empty.astype("float64").astype({"customers": "int64"})
    return Clusters(labels, trials, empty, verdict, customers)


def _no_trials() -> pd.DataFrame:
    empty = pd.DataFrame(columns=_TESTS, index=pd.Index([], name="k", dtype="int64"))
    return empty.astype("float64").assign(verdict=pd.Series(dtype="str"))
