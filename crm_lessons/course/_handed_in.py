"""Files as people hand them in: out of a ZIP archive, in the encoding that their editor chose."""

import codecs
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from crm_lessons.data import archives

# Nobody types these: another Chinese encoding, read as GB18030, is full of them.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
LARGEST = 10_000_000  # bytes: a trainee's file has some kilobytes
MOST = 5_000  # files of an archive
UNPACKED = 100_000_000  # bytes of all of them
_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


@dataclass(frozen=True)
class HandedIn:
    """A file: its place in the folder (``class.zip/小李.jsonl``) and its bytes, None if too large.

    ``broken``: an archive that cannot be opened.
    """

    name: str
    content: bytes | None
    broken: bool = False

    @property
    def file(self) -> str:
        """The name of the file alone."""
        return PurePosixPath(self.name).name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def opened(path: Path, name: str) -> Iterator[HandedIn]:
    """The file, or the files of an archive; hidden ones are left alone."""
    if path.stat().st_size > LARGEST:
        yield HandedIn(name, None)
        return
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)) and path.suffix.lower() == ".zip":
        yield from _members(content, name)
    elif path.suffix.lower() == ".zip" and content:
        yield HandedIn(name, None, broken=True)
    else:
        yield HandedIn(name, content)


def _members(content: bytes, archive: str) -> Iterator[HandedIn]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            entries = [one for one in book.infolist() if not one.is_dir()]
            if len(entries) > MOST or sum(one.file_size for one in entries) > UNPACKED:
                raise ValueError("an archive beyond all measure")
            made = []
            for name, one in archives.files(book):
                large = one.file_size > LARGEST
                made.append(HandedIn(f"{archive}/{name}", None if large else book.read(one)))
    except archives.BROKEN:
        yield HandedIn(archive, None, broken=True)
        return
    yield from made


def as_utf8(content: bytes) -> tuple[bytes, str]:
    """The same text in UTF-8 and the name of its encoding; as it is, and "", if none fits.

    A mark decides, else zeros beside every letter (UTF-16), else strict UTF-8 and GB18030. What
    holds characters of nobody's language is neither.

    >>> as_utf8("小李".encode("gb18030"))[0].decode(), as_utf8("小李".encode("utf-16"))[1]
    ('小李', 'utf-16-le')
    """
    for mark, encoding in _BOMS.items():
        if content.startswith(mark):
            return _decoded(content[len(mark) :], (encoding,)) or (content, "")
    if b"\0" in content[:4000]:
        even = content[0:4000:2].count(0) > content[1:4000:2].count(0)
        return _decoded(content, ("utf-16-be" if even else "utf-16-le",)) or (content, "")
    order = ("gb18030", "utf-8") if _looks_chinese(content) else ("utf-8", "gb18030")
    return _decoded(content, order) or (content, "")


def _looks_chinese(content: bytes) -> bool:
    """Whether bytes that would pass for UTF-8 are common Chinese characters of GB2312 all the same.

    The two characters of "student" in GB2312 are a Cyrillic and an Armenian letter in UTF-8.
    """
    try:
        strange = {sign for sign in content.decode() if ord(sign) > 0x7F}
    except UnicodeDecodeError:
        return False
    if not strange or any(ord(sign) > 0x7FF for sign in strange):
        return False
    pairs = [sign.encode() for sign in strange]
    common = all(0xB0 <= lead <= 0xF7 and trail >= 0xA1 for lead, trail in pairs)
    return common and any(ord(sign) >= 0x370 for sign in strange)


def _decoded(content: bytes, encodings: tuple[str, ...]) -> tuple[bytes, str] | None:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
            if not _PRIVATE.search(text):
                return text.encode(), encoding
        except UnicodeError:
            continue
    return None
