"""A heading as a form tool writes it → what was asked: without numbers, marks, tags and stems."""

import html
import re
import unicodedata
from collections.abc import Sequence

from crm_lessons.data.surveys._words import TYPED, plain

# The number of a question: 3、 3. Q3. Q3: (3) 第3题 — or "3 " as some tools write it.
_NUMBER = re.compile(
    r"^\s*\*?\s*(?:第?\s*q?\d{1,3}(?:[-_.]\d{1,2})?\s*题?\s*[、.:)_]+|\(q?\d{1,3}\)"
    r"|第\s*\d{1,3}\s*题|\d{1,3}\s+(?=\D))\s*\*?",
    re.IGNORECASE,
)
_KINDS = r"%|\d+\s*[-~至到]\s*\d+\s*[%分]?|"
_KINDS += "单选题?|多选题?|必答题?|必填|选填|自动|矩阵.{0,6}题?|打分题?|量表题?|评分题?|NPS题?"
_REMARK = re.compile(rf"[(\[【]\s*(?:{_KINDS})\s*[)\]】]", re.IGNORECASE)
_BETWEEN = re.compile(r"--+|—+|-|:|/|>|\||·|_")  # stem—item, stem:item, stem/item, stem_item
_ITEM_IN_BRACKETS = re.compile(r"^(.+?)\s*[(\[【]([^()\[\]【】]+)[)\]】]$")  # stem [item]
# The code of a question before its text: G1Q2. or Q1[SQ001].
_CODE = re.compile(r"^[A-Za-z][A-Za-z0-9_]*(?:\[\w+\])?\.\s+(?=\S)")
# What a quiz writes beside a question: its points, what was said of the answer.
_ABOUT = re.compile(
    r"^(?:points|feedback|score|得分|分数|反馈|评语)\s*[-:]\s*(.+)$"
    r"|^(.+?)\s*[(\[](?:得分|分数|反馈|points|score|feedback)[)\]]$",
    re.IGNORECASE,
)
# How a form tool lays out a question: tags of a page, *stars* and _lines_ around a word.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STRESSED = re.compile(r"(?<![\w*])(\*{1,2}|_{1,2})(?=\S)([^*]+?)(?<=\S)\1(?![\w*])")
# What Qualtrics writes behind a question with options.
_CHOSEN = re.compile(r"\s*-\s*selected choice$", re.IGNORECASE)
_DISPLAYED = re.compile(r"-\s*display order\b", re.IGNORECASE)  # at which place it was shown
_TAIL = re.compile(r"[?。.!:;*]+$")
_POLITE = re.compile(r"^(?:请问|请)?(?:填写|输入|选择|提供)?(?:您|你)的")
_BRACKETED = re.compile(r"^[(\[【](.+)[)\]】]$")


def tidy(heading: str) -> str:
    """A heading as a person would say it: one line, without number, remarks and end marks.

    >>> tidy("2、*您去的是\\n哪家店？（必填）"), tidy("第4题(接待热情)"), tidy("5 满意度")
    ('您去的是哪家店', '接待热情', '满意度')
    """
    text = unicodedata.normalize("NFKC", _laid_out(heading)).translate(TYPED).strip("\ufeff")
    text = _CODE.sub("", _REMARK.sub("", _CHOSEN.sub("", text.strip())).strip())
    for _ in range(2):  # (1)4 您的年龄
        text = _NUMBER.sub("", text.strip())
    text = _TAIL.sub("", re.sub(r"\s*\n\s*", "", text).strip(" *"))
    whole = _BRACKETED.match(text)
    return (whole[1] if whole else text).strip()


def _laid_out(heading: str) -> str:
    """A heading without what only says how it looks on the page.

    >>> _laid_out("<b>How *satisfied*</b>&nbsp;are you?")
    ' How satisfied \\xa0are you?'
    """
    if "<" in heading or "&" in heading:
        heading = html.unescape(_TAG.sub(" ", heading))
    return _STRESSED.sub(r"\2", heading)


def asked_for(heading: str) -> str:
    """A heading about the respondent, without the politeness of a question.

    >>> asked_for("1、请填写您的会员号："), asked_for("门店")
    ('会员号', '门店')
    """
    return _POLITE.sub("", tidy(heading))


def bare(text: str) -> str:
    """What is compared of a question: `tidy`, without blanks and capitals.

    >>> bare("Q3. Friendly\\n Reception?")
    'friendlyreception'
    """
    return plain(tidy(text))


def split(heading: str) -> list[tuple[str, str]]:
    """Every way to take a heading as stem and item of a matrix.

    >>> split("4、服务评价—接待热情")
    [('服务评价', '接待热情')]
    >>> split("How was it? [Friendly reception]")
    [('howwasit', 'friendlyreception')]
    """
    return [(bare(stem), bare(item)) for stem, item in cuts(heading)]


def cuts(heading: str) -> list[tuple[str, str]]:
    """As `split`, in the words of the heading.

    >>> cuts("How was it? [Friendly reception]")
    [('How was it?', 'Friendly reception')]
    """
    whole = tidy(heading)
    marks = (m for m in _BETWEEN.finditer(whole) if not _is_span(whole, m))
    found = [(whole[: m.start()], whole[m.end() :]) for m in marks]
    found += [match.groups() for match in [_ITEM_IN_BRACKETS.match(whole)] if match]
    return [(stem.strip(), item.strip()) for stem, item in found if stem.strip() and item.strip()]


def _is_span(text: str, mark: re.Match) -> bool:
    """Whether a mark stands between numbers: from 0-10."""
    return text[: mark.start()][-1:].isdigit() and text[mark.end() :][:1].isdigit()


def beside(headings: Sequence[str]) -> set[int]:
    """The columns of points, remarks and places that stand beside the question they are about."""
    known = {bare(heading) for heading in headings}
    found = {place for place, heading in enumerate(headings) if _DISPLAYED.search(heading)}
    for place, heading in enumerate(headings):
        told = _ABOUT.match(unicodedata.normalize("NFKC", heading).translate(TYPED).strip())
        if told and bare(told[1] or told[2]) in known:
            found.add(place)
    return found
