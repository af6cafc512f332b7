"""Files inside ZIP archives: form tools, shops and mail programs pack a single table so.

Nothing that an archive says chooses where something is written, and nothing is unpacked beyond a
stated size.
"""

import shutil
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

UNPACKED = 500_000_000  # bytes of one table, as of a workbook
# What opening an archive may say: damage, a password, a way of packing that nobody uses.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)
BROKEN += (RuntimeError, NotImplementedError)
_UTF8_NAME = 0x800  # flag of an entry whose name is UTF-8


def name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; Chinese Windows writes GB18030 and does not say so."""
    told = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        try:
            told = told.encode("cp437").decode("gb18030")
        except UnicodeError:
            told = entry.filename
    return told.replace("\\", "/")


def files(book: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Name and entry of every file, short names first; hidden ones are left alone.

    A name may stand there twice.
    """
    found = [(name(one), one) for one in book.infolist() if not one.is_dir()]
    ordered = sorted(found, key=lambda pair: (len(pair[0]), pair[0]))
    return [pair for pair in ordered if not is_hidden(pair[0])]


def is_hidden(told: str) -> bool:
    """Whether a file is a trace of a program.

    >>> is_hidden("__MACOSX/a.csv"), is_hidden("../a.csv"), is_hidden("~$a.xlsx")
    (True, False, True)
    """
    parts = (part for part in told.split("/") if part not in (".", ".."))
    return any(part.startswith((".", "__MACOSX", "~$")) for part in parts)


def around(path: Path) -> tuple[Path, str] | None:
    """The archive that a path leads into and the name inside it: ``export.zip/answers.csv``."""
    for above in path.parents:
        try:
            if above.is_file():
                inside = path.relative_to(above).as_posix()
                return (above, inside) if zipfile.is_zipfile(above) else None
        except OSError:
            return None
    return None


def tables(path: Path, endings: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The tables of an archive, and all its files; None if it cannot be opened.

    A single file is the table, whatever it is called.
    """
    try:
        with zipfile.ZipFile(path) as book:
            every = [told for told, _ in files(book)]
    except BROKEN:
        return None
    found = [one for one in every if PurePosixPath(one).suffix.lower() in endings]
    return (found or every if len(every) == 1 else found), every


def take_out(path: Path, member: str, folder: Path) -> Path | None:
    """A file of the archive as a file in ``folder``; None if that cannot be done."""
    target = folder / f"table{PurePosixPath(member).suffix.lower()}"
    try:
        with zipfile.ZipFile(path) as book:
            (entry,) = (one for told, one in files(book) if told == member)  # two are an error
            if entry.file_size > UNPACKED:
                return None
            with book.open(entry) as packed, target.open("wb") as plain:
                shutil.copyfileobj(packed, plain)
    except BROKEN:
        return None
    return target
