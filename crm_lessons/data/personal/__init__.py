"""Personal data in what people write: numbers, addresses, names and accounts become ``***``.

By rules, so not certain: a name without a sign of being one (a title, "my name is", "for the
attention of") is not found. Look through a sample before texts leave the house. A library of
telephone numbers finds valid ones only; a number with a digit too few is a person's as well.
"""

from crm_lessons.data.personal import _accounts, _names, _numbers, _places

MASK = "***"
_FINDERS = (_accounts.spans, _numbers.spans, _places.spans, _names.spans)
# Full-width digits, letters and the signs of numbers and addresses count like the narrow ones.
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_WIDE |= {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}
_WIDE |= {ord(wide): narrow for wide, narrow in zip("＠．－＋＿＃", "@.-+_#", strict=True)}
_WIDE |= dict.fromkeys(map(ord, "‐‑‒–—―"), "-") | dict.fromkeys(map(ord, "\u00a0\u3000\u2009"), " ")


def masked(text: str) -> str:
    """A text with personal data as ``***``; everything else stays as it was written.

    Found are telephone numbers, ids, bank cards and further numbers of seven digits or more (also
    apart, full-width or written out), order and parcel numbers, e-mail, WeChat, QQ and further
    accounts, number plates, street addresses, postcodes, and names beside a title or after 我叫,
    收件人, "my name is". Prices, counts, sizes, times and dates stay.

    >>> masked("我叫陶远舟，电话 138-0000-0000，住青禾路12号3栋501室")
    '我叫***，电话 ***，住***'
    >>> masked("My name is Ann Lee, call +44 20 7946 0000"), masked("299元，两件598，500ml")
    ('My name is ***, call ***', '299元，两件598，500ml')
    """
    plain = text.translate(_WIDE)  # sign for sign, so that places are the same
    pieces, done = [], 0
    for start, end in _merged(span for find in _FINDERS for span in find(plain)):
        pieces += [text[done:start], MASK]
        done = end
    return "".join([*pieces, text[done:]])


def _merged(spans) -> list[tuple[int, int]]:
    """Places in their order; what overlaps is one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif end > start:
            found.append((start, end))
    return found
