"""Every text a person reads, in Chinese and English, looked up by key.

A key is ``file.name``: ``show.more_rows`` is the entry ``more_rows`` of ``wording/show.yaml``,
which holds ``zh`` and ``en``. Placeholders are those of `str.format`, so a number is formatted
where its sentence is written: ``{share:.1%}``. Further files are made known by `add`.

A figure in per cent without a sign is a share, a part of a whole. Where refunds come near to sales
a "part" may be more than the whole or less than nothing; that is no share and is put into words.
Ratios and changes, which may lie anywhere, carry a sign in their format: ``{margin:-.1%}``,
``{change:+.1%}``.
"""

import functools
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import resources
from importlib.resources.abc import Traversable

import yaml

from crm_lessons.wording import _filled

LANGUAGES = ("zh", "en")
ROUNDING = _filled.ROUNDING
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_language: ContextVar[str | None] = ContextVar("crm_lessons_language", default=None)
# A notebook kernel may run each cell in a fresh context, which would lose the variable above.
_process_language: list[str] = []
_added: dict[str, tuple[Traversable, str]] = {}
_entries: dict[str, dict[str, dict[str, str]]] = {}  # by subject, as far as they were asked for


def language() -> str:
    """The language in use: what `use` or `using` set last, else the one of the locale."""
    return _language.get() or (_process_language[-1] if _process_language else from_locale())


def from_locale() -> str:
    """``"zh"``, the first language, unless the locale names another: then ``"en"``.

    ``C`` and ``POSIX`` name none.

    >>> from_locale() in LANGUAGES
    True
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value:
            return "zh" if value.startswith(("zh", "c.", "posix")) or value == "c" else "en"
    return "zh"


def use(name: str) -> None:
    """Set the language of this process and of the running context: ``"zh"`` or ``"en"``."""
    _check(name)
    _process_language[:] = [name]
    _language.set(name)


@contextmanager
def using(name: str) -> Iterator[None]:
    """Use a language inside a ``with`` block only.

    >>> with using("en"):
    ...     text("labels.customer_id")
    'Customer id'
    """
    _check(name)
    token = _language.set(name)
    try:
        yield
    finally:
        _language.reset(token)


def text(key: str, **values: object) -> str:
    """The text of a key in the language in use, its placeholders filled with ``values``."""
    return fill(template(key, language()), values)


def fill(written: str, values: Mapping[str, object]) -> str:
    """A text in the language in use with its placeholders filled; one thing is told as one.

    >>> with using("en"):
    ...     fill("{n:,} customers", {"n": 1}), fill("{part:.0%} of {n}", {"part": 0.5, "n": 1})
    ('1 customer', '50% of 1')
    """
    return _filled.filled(written, values, _FIGURES, english=language() == "en")


def share(value: float, places: int = 1) -> str:
    """A part of a whole in per cent; what is more than all or less than nothing in words.

    >>> with using("en"):
    ...     share(0.756), share(10.079), share(-0.2)
    ('75.6%', 'more than 100%', 'less than 0%')
    """
    if value > 1 + ROUNDING:
        return text("show.share_above")
    return text("show.share_below") if value < -ROUNDING else f"{value:.{places}%}"


_FIGURES = _filled.Filler(share)


def has(key: str) -> bool:
    """Whether there is a text for this key."""
    subject, _, name = key.partition(".")
    return subject in subjects() and name in entries(subject)


def template(key: str, name: str) -> str:
    """The text of a key in one language, its placeholders not yet filled."""
    subject, _, entry = key.partition(".")
    return entries(subject)[entry][name]


def add(subject: str, file: Traversable, *, only: str = "") -> None:
    """Look up keys ``subject.name`` in a YAML file outside this package (see `read`)."""
    if _added.get(subject) != (file, only):
        _added[subject] = (file, only)
        _entries.pop(subject, None)


def subjects() -> tuple[str, ...]:
    """The YAML files beside this module, by name, and those added."""
    return (*_carried(), *_added)


def entries(subject: str) -> dict[str, dict[str, str]]:
    """All entries of one file: name to language to text."""
    if subject not in _entries:
        carried = (resources.files(__name__) / f"{subject}.yaml", "")
        file, only = _added.get(subject, carried)
        _entries[subject] = read(file, only=only)
    return _entries[subject]


def read(file: Traversable, *, only: str = "") -> dict:
    """A YAML file of texts. With ``only`` a language, its texts stand for the other as well."""
    raw = parse(file.read_text(encoding="utf-8"))
    return _in_both(raw, only) if only else raw


def parse(text: str) -> dict:
    """What a text in YAML says; empty if it says nothing."""
    return yaml.load(text, Loader=_LOADER) or {}


def _in_both(told: object, only: str) -> object:
    if isinstance(told, list):
        return [_in_both(one, only) for one in told]
    if not isinstance(told, dict):
        return told
    found = {key: _in_both(value, only) for key, value in told.items()}
    return dict.fromkeys(LANGUAGES, told[only]) | found if only in told else found


@functools.cache
def _carried() -> tuple[str, ...]:
    files = resources.files(__name__).iterdir()
    return tuple(sorted(f.name[:-5] for f in files if f.name.endswith(".yaml")))


def _check(name: str) -> None:
    if name not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {name!r}")
