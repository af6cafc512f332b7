"""Garbled text: what was read in a wrong encoding and can be restored, and what is lost.

Four things look alike and are not: a *wrong encoding* (寮犱紵 for 张伟) and *escapes*
(&#24352;) still hold all that was written; *lost* text (???, 锟斤拷) does not; a *letter for a
sign* (``52a40``, where 52 × 40 was meant) leaves a question that only a person can answer. A rare
character (䶮) is none of them.
"""

import html
import re

WRONG_ENCODING, ESCAPED, LOST, LETTER = "wrong_encoding", "escaped", "lost", "letter_for_sign"
_LOST = re.compile(r"\ufffd|锟斤拷|烫烫|^[?？]+$|[?？]{2,}")
_ESCAPE = re.compile(r"&(?:#\d{2,7}|#x[0-9a-fA-F]{2,6}|[a-z]{2,8});")
# A single small letter between two numbers, or one or two of them between Chinese characters.
_LETTER = re.compile(r"(?<![A-Za-z])(?:\d[a-wyz]\d|[\u4e00-\u9fff][a-z]{1,2}[\u4e00-\u9fff])")
_HAN = re.compile(r"[\u3400-\u9fff]")
# Written in the first, read in the second.
_WAYS = (("utf-8", "gb18030"), ("utf-8", "latin-1"), ("utf-8", "cp1252"))


def garbled(text: str, *, free: bool = False) -> tuple[str, str]:
    """What is wrong with a text, "" for nothing, and the text as written where that is known.

    ``free``: words that somebody typed (a remark), in which a letter between numbers may stand for
    a sign; in an address or a plate it is part of it.

    >>> garbled("寮犱紵"), garbled("ÕÅÎ°"), garbled("&#24352;&#20255;")
    (('wrong_encoding', '张伟'), ('wrong_encoding', '张伟'), ('escaped', '张伟'))
    >>> garbled("张\\ufffd"), garbled("52a40", free=True), garbled("张䶮"), garbled("Zoë Müller")
    (('lost', ''), ('letter_for_sign', ''), ('', '张䶮'), ('', 'Zoë Müller'))
    """
    if text.isascii() and not _ESCAPE.search(text):
        return _plain(text, free)
    if _LOST.search(text):
        return LOST, ""
    if _ESCAPE.search(text) and html.unescape(text) != text:
        return ESCAPED, html.unescape(text)
    restored = _restored(text)
    if restored:
        return WRONG_ENCODING, restored
    return _plain(text, free)


def _plain(text: str, free: bool) -> tuple[str, str]:
    if _LOST.search(text):
        return LOST, ""
    return (LETTER, "") if free and _LETTER.search(text) else ("", text)


def _restored(text: str) -> str:
    """The text as it was written, if it was read in another encoding; "" if it was not."""
    for written, read in _WAYS:
        try:
            found = text.encode(read).decode(written)
        except UnicodeError:
            continue
        # Of bytes in GB18030 that happen to be UTF-8 only those count that give Chinese.
        if found != text and (read != "gb18030" or _HAN.search(found)):
            return found
    return _of_latin(text)


def _of_latin(text: str) -> str:
    """Chinese in GBK that was read as Latin-1: characters in pairs, all from the common ones.

    A word with plain letters beside the strange ones (Määttä) is a word of another language.
    """
    runs = re.findall(r"[^\x00-\x7f]+", text)
    if not runs or any(len(run) % 2 for run in runs) or re.search(r"[A-Za-z]", text):
        return ""
    try:
        return text.encode("latin-1").decode("gb2312")
    except UnicodeError:
        return ""
