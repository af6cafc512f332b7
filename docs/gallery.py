"""A picture of every chart in both languages, on the samples, with the sentence that says it.

`markdown(folder, language)` writes ``folder/gallery/pareto.png`` and so on and returns the page
that shows them: `pages.py` calls it. By hand: ``python docs/gallery.py FOLDER`` writes the pictures
and the page of each language. What lessons draw is taken from their editions as these run, half a
minute a language; charts that only sliders, the page of a class or a batch show are made from a
few lines here. RuntimeError names charts that nothing draws, so that no new one is forgotten.
"""

import contextlib
import io
import sys
import tempfile
from pathlib import Path
from unittest import mock

import matplotlib as mpl
import nbformat
import pandas as pd

from crm_lessons import charts, data, pareto, sampling, show, wording
from crm_lessons.charts import _chart

EDITIONS = Path(__file__).parents[1] / "notebooks"


def markdown(folder: Path, language: str) -> str:
    """The pictures, written into the folder, as Markdown: name, what is drawn, what is said."""
    mpl.use("agg")
    pictures = Path(folder) / "gallery"
    pictures.mkdir(parents=True, exist_ok=True)
    parts = []
    for name, picture in sorted(_all(language).items()):
        (pictures / f"{name}.png").write_bytes(picture.png)
        about = charts.find(name).__doc__.partition("\n")[0]
        alt = picture.alt.translate(str.maketrans("[]\n", "() "))
        parts.append(f"\n## {name}\n\n{about}\n\n![{alt}](gallery/{name}.png)\n\n> {alt}\n")
    return "".join(parts)


def _all(language: str) -> dict[str, show.Picture]:
    found: dict[str, show.Picture] = {}
    with wording.using(language):
        for name, result, options in _others():
            chart = charts.find(name)
            alt = chart.alt(result, **options)
            found[name] = show.chart(chart(result, **options), alt=alt)
        for edition in sorted((EDITIONS / language).glob("*.ipynb")):
            found = _drawn_by(edition) | found
    missing = sorted(_chart.REGISTERED.keys() - found.keys())
    if missing:
        raise RuntimeError(f"no lesson and no example here draws {', '.join(missing)}")
    return found


def _drawn_by(edition: Path) -> dict[str, show.Picture]:
    """The charts of an edition, while its cells run here; what they display is not shown."""
    asked: list[str] = []
    pictures: dict[str, show.Picture] = {}
    find, picture_of = charts.find, show.chart

    def noted(name: str) -> object:
        asked.append(name)
        return find(name)

    def kept(axes: object, *, alt: str) -> show.Picture:
        picture = picture_of(axes, alt=alt)
        if asked:  # else a slider's, which a form shows
            pictures.setdefault(asked.pop(), picture)
        return picture

    cells = nbformat.read(edition, as_version=4).cells
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    space: dict[str, object] = {"__name__": "__main__"}
    with (
        mock.patch.object(charts, "find", noted),
        mock.patch.object(show, "chart", kept),
        tempfile.TemporaryDirectory() as empty,
        contextlib.chdir(empty),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        for source in code:
            exec(compile(source, str(edition), "exec"), space)
    return pictures


def _others() -> list[tuple[str, object, dict[str, object]]]:
    """Charts that no lesson draws by itself: of sliders, of a class, of a batch."""
    orders = data.read("shop").lines.collect().to_pandas()
    curve = pareto.lorenz(orders.groupby("customer_id")["amount"].sum())
    lower, upper = sampling.wilson(8, 8)
    eight = {"share": 1.0, "lower": lower, "upper": upper}
    staff = pd.DataFrame({"score": [0.9, 0.2, -0.4]}, index=["Li Min", "Wang Fang", "Zhao Lei"])
    titles = ["ABC", "Lorenz", "Gini"]
    items = pd.DataFrame({"number": [1, 2, 3], "title": titles, "trainees": 24})
    items = items.assign(right_first=[20, 14, 9], right_in_the_end=[24, 21, 18])
    times = items.assign(median_minutes=[2.0, 3.5, 1.0], quarter=[1.0, 2.0, 0.5])
    times = times.assign(three_quarters=[3.0, 6.0, 2.0])
    standing = pd.DataFrame(
        {
            1: ["first", "later", "first"],
            2: ["first", "not_yet", None],
            3: ["later", None, "first"],
        },
        index=["Li Min", "Wang", "Zhao"],
    )
    wrong = pd.DataFrame(
        {"title": titles, "mistake_told": ["80%", "0.2", "3"], "trainees": [9, 5, 2]}
    )
    runs = pd.DataFrame(
        {"Gini": [0.61, 0.55, 0.48], "N": [1500, 900, 420]}, index=["East", "West", "North"]
    )
    clusters = pd.DataFrame(
        {
            "customers": [310, 640],
            "amount_per_customer": [5200.0, 480.0],
            "recency_days": [20, 210],
        },
        index=pd.Index([1, 2], name="cluster"),
    )
    clusters = clusters.assign(orders=[9, 2], amount=[4100.0, 390.0], z_recency_days=[-0.9, 0.4])
    clusters = clusters.assign(z_orders=[1.3, -0.6], z_amount=[1.2, -0.6])
    return [
        ("top_guess", curve, {"guess": 0.6, "revealed": True}),
        ("share_guess", eight, {"guess": 0.9, "about": "eight", "revealed": True}),
        ("staff_bars", staff, {}),
        ("first_tries", items, {}),
        ("minutes", times, {}),
        ("standing", standing, {}),
        ("mistakes", wrong, {}),
        ("cluster_profile", clusters, {}),
        ("compare_runs", runs, {"percent": ["Gini"]}),
    ]


if __name__ == "__main__":
    for each in wording.LANGUAGES:
        page = markdown(Path(sys.argv[1]) / each, each)
        (Path(sys.argv[1]) / each / "gallery.md").write_text(page, encoding="utf-8")
