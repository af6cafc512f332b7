"""From a file to rows of text, or of typed columns where the file has types.

What a file is shows in its first bytes; its name may say otherwise.
"""

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from crm_lessons.data import excel_files, text_files
from crm_lessons.data.findings import Findings
from crm_lessons.data.raw import Raw, Score
from crm_lessons.errors import CrmError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # xls, and encrypted xlsx
NOT_TABLES = {
    b"%PDF": "is_pdf",
    b"\x89PNG": "is_image",
    b"\xff\xd8\xff": "is_image",
    b"GIF8": "is_image",
    b"Rar!": "is_zip",
    b"7z\xbc\xaf": "is_zip",
    b"\x1f\x8b": "is_zip",
}


def read_raw(path: Path, score: Score, encoding: str | None, findings: Findings) -> Raw | None:
    """The table of a file; None, and a fault in ``findings``, if it holds none."""
    kind = kind_of(path)
    if kind == "text":
        return text_files.read(path, score, encoding, findings)
    if kind == "excel":
        return excel_files.read(path, score, findings)
    if kind == "parquet":
        return read_parquet(path, findings)
    findings.fault(kind, path.name)
    return None


def kind_of(path: Path) -> str:
    """`"text"`, `"excel"`, `"parquet"`, or the key of the fault that says what it is instead."""
    with path.open("rb") as file:
        start = file.read(1024)
    if not start.strip():
        return "empty_file" if not path.read_bytes().strip() else "text"
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(OLE):
        return "excel"
    if start.startswith(b"PK"):
        return _kind_of_zip(path)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<table")):
        return "is_html"
    return next((key for magic, key in NOT_TABLES.items() if start.startswith(magic)), "text")


def _kind_of_zip(path: Path) -> str:
    try:
        names = zipfile.ZipFile(path).namelist()
    except zipfile.BadZipFile:
        return "damaged_excel" if path.suffix.lower().startswith(".xls") else "is_zip"
    office = ("xl/workbook", "content.xml")  # of Excel, of LibreOffice
    return "excel" if any(name.startswith(office) for name in names) else "is_zip"


def read_parquet(path: Path, findings: Findings) -> Raw | None:
    """A Parquet file, lazily: nothing but its schema is read here."""
    try:
        scan = pl.scan_parquet(path, row_index_name="row", row_index_offset=2, glob=False)
        headings = scan.collect_schema().names()[1:]
    except (pl.exceptions.PolarsError, OSError):
        findings.fault("damaged_parquet", path.name)
        return None
    frame = scan.rename({h: f"c{i}" for i, h in enumerate(headings)})
    if scan.select("row").head(1).collect().is_empty():
        findings.fault("no_rows", path.name)
    return Raw(path.name, headings, frame, "parquet")


def check_exists(path: Path) -> None:
    """Refuse what is no file."""
    if not path.is_file():
        raise CrmError("file_not_found", path=path)


def fingerprint(paths: Sequence[Path]) -> str:
    """SHA-256 of the content, as hex; of several files, of their sorted digests."""
    digests = []
    for path in paths:
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()
