"""The list of who should hand in: a text file with a name a line, or a column of a workbook."""

from pathlib import Path

import pandas as pd

from crm_lessons import wording
from crm_lessons.errors import CrmError

WORKBOOKS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
ENCODINGS = ("utf-8-sig", "gb18030")


def read(path: Path) -> list[str]:
    """The names, without blanks and repetitions, in the order of the file.

    In a workbook the column with a heading such as 姓名 or "name" is taken, else the first one.
    """
    if not path.is_file():
        raise CrmError("roster_missing", path=path)
    names = _of_workbook(path) if path.suffix.lower() in WORKBOOKS else _of_text(path)
    names = [name for name in dict.fromkeys(map(str.strip, names)) if name]
    if names and _is_heading(names[0]):
        names = names[1:]
    if not names:
        raise CrmError("roster_empty", path=path)
    return names


def _of_text(path: Path) -> list[str]:
    raw = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
    raise CrmError("roster_unreadable", path=path)


def _of_workbook(path: Path) -> list[str]:
    try:
        sheet = pd.read_excel(path, header=None, dtype="str", engine="calamine")
    except Exception as error:  # calamine has errors of its own for each kind of damage
        raise CrmError("roster_unreadable", path=path) from error
    if sheet.empty:
        return []
    named = [place for place in sheet.columns if _is_heading(str(sheet.iloc[0, place]).strip())]
    return sheet[named[0] if named else 0].dropna().to_list()


def _is_heading(text: str) -> bool:
    headings = [wording.template("teaching.roster_headings", name) for name in wording.LANGUAGES]
    return text.casefold() in {one.strip() for told in headings for one in told.split(",")}
