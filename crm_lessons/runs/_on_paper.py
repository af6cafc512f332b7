"""Prose without what only a screen can do: nobody clicks, drags or scrolls on paper.

A sentence with such a word goes; where nothing but its heading is left of a paragraph, so be it.
The words stand in ``teaching.only_on_a_screen``, by language.
"""

import functools
import re
from collections.abc import Sequence

from crm_lessons import wording

# After a full stop, with the bold type that may end there; never within a line of a table or code.
_SENTENCE = re.compile(r"(?<=[。！？])(?!\*\*)|(?<=[。！？]\*\*)|(?<=[.!?:])\s+(?=[\"“(*A-Z])")
_SUMMARY = re.compile(r"(<summary>)(.*?)(</summary>)", re.DOTALL)
_BARE = re.compile(r"(?:^|\n+)#{2,3} [^\n]*\s*\Z")
_KEPT = ("|", "#", "```", "    ", ">")


def prose(markdown: str, language: str) -> str:
    r"""The text without the sentences that speak to somebody at a screen.

    >>> prose("## Guess\n\nSet the slider, then look. Being right does not matter.", "en")
    '## Guess\n\nBeing right does not matter.'
    """
    paragraphs = markdown.split("\n\n")
    return "\n\n".join(filter(None, (_paragraph(one, language) for one in paragraphs)))


def folded(html: str, language: str) -> str:
    """A table that folds on a page: the line above it does not ask anybody to open it."""
    return _SUMMARY.sub(lambda found: f"{found[1]}{prose(found[2], language)}{found[3]}", html)


def headed(texts: Sequence[str | None]) -> list[str | None]:
    r"""Pieces of prose, None for what shows something, without headings of nothing.

    >>> headed(["Last.\n\n## Hand in", "## Your file\n\nType.", "## Chart", None, "## End"])
    ['Last.', '## Your file\n\nType.', '## Chart', None, '']
    """
    kept, below = [], False  # whether something stands below, before the next heading
    for text in reversed(texts):
        if text is not None and not below:
            text = _BARE.sub("", text).rstrip()
        kept.append(text)
        below = text is None or (below if text == "" else not text.startswith("#"))
    return kept[::-1]


def _paragraph(text: str, language: str) -> str:
    if text.startswith(_KEPT) or not words(language).search(text):
        return text
    kept, place = [], 0
    for end in [*(found.start() for found in _SENTENCE.finditer(text)), len(text)]:
        sentence, place = text[place:end], end
        if not words(language).search(sentence):
            kept.append(sentence)
    return "".join(kept).strip()


@functools.cache
def words(language: str) -> re.Pattern:
    """What only a screen can do, in a language."""
    told = wording.template("teaching.only_on_a_screen", language)
    return re.compile(told, re.IGNORECASE)
