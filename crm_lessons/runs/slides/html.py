"""Slides in a browser: reveal.js (version 5.2.1, MIT, its licence beside it) and all else in one
file that asks no other machine for anything; the same without script, for printing."""

import base64
from collections.abc import Sequence
from html import escape

from crm_lessons.runs import _page
from crm_lessons.runs.slides import layout
from crm_lessons.runs.slides.layout import Box
from crm_lessons.runs.slides.slide import Line, Picture, Slide

FOLDER = _page.TEMPLATES / "slides"
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def page(slides: Sequence[Slide], *, title: str, language: str, printed: bool = False) -> str:
    """The slides as one page; ``printed`` has one sheet for each and no script."""
    sections = "\n".join(_section(slide) for slide in slides)
    style = _file("slides.css")
    if printed:
        style += _file("printed.css")
        body = f'<main class="printed">{sections}</main>'
    else:
        style = _file("reveal.js/reveal.css") + style
        scripts = (_file("reveal.js/reveal.js"), _file("start.js"))
        body = f'<main class="reveal"><div class="slides">{sections}</div></main>'
        body += "".join(f"<script>{script}</script>" for script in scripts)
    return f"""<!DOCTYPE html>
<html lang="{_page.HTML_LANGUAGE[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>{body}</body>
</html>
"""


def _section(slide: Slide) -> str:
    inner = "".join(_box(box, slide) for box in layout.boxes(slide))
    notes = "".join(f"<p>{escape(note)}</p>" for note in slide.notes)
    aside = f'<aside class="notes">{notes}</aside>' if notes else ""
    kind = "first" if slide.is_title else "question" if slide.is_question else "told"
    return f'<section class="{kind}">{inner}{aside}</section>'


def _box(box: Box, slide: Slide) -> str:
    place = f"left:{box.x}px;top:{box.y}px;width:{box.width}px;height:{box.height}px"
    place += f";font-size:{box.size}px" if box.size else ""
    if isinstance(box.content, Picture):
        source = base64.b64encode(box.content.png).decode("ascii")
        alt = escape(box.content.alt)
        return f'<img class="box" style="{place}" alt="{alt}" src="data:image/png;base64,{source}">'
    if box.kind == "table":
        return f'<div class="box" style="{place}">{_table(box)}</div>'
    if box.kind == "title":
        level = "h1" if slide.is_title else "h2"
        return f'<{level} class="box" style="{place}">{escape(slide.title)}</{level}>'
    lines = "".join(_line(line, box.size) for line in box.content)
    return f'<div class="box" style="{place}">{lines}</div>'


def _line(line: Line, size: int) -> str:
    told = "".join(
        f"<strong>{escape(run.text)}</strong>" if run.bold else escape(run.text)
        for run in line.runs
    )
    if not line.mark:
        return f"<p>{told}</p>"
    by = layout.indent(line, size)
    return f'<p style="padding-left:{by}px"><span class="mark">{escape(line.mark)}</span>{told}</p>'


def _table(box: Box) -> str:
    columns = "".join(f'<col style="width:{width}px">' for width in box.columns)
    head, *rows = box.content
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><colgroup>{columns}</colgroup><tr>{heads}</tr>{body}</table>"


def _file(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
