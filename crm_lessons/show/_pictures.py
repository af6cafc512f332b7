"""A chart as a picture that also says in words what it shows."""

import base64
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from crm_lessons.show._png import png

if TYPE_CHECKING:  # whoever shows tables only should not wait for the import
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The same chart as it is drawn for a phone: PNG in base 64, title and subtitle as texts.
NARROW = "application/vnd.crm-lessons.narrow+json"

# Twice the pixels of a common screen: sharp on phones and on paper.
_DPI, _SCREEN_DPI = 200, 100


class Picture:
    """A PNG with its alternative text.

    Neither JupyterLab nor nbconvert's lab template take an alternative text from the metadata of an
    image, so the picture is shown as HTML; the plain PNG is there for viewers that want one.
    ``narrow`` is what a page shows on a phone.
    """

    narrow: dict[str, str] | None = None

    def __init__(self, png: bytes, alt: str, width: int) -> None:
        self.png, self.alt, self._width = png, alt, width

    def for_phones(self, draw: "Callable[[], Axes | Figure]") -> None:
        """Draw the same chart for a phone as well; its head stands above it as text."""
        from crm_lessons.charts import look

        with look.narrow() as head:
            drawn = base64.b64encode(chart(draw(), alt=self.alt).png).decode("ascii")
        self.narrow = {"png": drawn, "title": head.title, "subtitle": head.subtitle}

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, object]]:
        image = base64.b64encode(self.png).decode("ascii")
        data = {"text/html": self._html(image), "image/png": image, "text/plain": self.alt}
        if self.narrow is not None:
            data[NARROW] = self.narrow
        return data, {"image/png": {"alt": self.alt, "width": self._width}}

    def __repr__(self) -> str:
        return self.alt

    def _html(self, image: str) -> str:
        return (
            f'<img class="crm-chart" alt="{escape(self.alt)}" width="{self._width}" '
            f'style="max-width:100%;height:auto" src="data:image/png;base64,{image}">'
        )


def chart(axes: "Axes | Figure", *, alt: str) -> Picture:
    """Take a picture of the figure and close it; ``alt`` tells it to those who cannot see it.

    The same figure gives the same bytes.

    >>> import matplotlib.pyplot as plt
    >>> figure, axes = plt.subplots()
    >>> chart(axes, alt="Sales rise.")
    Sales rise.
    """
    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure

    figure = axes if isinstance(axes, Figure) else axes.get_figure()
    width = round(figure.get_figwidth() * _SCREEN_DPI)
    png = _png(figure)
    plt.close(figure)
    return Picture(png, alt, width)


def _png(figure: "Figure") -> bytes:
    """The figure as PNG, with its background.

    `Figure.savefig` draws everything twice and keeps a layer of transparency that charts do not
    use: that takes half as long again, and three times the room.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.set_dpi(_DPI)
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            # Else matplotlib measures all ticks once more, to place a label that has no text.
            if not axis.label.get_text():
                axis.set_label_coords(0.5, 0)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return png(np.asarray(canvas.buffer_rgba()), dpi=_DPI)
