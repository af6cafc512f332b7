"""The chart of what clusters of customers are like."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lessons.charts import look
from crm_lessons.charts._chart import chart, joined, texts
from crm_lessons.wording import names

said = texts(__name__)

_PREFIX = "z_"

# One colour and one sign for each cluster; the number stands beside every dot as well.
_COLOURS = (*look.SERIES, "#5A6470", "#005A8C", "#8A5500")
_MARKERS = "osD^vP*X"


def _cluster_profile_alt(profile: pd.DataFrame) -> str:
    """Say the size and the medians of each cluster.

    >>> from crm_lessons import wording
    >>> with wording.using("en"):
    ...     cluster_profile.alt(pd.DataFrame())
    'The chart is empty: no clusters stand out.'
    """
    if profile.empty:
        return said("alt_cluster_profile_none")
    parts = [
        said(
            "alt_cluster_profile_part",
            cluster=cluster,
            customers=int(row["customers"]),
            recency=row["recency_days"],
            orders=row["orders"],
            amount=row["amount"],
        )
        for cluster, row in profile.iterrows()
    ]
    return said("alt_cluster_profile", parts=joined(parts))


@chart(alt=_cluster_profile_alt)
def cluster_profile(profile: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw how far each cluster lies from the average in each measure.

    ``profile`` is the profile of `crm_lessons.classification._clusters`: one row for each cluster,
    with ``customers``, ``amount_per_customer`` and the standardised means ``z_…``. Without
    clusters the chart says so. At most eight clusters.

    ValueError if there are more clusters than colours.

    >>> profile = pd.DataFrame({"customers": [5, 9], "amount_per_customer": [90.0, 10.0],
    ...     "recency_days": [20, 210], "orders": [9, 2], "amount": [4100.0, 390.0],
    ...     "z_recency_days": [-0.9, 0.4], "z_orders": [1.2, -0.6], "z_amount": [1.2, -0.6]},
    ...     index=pd.Index([1, 2], name="cluster"))
    >>> len(cluster_profile(profile).get_legend().get_texts())
    2
    """
    if len(profile) > len(_COLOURS):
        raise ValueError(f"at most {len(_COLOURS)} clusters can be drawn, not {len(profile)}")
    measures = [name for name in profile if name.startswith(_PREFIX)]
    lanes = max(len(profile), 1)
    ax = look.canvas(ax, height=2.0 + len(measures) * (0.24 * lanes + 0.16) + 0.2 * lanes)
    ax.axvline(0, color=look.QUIET, linewidth=1)
    for band, measure in enumerate(measures):
        for lane, (cluster, value) in enumerate(profile[measure].items()):
            height = band + (lane + 1) / (lanes + 1)
            ax.plot([0, value], [height, height], color=look.GRID, linewidth=3, zorder=1)
            ax.plot(value, height, _MARKERS[lane], color=_COLOURS[lane], markersize=8)
            shift, side = ((8, 0), "left") if value >= 0 else ((-8, 0), "right")
            how = {"ha": side, "va": "center", "color": look.INK, "fontsize": look.SMALL}
            ax.annotate(str(cluster), (value, height), shift, textcoords="offset points", **how)
        if band:
            ax.axhline(band, color=look.GRID, linewidth=0.8)
    _axes(ax, profile, measures)
    return ax


def _axes(ax: Axes, profile: pd.DataFrame, measures: list[str]) -> None:
    reach = 1.15 * max(np.abs(profile[measures].to_numpy(dtype="float64")).max(initial=0.0), 1.0)
    ax.set(xlim=(-reach, reach), ylim=(max(len(measures), 1), 0))
    titles = [names.code(name.removeprefix(_PREFIX), "schemes.measure_") for name in measures]
    ax.set_yticks([band + 0.5 for band in range(len(measures))], titles, color=look.INK)
    ax.set_xlabel(said("cluster_profile_axis"))
    look.bare(ax)
    if profile.empty:
        how = {"ha": "center", "va": "center", "color": look.INK, "path_effects": look.HALO}
        none = said("cluster_profile_none")
        ax.text(0.5, 0.5, none, transform=ax.transAxes, **how)
    else:
        _legend(ax, profile)
    look.head(ax, said("cluster_profile_title"), said("cluster_profile_subtitle"))


def _legend(ax: Axes, profile: pd.DataFrame) -> None:
    for lane, (cluster, row) in enumerate(profile.iterrows()):
        mean = look.big_number(float(f"{row['amount_per_customer']:.3g}"))
        told = {"cluster": cluster, "customers": int(row["customers"]), "amount": mean}
        label = said("cluster_profile_name", **told)
        # Drawn nowhere: only the legend shows it.
        ax.plot([], [], _MARKERS[lane], color=_COLOURS[lane], markersize=8, label=label)
    side, end = ("right", 1) if look.is_narrow() else ("left", 0)
    place = {"loc": f"upper {side}", "bbox_to_anchor": (end, -0.02), "borderaxespad": 2.6}
    ax.legend(frameon=False, fontsize=look.SMALL, labelcolor=look.INK, handlelength=1, **place)
