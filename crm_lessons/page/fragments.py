"""Cells that have run as pieces of HTML that a page can trust.

Prose and tables pass a list of what may stand on a page: no script, no style, nothing from
elsewhere. Charts become WebP files (lossless, about a third of the PNG) beside the page; forms
become places where the page draws them.
"""

import base64
import functools
import hashlib
import io
from html import escape
from pathlib import Path

import nbformat

from crm_lessons.page.sheet import PICTURES
from crm_lessons.runs import prose
from crm_lessons.show import FORM, NARROW

PHONE = "(max-width: 600px)"  # as in static/page.css
_LATER = 'loading="lazy" decoding="async"'


def _is_link(address: str) -> bool:
    """Whether an address leads to a page: bleach takes ``javascript:1`` for a host and its port."""
    return address.startswith(("https://", "http://")) or ":" not in address


_TAGS = {
    *("h1", "h2", "h3", "h4", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("strong", "em", "b", "i", "del", "sub", "sup", "span", "div", "a", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "*": ["class"],
    "a": lambda tag, name, value: name == "href" and _is_link(value),
    "th": ["scope", "colspan", "rowspan"],
    "td": ["colspan", "rowspan"],
    "ol": ["start"],
}


def of_cell(cell: nbformat.NotebookNode, folder: Path) -> tuple[str, list[str]]:
    """The HTML of a cell and the questions asked in it; pictures go into ``folder``."""
    if cell.cell_type == "markdown":
        return cleaned(prose.html(cell.source)), []
    asks: list[str] = []
    pieces = [_output(output, folder, asks) for output in cell.get("outputs", [])]
    return "\n".join(piece for piece in pieces if piece), asks


@functools.cache
def _cleaner():
    import bleach

    return bleach.Cleaner(
        tags=_TAGS, attributes=_ATTRIBUTES, protocols={"http", "https"}, strip=True
    )


def cleaned(html: str) -> str:
    """HTML without anything that runs, looks otherwise or loads.

    >>> cleaned('<p style="x" onclick="y()">A<script>z()</script> <a href="javascript:1">b</a></p>')
    '<p>Az() <a>b</a></p>'
    """
    return _cleaner().clean(html)


def _output(output: nbformat.NotebookNode, folder: Path, asks: list[str]) -> str:
    data = output.get("data", {})
    if FORM in data:
        return _place(data[FORM], asks)
    if "image/png" in data:
        alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
        return picture(data["image/png"], alt, folder, data.get(NARROW))
    if "text/html" in data:
        return cleaned(data["text/html"])
    if "text/markdown" in data:
        return f'<div class="crm-say">{cleaned(prose.html(data["text/markdown"]))}</div>'
    text = data.get("text/plain") or (output.get("text", "") if _is_stdout(output) else "")
    return f"<pre>{escape(text)}</pre>" if text.strip() else ""


def _is_stdout(output: nbformat.NotebookNode) -> bool:
    return output.output_type == "stream" and output.name == "stdout"


def _place(told: dict, asks: list[str]) -> str:
    if told["form"] == "question":
        asks.append(told["item"])
    form, item = escape(told["form"]), escape(told["item"])
    return f'<div class="crm-place" data-form="{form}" data-item="{item}"></div>'


def picture(png: str, alt: str, folder: Path, narrow: dict[str, str] | None = None) -> str:
    """The tag of a chart, its pictures (PNG in base 64) written as files.

    On a phone ``narrow`` is shown instead, its title above it as text.
    """
    source, size = _file(png, folder)
    image = f'<img class="crm-chart" src="{source}" alt="{escape(alt)}" {size} {_LATER}>'
    if narrow is None:
        return f'<figure class="crm-chart-frame">{image}</figure>'
    small, size = _file(narrow["png"], folder)
    title, lines = escape(narrow["title"]), escape(narrow["subtitle"]).replace("\n", "<br>")
    head = f'<p class="crm-chart-head"><strong>{title}</strong><br>{lines}</p>'
    phone = f'<source media="{PHONE}" srcset="{small}" {size}>'
    return f'<figure class="crm-chart-frame">{head}<picture>{phone}{image}</picture></figure>'


def asked(told: dict[str, dict], folder: Path) -> dict[str, dict]:
    """Questions whose sliders have a chart: it is written as files, which are named instead."""
    return {
        name: {**one, "picture": _named(one["picture"], folder)} if "picture" in one else one
        for name, one in told.items()
    }


def _named(picture: dict, folder: Path) -> dict[str, object]:
    pngs = {name: picture[name] for name in ("wide", "narrow") if name in picture}
    return {**picture, **{name: _file(png, folder)[0] for name, png in pngs.items()}}


def _file(png: str, folder: Path) -> tuple[str, str]:
    """Where a picture lies, written as WebP, and its size; the same picture is one file."""
    from PIL import Image

    raw = base64.b64decode(png)
    drawn = Image.open(io.BytesIO(raw))
    name = f"{hashlib.sha256(raw).hexdigest()[:20]}.webp"
    if not (folder / name).exists():
        folder.mkdir(parents=True, exist_ok=True)
        drawn.convert("RGB").save(folder / name, "webp", lossless=True, quality=40, method=3)
    return f"{PICTURES}/{name}", f'width="{drawn.width // 2}" height="{drawn.height // 2}"'
