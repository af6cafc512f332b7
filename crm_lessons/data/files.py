"""From a file to rows of text, or of typed columns where the file has types.

What a file is shows in its first bytes; its name may say otherwise.
"""

import dataclasses
import functools
import hashlib
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from crm_lessons.data import _excel_files, _parquet_files, _text_files, archives, converting
from crm_lessons.data._collecting import collected
from crm_lessons.data._raw import Raw, Score
from crm_lessons.data.findings import Findings
from crm_lessons.data.places import TABLES, FilePlace

NAMED = 10  # files of an archive that a message lists
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


def read_raw(
    place: FilePlace, score: Score, encoding: str | None, findings: Findings, sheet: str = ""
) -> list[Raw]:
    """The tables of a file: several of a workbook; none, and a fault, if it holds none.

    Of an archive it is the one table inside, or the one that the place names.
    """
    if kind_of(place.path) == "is_zip" and zipfile.is_zipfile(place.path):
        found = _packed(place, score, encoding, sheet, findings)
    else:
        found = _read(place.path, place.label, score, encoding, sheet, findings)
    found = [_with_partition(raw, place.partition) for raw in found]
    told = functools.partial(digest, place.path)
    # Of text it is the digest of the very bytes that were read.
    return [r if r.kind == "text" else dataclasses.replace(r, digest=told) for r in found]


def first_sheet(path: Path) -> list[list[str | None]]:
    """Every cell of the first sheet of a workbook as text; DataFaults if it cannot be read."""
    findings = Findings()
    found = _excel_files.first_sheet(path, path.name, findings)
    findings.stop()
    return found


def _read(
    path: Path, label: str, score: Score, encoding: str | None, sheet: str, findings: Findings
) -> list[Raw]:
    kind = kind_of(path)
    if kind == "excel":
        return _excel_files.read(path, label, score, sheet, findings)
    raw = None
    if kind == "parquet":
        raw = _parquet_files.read(path, label, findings)
    elif kind != "text":
        findings.fault(kind, label)
    elif told := converting.too_large(path):
        findings.fault("too_large_for_memory", label, **told)
    else:
        raw = _text_files.read(path, label, score, encoding, findings)
    return [] if raw is None else [raw]


def _packed(
    place: FilePlace, score: Score, encoding: str | None, sheet: str, findings: Findings
) -> list[Raw]:
    """The tables of the file in an archive, all in memory: the unpacked file does not stay."""
    member = _member(place, findings)
    if member is None:
        return []
    label = place.label if place.member else f"{place.label}/{member}"
    with tempfile.TemporaryDirectory(prefix="crm-lessons-") as folder:
        path = archives.take_out(place.path, member, Path(folder))
        if path is None:
            findings.fault("zip_not_opened", label, bound=f"{archives.UNPACKED / 1e6:,.0f} MB")
            return []
        found = _read(path, label, score, encoding, sheet, findings)
        return [_held(raw) for raw in found]


def _held(raw: Raw) -> Raw:
    """The table with all that it would look up in its file later."""
    spoilt = raw.spoilt()
    frame = raw.frame.pipe(collected).lazy()
    return dataclasses.replace(raw, frame=frame, spoilt=lambda: spoilt)


def _member(place: FilePlace, findings: Findings) -> str | None:
    """The name of the table in an archive; None, and a fault, if there is not just one."""
    held = archives.tables(place.path, TABLES)
    if held is None:
        findings.fault("zip_not_opened", place.label, bound=f"{archives.UNPACKED / 1e6:,.0f} MB")
        return None
    found, every = held
    if place.member:
        if place.member in every:
            return place.member
        archive = place.label.removesuffix(f"/{place.member}")
        findings.fault(
            "zip_lacks", archive, name=place.member, names=", ".join(found[:NAMED]) or "–"
        )
    elif len(found) == 1:
        return found[0]
    elif found:
        told = dict(count=len(found), names=", ".join(found[:NAMED]), first=found[0])
        findings.fault("zip_of_several", place.label, **told)
    else:
        names = ", ".join(every[:NAMED]) or "–"
        findings.fault("zip_without_table", place.label, names=names, endings=" ".join(TABLES))
    return None


def _with_partition(raw: Raw, partition: Mapping[str, str | None]) -> Raw:
    """The table with the columns that its folders name; a column of the file goes before."""
    more = {name: value for name, value in partition.items() if name not in raw.headings}
    if not more:
        return raw
    first = len(raw.headings)
    columns = [
        pl.lit(value, pl.String).alias(f"c{first + i}") for i, value in enumerate(more.values())
    ]
    headings = [*raw.headings, *more]
    return dataclasses.replace(raw, headings=headings, frame=raw.frame.with_columns(columns))


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


def digest(path: Path) -> str:
    """SHA-256 of the content of a file, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(digests: Sequence[str]) -> str:
    """The fingerprint of a table: the digest of its only part, or of all sorted digests."""
    different = sorted(set(digests))  # the sheets of a workbook have one
    if len(different) == 1:
        return different[0]
    return hashlib.sha256("\n".join(different).encode()).hexdigest()
