"""A YAML file of a questionnaire, with the place of everything in it, for clear messages."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from crm_lessons import wording
from crm_lessons.data import bounded_yaml
from crm_lessons.errors import CrmError


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses a key given twice, which YAML itself overwrites in silence."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict:
    found = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, str | int | float) and key in found:
            raise _Twice(str(key), key_node.start_mark.line + 1)
        found[key if isinstance(key, str) else str(key)] = loader.construct_object(
            value_node, deep=True
        )
    return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


class _Twice(Exception):
    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key, self.line = key, line


class QuestionnaireFaults(CrmError):
    """All that is wrong in the file of a questionnaire, each with its place."""

    def __init__(self, errors: Sequence[CrmError]) -> None:
        self.errors = list(errors)
        super().__init__("questionnaire_faults", total=len(self.errors))

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"- {error}" for error in self.errors)])


_BROKEN = object()  # in the place of what is missing or wrong, so that it is told once


@dataclass(frozen=True)
class Part:
    """A value of the file and where it stands: ``items.reception.scale``.

    What is wrong goes to ``errors``, and something harmless is read in its place, so that all that
    is wrong can be told at once (`stop`).
    """

    file: str
    place: str
    value: object
    errors: list[CrmError] = field(default_factory=list)

    def wrong(self, key: str, **values: object) -> None:
        """Something is wrong here."""
        where = f"{self.file}: {self.place}" if self.place else self.file
        self.errors.append(CrmError(f"questionnaire_{key}", where=where, **values))

    def stop(self) -> None:
        """Raise what is wrong in the file, if anything is: the only error, or all of them."""
        if len(self.errors) == 1:
            raise self.errors[0]
        if self.errors:
            raise QuestionnaireFaults(self.errors)

    def parts(self, known: Iterable[str] | None = None) -> dict[str, "Part"]:
        """What stands below, by name; an unknown name is wrong where ``known`` is given."""
        if self.value is _BROKEN:
            return {}
        if not isinstance(self.value, Mapping):
            self.wrong("not_a_list_of_names", found=_shown(self.value))
            return {}
        if known is not None:
            self._check_names(list(known))
        return {name: self._below(name, value) for name, value in self.value.items()}

    def _check_names(self, known: Sequence[str]) -> None:
        for name in self.value:
            if name not in known:
                close = difflib.get_close_matches(name, known, 1)
                key = "unknown_part_close" if close else "unknown_part"
                told = dict(name=name, known=", ".join(known), close=close[0] if close else "")
                self.wrong(key, **told)

    def _below(self, name: str, value: object) -> "Part":
        return self._at(f"{self.place}.{name}" if self.place else name, value)

    def _at(self, place: str, value: object) -> "Part":
        return Part(self.file, place, value, self.errors)

    def need(self, name: str) -> "Part":
        """The part of this name, which must be there."""
        parts = self._known()
        if name not in parts and self.value is not _BROKEN:
            self.wrong("part_missing", name=name)
        return parts.get(name) or self._below(name, _BROKEN)

    def get(self, name: str, default: object) -> "Part":
        """The part of this name, or ``default`` in its place."""
        return self._known().get(name) or self._below(name, default)

    def _known(self) -> dict[str, "Part"]:
        """`parts`, where it has been said already if this holds none."""
        return self.parts() if isinstance(self.value, Mapping) else {}

    def listed(self) -> list["Part"]:
        """The elements of a list; one value alone counts as a list of one."""
        if self.value is _BROKEN:
            return []
        values = self.value if isinstance(self.value, list) else [self.value]
        return [self._at(f"{self.place}[{i}]", v) for i, v in enumerate(values, 1)]

    def number(self) -> float:
        """A number; NaN where there is none."""
        if self.is_open:
            self.wrong("still_open", found=_question(self.value))
            return float("nan")
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self._unless_broken("not_a_number", found=_shown(self.value))
            return float("nan")
        return float(self.value)

    def one_of_numbers(self, known: Iterable[float]) -> float:
        """One of these numbers; the first of them where it is none."""
        known, given = list(known), self.number()
        if given not in known and not self.is_open:
            told = ", ".join(f"{one:g}" for one in known)
            self.wrong("unknown_name", name=_shown(self.value), known=told)
        return given if given in known else known[0]

    def flag(self) -> bool:
        if self.is_open:
            self.wrong("still_open", found=_question(self.value))
            return False
        if not isinstance(self.value, bool):
            self._unless_broken("not_true_or_false", found=_shown(self.value))
        return self.value is True

    def text(self) -> str:
        """Text, not empty. A bare number is text; YAML's own true (yes, on) has lost its text."""
        if isinstance(self.value, bool) or not isinstance(self.value, str | int | float):
            self._unless_broken("not_text", found=_shown(self.value))
            return ""
        if not str(self.value).strip():
            self.wrong("not_text", found="")
        elif self.is_open:
            self.wrong("still_open", found=_question(self.value))
        return str(self.value).strip()

    @property
    def is_open(self) -> bool:
        """Whether a draft leaves this to a person: ``?``, perhaps with the question behind it."""
        return isinstance(self.value, str) and self.value.strip().startswith(("?", "？"))

    @property
    def is_none(self) -> bool:
        """Whether it says that there is none: ``none``, or YAML's own null."""
        return self.value is None or str(self.value).strip().casefold() == "none"

    def texts(self) -> dict[str, str]:
        """Chinese and English; one text alone serves as both."""
        if isinstance(self.value, str | int | float) or self.value is _BROKEN:
            return dict.fromkeys(wording.LANGUAGES, self.text())
        self.parts()
        return self.either()

    def either(self) -> dict[str, str]:
        """The texts ``zh`` and ``en`` below; where one is missing the other serves as both."""
        given = [name for name in wording.LANGUAGES if name in self._known()]
        texts = {name: self.need(name).text() for name in given or wording.LANGUAGES[:1]}
        return {name: texts.get(name) or next(iter(texts.values())) for name in wording.LANGUAGES}

    def one_of(self, known: Iterable[str]) -> str:
        """One of these names; the first of them, or nothing, where it is none."""
        known, given = list(known), self.text()
        if given in known:
            return given
        if given and not self.is_open:
            self.wrong("unknown_name", name=given, known=", ".join(known))
        return known[0] if known else ""

    def _unless_broken(self, key: str, **values: object) -> None:
        if self.value is not _BROKEN:
            self.wrong(key, **values)


def load(path: Path) -> Part:
    """The whole file as one part. Raises CrmError if it is no YAML or holds no names."""
    file = path.name
    try:
        if bounded_yaml.is_too_long(path):
            raise CrmError("questionnaire_too_long", where=file, bound=bounded_yaml.LARGEST)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CrmError("questionnaire_not_utf8", where=file) from None
    try:
        value = bounded_yaml.load(text, _Loader)
    except _Twice as twice:
        told = dict(where=file, name=twice.key, line=twice.line)
        raise CrmError("questionnaire_name_twice", **told) from None
    except bounded_yaml.MeansTooMuch:
        told = dict(where=file, bound=bounded_yaml.ENTRIES)
        raise CrmError("questionnaire_means_too_much", **told) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise CrmError("questionnaire_not_yaml", where=file, line=line) from None
    if not isinstance(value, Mapping):
        raise CrmError("questionnaire_not_yaml", where=file, line=1)
    return Part(file, "", value)


def _question(value: object) -> str:
    """What a draft asks, without its question mark in front."""
    return str(value).strip().lstrip("?？ ") or "?"


def _shown(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"
