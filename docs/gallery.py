"""A picture of every chart in both languages, on the samples, with the sentence that says it.

`markdown(folder, language)` writes ``folder/gallery/pareto.png`` and so on and returns the page
that shows them: `pages.py` calls it. By hand: ``python docs/gallery.py FOLDER`` writes the pictures
and the page of each language. What lessons draw is taken from their editions as these run, half a
minute a language; charts that only sliders, the page of a class or a batch show draw the example of
their docstring. RuntimeError names one that has none, so that no new one is forgotten.
"""

import contextlib
import doctest
import functools
import io
import sys
import tempfile
from pathlib import Path
from unittest import mock

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat

from crm_lessons import charts, show, wording
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
        for edition in sorted((EDITIONS / language).glob("*.ipynb")):
            found = _drawn_by(edition) | found
        with contextlib.redirect_stdout(io.StringIO()):
            missing = _chart.REGISTERED.keys() - found.keys()
            return found | {name: _by_example(name) for name in missing}


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


def _by_example(name: str) -> show.Picture:
    """What a chart draws in the last example of its docstring."""
    chart = charts.find(name)
    calls: list[tuple[object, dict[str, object]]] = []

    @functools.wraps(chart)
    def noted(result: object, **options: object) -> object:
        calls.append((result, options))
        return chart(result, **options)

    space = {**vars(sys.modules[chart.__module__]), name: noted}
    for example in doctest.DocTestParser().get_examples(chart.__doc__):
        exec(compile(example.source, name, "single"), space)
    if not calls:
        raise RuntimeError(f"no lesson draws {name}, and its docstring has no example")
    plt.close("all")  # what the examples drew
    result, options = calls[-1]
    return show.chart(chart(result, **options), alt=chart.alt(result, **options))


if __name__ == "__main__":
    for each in wording.LANGUAGES:
        page = markdown(Path(sys.argv[1]) / each, each)
        (Path(sys.argv[1]) / each / "gallery.md").write_text(page, encoding="utf-8")
