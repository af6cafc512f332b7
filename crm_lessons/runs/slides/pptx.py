"""Slides for PowerPoint and what else reads .pptx: text boxes, tables and pictures to be edited."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_lessons import writing
from crm_lessons.errors import CrmError
from crm_lessons.runs.slides import layout
from crm_lessons.runs.slides.layout import Box
from crm_lessons.runs.slides.slide import Line, Picture, Slide

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_PIXEL = 9525  # EMU: 96 pixels to the inch
_POINT = 0.75  # of a pixel
_TITLE_ONLY = 5  # layout of the presentation that python-pptx begins with
_FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}
_INK, _ACCENT, _LINE = "1F2933", "0B5394", "EEF1F4"


def ready() -> None:
    """CrmError says what to install where python-pptx is missing."""
    try:
        import pptx  # noqa: F401
    except ImportError as error:
        raise CrmError("no_pptx") from error


def write(slides: Sequence[Slide], path: Path, *, title: str, language: str) -> Path:
    """Write the slides; the file is whole or absent."""
    from pptx import Presentation

    made = Presentation()
    made.slide_width, made.slide_height = layout.WIDTH * _PIXEL, layout.HEIGHT * _PIXEL
    made.core_properties.title = title
    for slide in slides:
        _add(made, slide, language)
    with writing.beside(path) as draft:
        made.save(str(draft))
    return path


def _add(made: "Presentation", slide: Slide, language: str) -> None:
    sheet = made.slides.add_slide(made.slide_layouts[_TITLE_ONLY])
    for box in layout.boxes(slide):
        place = [edge * _PIXEL for edge in (box.x, box.y, box.width, box.height)]
        if box.kind == "title":
            shape = sheet.shapes.title
            shape.left, shape.top, shape.width, shape.height = place
            _fill(shape.text_frame, box.content, box.size, language, bold=True, ink=_ACCENT)
        elif isinstance(box.content, Picture):
            shape = sheet.shapes.add_picture(io.BytesIO(box.content.png), *place)
            shape._element._nvXxPr.cNvPr.set("descr", box.content.alt)
        elif box.kind == "table":
            _table(sheet, box, place, language)
        else:
            frame = sheet.shapes.add_textbox(*place).text_frame
            _fill(frame, box.content, box.size, language)
    if slide.notes:
        sheet.notes_slide.notes_text_frame.text = "\n".join(slide.notes)


def _fill(
    frame: Any,
    lines: Sequence[Line],
    size: int,
    language: str,
    *,
    bold: bool = False,
    ink: str = _INK,
) -> None:
    """Paragraphs as they stand; PowerPoint makes them smaller where an instructor writes more."""
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM if bold else MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.line_spacing = PP_ALIGN.LEFT, 1.15
        paragraph.space_after = Pt(size * layout.BETWEEN * _POINT)
        if line.mark:
            _hang(paragraph, layout.indent(line, size))
            _run(paragraph, f"{line.mark}\t", size, language, bold=bold, ink=_ACCENT)
        for run in line.runs:
            _run(paragraph, run.text, size, language, bold=bold or run.bold, ink=ink)


def _hang(paragraph: Any, indent: int) -> None:
    """The mark stands in front, further rows below the text and not below the mark."""
    told = paragraph._p.get_or_add_pPr()
    told.set("marL", str(indent * _PIXEL))
    told.set("indent", str(-indent * _PIXEL))


def _run(paragraph: Any, text: str, size: int, language: str, *, bold: bool, ink: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text, font = text, run.font
    font.size, font.bold, font.name = Pt(size * _POINT), bold, _FONTS[language]
    font.color.rgb = RGBColor.from_string(ink)
    # Chinese letters have a font of their own, whatever the Latin one is.
    east = run._r.get_or_add_rPr().makeelement(qn("a:ea"), {"typeface": _FONTS["zh"]})
    run._r.get_or_add_rPr().append(east)


def _table(sheet: Any, box: Box, place: list[int], language: str) -> None:
    from pptx.dml.color import RGBColor

    rows = box.content
    shape = sheet.shapes.add_table(len(rows), len(box.columns), *place)
    shape.table.horz_banding = False
    for column, width in zip(shape.table.columns, box.columns, strict=True):
        column.width = width * _PIXEL
    for row in shape.table.rows:
        row.height = place[3] // len(rows)
    for number, cells in enumerate(rows):
        for column, text in enumerate(cells):
            cell = shape.table.cell(number, column)
            cell.margin_top = cell.margin_bottom = 2 * _PIXEL
            cell.margin_left = cell.margin_right = layout.PADDING * _PIXEL
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor.from_string(_LINE if number == 0 else "FFFFFF")
            paragraph = cell.text_frame.paragraphs[0]
            _run(paragraph, text, box.size, language, bold=number == 0, ink=_INK)
