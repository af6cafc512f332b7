"""What a form is made of, as plain data: it says what there is to answer, and nothing of drawing.

Whoever draws it (widgets, a page, paper, a terminal) knows the nine `CONTROLS` and no kind of
question; a new kind composes its form of one of them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

BOX, SLIDER, ONE, SEVERAL, STEPS, GRID, LINES, BOOK, WRITING = CONTROLS = (
    "box",  # a text box with a unit
    "slider",  # whole per cents, moving a chart
    "one",  # one of `options`
    "several",  # some of `options`
    "steps",  # all `options`, moved into an order
    "grid",  # a text box for each of `rows` and `columns`
    "lines",  # some of `rows`, each a line of a table to tick, or `nobody`
    "book",  # a table in which rows are entered, changed, deleted, and changes undone
    "writing",  # a text of several lines, in one part or as many as `rows`, then points to tick
)


@dataclass(frozen=True)
class Entry:
    """An option or a row: its id, what people read, its letter, further cells of its line."""

    id: str
    label: str
    letter: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column: its title with the unit of what is typed there, and the side its cells stand at."""

    id: str
    title: str
    side: str = ""


@dataclass(frozen=True)
class Form:
    """The form of one question in the language in use; `plain` is what JSON can carry.

    ``control`` is one of `CONTROLS`, ``keyboard`` the ``inputmode`` that a phone should show,
    ``note`` says how to answer, ``nobody`` names the tick for "none of these". A book has its rows
    and columns for paper, ``log`` what was done before, ``start`` all that a screen begins with.
    ``budget`` is how many Chinese characters and words a text may have, 0 for as many as one likes.
    """

    control: str
    note: str
    label: str = ""
    example: str = ""
    unit: str = ""
    keyboard: str = ""
    options: tuple[Entry, ...] = ()
    rows: tuple[Entry, ...] = ()
    columns: tuple[Column, ...] = ()
    nobody: str = ""
    log: tuple[str, ...] = ()
    budget: int = 0
    start: Mapping[str, object] = field(default_factory=dict)

    def plain(self) -> dict[str, object]:
        """The form as a dictionary of texts and lists; what is empty is left out.

        >>> Form(BOX, "Within 1%", unit="yuan").plain()
        {'control': 'box', 'note': 'Within 1%', 'unit': 'yuan'}
        """
        return _plain(asdict(self))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items() if part}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
