"""What holds for every chart: it can be read, and a sentence tells what it shows."""

import functools
import inspect
import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Annotation, Text

from crm_lessons import charts, wording

# Names as somebody may have typed them.
PLAIN = ["B$^$", "$x$", "a_b^c", r"\frac{1}{2}", "{name}", "<b>&amp;", "100%", "שלום", "李敏"]
STEERING = ["two\nlines", "tab\there", "\x00bell\x07", "\u202eturned\u202c", "zero\u200bwidth"]
LONG = ["x" * 300, "名" * 100, "many words " * 30, "é̂" * 80]
UNDRAWABLE = ["😀 shop", "𠮷野", ""]
TYPED = [PLAIN[:5], PLAIN[5:], STEERING, LONG, UNDRAWABLE]


def takes_names(make: Callable) -> bool:
    return "names" in inspect.signature(make).parameters


def every_chart(cases: dict[str, tuple]) -> Callable:
    """Each case in each language; a case is a chart's name, what makes its data, and options.

    A chart that writes names from the data has a case whose maker takes ``names``; an option that
    is a function is given them too.
    """
    parameters = [
        pytest.param(
            language,
            name,
            make,
            dict(*options),
            id=f"{case}-{language}",
            marks=() if takes_names(make) or language == "zh" else pytest.mark.other_language,
        )
        for case, (name, make, *options) in cases.items()
        for language in (["en"] if takes_names(make) else wording.LANGUAGES)
    ]
    return pytest.mark.parametrize(("language", "name", "make", "options"), parameters)


def assert_readable_and_told(language: str, name: str, make: Callable, options: dict) -> None:
    chart = charts.find(name)
    for names in TYPED if takes_names(make) else [None]:
        result = make(names) if names else made(make)
        given = {key: one(names) if callable(one) else one for key, one in options.items()}
        with wording.using(language):
            figure = chart(result, **given).get_figure()
            sentence = chart.alt(result, **given)
        assert_readable(figure)
        texts = [text for text in drawn_texts(figure) if names]
        assert not any(text.get_parse_math() or "\x00" in text.get_text() for text in texts)
        assert sentence.endswith("。" if language == "zh" else ".")
        assert not {*sentence} & {"\n", "\x00", "\u202e"} and "nan" not in sentence


@functools.lru_cache(maxsize=1)
def made(make: Callable) -> object:
    """The data of a case, made once for both languages."""
    return make()


def even(names: list[str], **columns: object) -> pd.DataFrame:
    """A row for each name."""
    return pd.DataFrame(columns, index=pd.Index(names, name="name"))


def steps(names: list[str], low: float, high: float) -> np.ndarray:
    """A figure for each name, evenly spread."""
    return np.linspace(low, high, len(names))


def drawn_texts(figure) -> list[Text]:
    figure.draw_without_rendering()  # all is laid out and every glyph looked up; no picture is made
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
