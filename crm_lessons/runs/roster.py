"""The list of who should hand in: a text file with a name a line, or a column of a workbook.

With a second column of nicknames (昵称, nickname) those who work under one are known by name.
"""

import re
from pathlib import Path

from crm_lessons import wording
from crm_lessons.data import files
from crm_lessons.errors import CrmError

WORKBOOKS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
ENCODINGS = ("utf-8-sig", "gb18030")
_PARTED = re.compile("[\t,，]")


def read(path: Path) -> dict[str, str]:
    """Name to nickname, "" where the list has none, in the order of the file.

    The column with a heading such as 姓名 or "name" holds the names, one called 昵称 or "nickname"
    beside it the nicknames; without headings the first column is the names. In a text file a comma
    or a tab parts the two where the first line has both headings; else a line is a name, for
    "Smith, John" is one person.
    """
    if not path.is_file():
        raise CrmError("roster_missing", path=path)
    rows = files.first_sheet(path) if path.suffix.lower() in WORKBOOKS else _of_text(path)
    told = [[(cell or "").strip() for cell in row] for row in rows or []]
    told = [row for row in told if any(row)]
    heads = told[0] if told and any(map(_is_name, told[0])) else []
    nick = next((n for n, head in enumerate(heads) if _is("roster_nicknames", head)), None)
    name = next((n for n, head in enumerate(heads) if _is_name(head) and n != nick), nick or 0)
    found: dict[str, str] = {}
    for row in told[1:] if heads else told:
        cells = dict(enumerate(row))
        if cells.get(name):
            found.setdefault(cells[name], cells.get(nick, "") if nick != name else "")
    if not found:
        raise CrmError("roster_empty", path=path)
    return found


def _of_text(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            lines = raw.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
        parted = [_PARTED.split(line) for line in lines]
        first = next((row for row in parted if any(map(str.strip, row))), [])
        headed = len(first) > 1 and any(_is_name(cell.strip()) for cell in first)
        return parted if headed else [[line] for line in lines]
    raise CrmError("roster_unreadable", path=path)


def _is_name(text: str) -> bool:
    return _is("roster_headings", text) or _is("roster_nicknames", text)


def _is(kind: str, text: str) -> bool:
    headings = [wording.template(f"teaching.{kind}", name) for name in wording.LANGUAGES]
    return text.casefold() in {one.strip() for told in headings for one in told.split(",")}
