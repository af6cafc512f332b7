"""A computed sentence: the text of a wording key with its figures, as Markdown."""

import re

from crm_lessons import wording

# Anything that Markdown or HTML could take for markup.
_MARKUP = re.compile(r"[\\`*_{}\[\]()#+!|<>&~=\"'^:$-]")


SAID = "crm_lessons_said"


class Sentence:
    """A sentence that Jupyter renders; ``str()`` gives it as plain text.

    Where it is displayed, the metadata of the output name its wording key under `SAID`, so that a
    report can tell its sentences apart.
    """

    def __init__(self, markdown: str, plain: str, key: str = "") -> None:
        self.markdown, self._plain, self._key = markdown, plain, key

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, str]]:
        return {"text/markdown": self.markdown, "text/plain": self._plain}, {SAID: self._key}

    def __str__(self) -> str:
        return self._plain

    __repr__ = __str__


def sentence(key: str, **values: object) -> Sentence:
    """The text of a wording key with its values, as a display object.

    The text itself may use Markdown; values that are text (names, ids from a file) are escaped, so
    that a customer called ``<b>*`` is shown by that name.

    >>> with wording.using("en"):
    ...     sentence("labels.customer_id")
    Customer id
    """
    safe = {name: _escaped(value) for name, value in values.items()}
    return Sentence(wording.text(key, **safe), wording.text(key, **values), key)


def _escaped(value: object) -> object:
    """Text with each sign of markup as a character reference; other values as they are."""
    if not isinstance(value, str):
        return value
    return _MARKUP.sub(_reference, " ".join(value.split()))


def _reference(sign: re.Match) -> str:
    # The reader's browser turns the reference into a sign before MathJax looks for formulas between
    # two dollar signs; it does not look across elements.
    reference = f"&#{ord(sign[0])};"
    return f"<span>{reference}</span>" if sign[0] == "$" else reference
