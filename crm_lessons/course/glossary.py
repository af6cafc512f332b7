"""The words of the lessons: what each means, in both languages, and where they stand in a text."""

import functools
import re
from html import escape
from importlib import resources
from typing import NamedTuple

import yaml

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?(\w+)")
# Words in a heading, a table or a link are left as they are, so are those of code.
_PLAIN = {"h1", "h2", "h3", "h4", "a", "code", "pre", "table", "summary"}
_BRACKET = re.compile(r"\s*[(（].*?[)）]")


class Term(NamedTuple):
    """A word in both languages, its meaning in each, how the training notes write it if not so."""

    zh: str
    en: str
    means: dict[str, str]
    notes: str = ""

    def says(self, language: str) -> str:
        """The word, the other language's word, what it means.

        >>> next(term for term in terms() if term.zh == "流失率").says("en")
        'churn rate (流失率): One less the retention rate.'
        """
        if language == "zh":
            return f"{self.zh}（{self.en}）：{self.means['zh']}"
        return f"{self.en} ({self.zh}): {self.means['en']}"


@functools.cache
def terms() -> tuple[Term, ...]:
    """All words, by their English names."""
    text = resources.files(__package__).joinpath("glossary.yaml").read_text(encoding="utf-8")
    found = (Term(**told) for told in yaml.safe_load(text)["terms"])
    return tuple(sorted(found, key=lambda term: term.en.lower()))


def word(term: Term, language: str) -> str:
    """The word as it stands in running text, without what is in brackets behind it.

    >>> word(Term("客户满意度", "customer satisfaction (CSAT)", {}), "en")
    'customer satisfaction'
    """
    return _BRACKET.sub("", getattr(term, language)).strip()


@functools.cache
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, Term]]:
    known = {word(term, language).lower(): term for term in terms()}
    longest = sorted(map(re.escape, known), key=len, reverse=True)
    either = "|".join(longest)
    bounded = either if language == "zh" else rf"\b(?:{either})(?:s)?\b"
    return re.compile(bounded, re.IGNORECASE), known


def marked(html: str, language: str, seen: set[str]) -> str:
    """HTML in which the first of each word that is not in ``seen`` can be asked what it means.

    ``html`` is a piece of a page that is well formed; ``seen`` takes the words that were marked.

    >>> marked("<h2>Churn rate</h2><p>A churn rate.</p>", "en", set())[:71]
    '<h2>Churn rate</h2><p>A <span class="crm-term" role="button" tabindex="'
    """
    pieces, inside = [], []
    for piece in _TAG.split(html):
        name = _NAME.match(piece) if piece.startswith("<") else None
        if name and name[1] in _PLAIN:
            _ = inside.pop() if piece.startswith("</") and inside else inside.append(name[1])
        pieces.append(piece if name or inside else _with_marks(piece, language, seen))
    return "".join(pieces)


def _with_marks(text: str, language: str, seen: set[str]) -> str:
    pattern, known = _pattern(language)

    def mark(found: re.Match[str]) -> str:
        name = found[0].lower()
        term = known.get(name) or known[name.removesuffix("s")]
        if term.en in seen:
            return found[0]
        seen.add(term.en)
        says = escape(term.says(language))
        told = f'class="crm-term" role="button" tabindex="0" data-says="{says}"'
        return f"<span {told}>{found[0]}</span>"

    return pattern.sub(mark, text)
