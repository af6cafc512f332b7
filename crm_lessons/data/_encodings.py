"""Which encoding a text file is in: by its mark, as it is told, or by what its bytes can be.

Statistics of letters are wrong on the usual Chinese file, whose heading alone is not ASCII. What is
reliable: strict UTF-8; letters of the west, which stand alone between others; strict GB18030, whose
characters are common ones in any Chinese text.
"""

import codecs
import re

import numpy as np
from charset_normalizer import from_bytes

from crm_lessons.data.findings import Findings
from crm_lessons.errors import CrmError

BLOCK = 1 << 22  # bytes decoded at a time
SAMPLE = 1 << 20  # bytes of other than ASCII text that are enough to tell
WESTERN, EASTERN = "cp1252", "cp1250"
CHINESE = "gb18030"
# What is left when it is none of these; only ever named in a message, never read unasked.
_OTHERS = ["big5", "shift_jis", "euc_jp", "cp949", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"]
# What Polish, Czech and Hungarian words become in western letters: z³oty, zam¹.
_EASTERN = re.compile(r"[^\W\d_][³¹¿][^\W\d_]|\bz³")
_WORD = re.compile(r"[^\W\d_]+")
_ALPHABETS = {"cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"}  # of letters that are not ours
_ALONE = 0.8  # of the bytes beyond ASCII in a western text stand between two of ASCII
_ASCII = bytes(range(128))
_NOBODYS = 0.01  # of the characters are for private use
_SYLLABLES = 25  # different ones: 0.6 to that power is none in a hundred thousand files
_FEW = 4  # bytes beyond ASCII, which tell nothing
_RARE = 0.7  # of the characters are no common Chinese ones: it is no Chinese text

BOMS = {  # the longer ones first: one begins like another
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def as_utf8(data: bytes, file: str, encoding: str | None, findings: Findings) -> bytes | None:
    """The same text in UTF-8 without BOM; None, and a fault, if it cannot be told.

    A BOM decides; else `encoding` if given; else what `detected` finds.
    """
    bom = bom_of(data)
    data = data[len(bom) :] if bom else data
    named = BOMS[bom] if bom else encoding
    if named is None:
        return _by_detection(data, file, findings)
    check_codec(named)
    bad = first_bad_line(data, named)
    if bad is None:
        return data if codecs.lookup(named).name == "utf-8" else data.decode(named).encode()
    findings.row_fault("given_encoding_fails", file, bad, encoding=named)
    return None


def bom_of(data: bytes) -> bytes:
    """The mark of an encoding at the start, if there is one."""
    return next((bom for bom in BOMS if data.startswith(bom)), b"")


def check_codec(name: str) -> None:
    """Refuse an encoding that there is not."""
    try:
        codecs.lookup(name)
    except LookupError:
        raise CrmError("unknown_encoding", encoding=name) from None


def _by_detection(data: bytes, file: str, findings: Findings) -> bytes | None:
    if b"\0" in data:
        row = data.count(b"\n", 0, data.index(b"\0")) + 1
        findings.row_fault("nul_bytes", file, row)
        return None
    bad = first_bad_line(data, "utf-8")
    if bad is None:
        return data
    codec = detected(sample(data))
    if codec in (WESTERN, CHINESE) and first_bad_line(data, codec) is None:
        findings.note(f"read_as_{codec}", file=file)
        return data.decode(codec).encode()
    report(codec, file, findings, bad)
    return None


def report(codec: str | None, file: str, findings: Findings, row: int | None = None) -> None:
    """A fault that names the encoding to try, if there is one that the text may be in."""
    named = codec not in (None, WESTERN, CHINESE)
    key, more = ("other_encoding", {"encoding": codec}) if named else ("wrong_encoding", {})
    if row is None:
        findings.fault(key, file, **more)
    else:
        findings.row_fault(key, file, row, **more)


def sample(data: bytes) -> bytes:
    """The text from its first byte that is not ASCII on, as much as is enough, in whole lines."""
    if data.isascii():
        return b""
    start = 0
    while data[start : start + BLOCK].isascii():
        start += BLOCK
    first = int(np.argmax(np.frombuffer(data[start : start + BLOCK], np.uint8) > 127)) + start
    begin = data.rfind(b"\n", 0, first) + 1
    end = data.find(b"\n", begin + SAMPLE)
    return data[begin:end] if end > 0 else data[begin:]


def detected(text: bytes) -> str | None:
    """The encoding of a text that is not UTF-8, as far as its bytes tell.

    >>> detected("Müller KG, Café Zoé".encode("cp1252")), detected("订单号".encode("gbk"))
    ('cp1252', 'gb18030')
    """
    if _is_western(text):
        return EASTERN if _EASTERN.search(text.decode(WESTERN, "replace")) else WESTERN
    korean = first_bad_line(text, "euc_kr") is None
    if korean and _is_hangul(text):
        return "cp949"
    if first_bad_line(text, CHINESE) is None and _rare(text.decode(CHINESE)) < _RARE:
        return CHINESE
    lines = b"\n".join(line for line in text.split(b"\n") if not line.isascii())
    if len(lines.translate(None, _ASCII)) < _FEW:
        return None
    others = [one for one in _OTHERS if korean or one != "cp949"]
    best = from_bytes(lines[:SAMPLE], cp_isolation=others, preemptive_behaviour=False).best()
    if best is None:
        return None
    mixes = best.encoding in _ALPHABETS and _mixes_scripts(lines.decode(best.encoding, "replace"))
    return EASTERN if mixes else best.encoding


def _mixes_scripts(text: str) -> bool:
    """Whether most words beyond ASCII hold letters of ours beside those of another script.

    No language does; Polish and Czech read as Greek or Cyrillic do.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    mixed = [word for word in words if re.search("[a-zA-Z]", word)]
    return 2 * len(mixed) > len(words)


def _is_hangul(text: bytes) -> bool:
    """Whether it would be Korean to the last syllable, and of many different ones.

    Six in ten common Chinese characters have the bytes of a syllable, so that a few headings
    (订单号, 日期, 客户编号, 金额) may have them by chance; so many do not.
    """
    told = {c for c in text[:SAMPLE].decode("euc_kr", "ignore") if c > "\x7f"}
    return len(told) >= _SYLLABLES and all("가" <= c <= "힣" for c in told)


def _is_western(text: bytes) -> bool:
    """Whether the bytes beyond ASCII stand alone, or two together within a word (Conceição)."""
    codes = np.frombuffer(b"\n\n" + text + b"\n\n", dtype=np.uint8)
    places = np.flatnonzero(codes > 127)
    if not len(places):
        return False
    beyond, folded = codes > 127, codes | 32
    letter = (folded >= ord("a")) & (folded <= ord("z")) & ~beyond
    small = (codes >= ord("a")) & (codes <= ord("z"))
    alone = ~beyond[places - 1] & ~beyond[places + 1]
    first = letter[places - 1] & beyond[places + 1] & small[places + 2]
    second = letter[places - 2] & beyond[places - 1] & small[places + 1]
    if (alone | first | second).mean() < _ALONE:
        return False
    if first_bad_line(text, CHINESE) is not None:
        return True
    in_words = (alone & (small[places + 1] | letter[places - 1])) | first | second
    return bool(in_words.mean() > 0.5)


def _rare(text: str) -> float:
    """The share of characters that are none of the 3755 common Chinese ones, nor punctuation.

    All of them where some are of nobody's language, which shows that it is no Chinese text.
    """
    foreign = [c for c in text[:SAMPLE] if c > "\x7f"]
    if sum("\ue000" <= c <= "\uf8ff" for c in foreign) > _NOBODYS * len(foreign):
        return 1.0
    codes = [c.encode("gb2312", "replace") for c in foreign]
    return sum(not b"\xa1" <= code[:1] <= b"\xd7" for code in codes) / max(1, len(codes))


def first_bad_line(data: bytes, encoding: str) -> int | None:
    """The number of the first line that this encoding cannot hold."""
    if encoding == "utf-8" and data.isascii():
        return None
    if "16" in encoding or "32" in encoding:  # a line end is not one byte there
        return _first_bad_line_of(data, encoding, 0)
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + BLOCK) + 1 or len(data)
        bad = _first_bad_line_of(data[start:end], encoding, start, data)
        if bad is not None:
            return bad
        start = end
    return None


def _first_bad_line_of(block: bytes, encoding: str, start: int, data: bytes = b"") -> int | None:
    try:
        block.decode(encoding)
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, start) + block.count(b"\n", 0, error.start) + 1
    return None
