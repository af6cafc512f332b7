"""What holds for every chart: it can be read, and a sentence tells what it shows."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Annotation, Text

from crm_lessons import charts, wording


def every_chart(cases: dict[str, tuple]) -> Callable:
    """Each case in each language; a case is a chart's name, what makes its data, and options."""
    parameters = [
        pytest.param(name, make, dict(*options), id=case)
        for case, (name, make, *options) in cases.items()
    ]

    def both(test: Callable) -> Callable:
        test = pytest.mark.parametrize(("name", "make", "options"), parameters)(test)
        return pytest.mark.parametrize("language", wording.LANGUAGES)(test)

    return both


def assert_readable_and_told(language: str, name: str, result: object, options: dict) -> None:
    with wording.using(language):
        chart = charts.find(name)
        assert_readable(chart(result, **options).get_figure())
        sentence = chart.alt(result, **options)
    assert sentence.endswith("。" if language == "zh" else ".")
    assert "nan" not in sentence


def drawn_texts(figure) -> list[Text]:
    figure.canvas.draw()
    # Tick labels outside the axis limits exist, but are never drawn.
    hidden = {
        label
        for ax in figure.axes
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        for label in (tick.label1, tick.label2)
        if not axis.get_view_interval().min() - 1e-9
        <= tick.get_loc()
        <= axis.get_view_interval().max() + 1e-9
    }
    found = figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_visible())
    return [text for text in found if text.get_text().strip() and text not in hidden]


def box(text: Text):
    """Where the letters stand, without an annotation's leader."""
    extent = (
        Text.get_window_extent if isinstance(text, Annotation) else type(text).get_window_extent
    )
    return extent(text)


def contrast(colour: object, background: object) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(value: object) -> float:
        parts = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in to_rgb(value)]
        return float(np.dot([0.2126, 0.7152, 0.0722], parts))

    dark, light = sorted([luminance(colour), luminance(background)])
    return (light + 0.05) / (dark + 0.05)


def assert_readable(figure):
    """Every glyph is there, no text touches another or leaves the picture, none is too small."""
    texts = drawn_texts(figure)
    canvas, places = figure.bbox, [box(text) for text in texts]
    for text, place in zip(texts, places, strict=True):
        assert place.x0 >= canvas.x0 - 1 and place.x1 <= canvas.x1 + 1, text.get_text()
        assert place.y0 >= canvas.y0 - 1 and place.y1 <= canvas.y1 + 1, text.get_text()
        assert text.get_fontsize() >= 9
        assert contrast(text.get_color(), "white") >= 4.5, text.get_text()
    for (one, a), (other, b) in itertools.combinations(zip(texts, places, strict=True), 2):
        apart = a.x1 <= b.x0 + 1 or b.x1 <= a.x0 + 1 or a.y1 <= b.y0 + 2 or b.y1 <= a.y0 + 2
        assert apart, (one.get_text(), other.get_text())
