"""A YAML file of a questionnaire, with the place of everything in it, for clear messages."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from crm_lessons import wording
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


@dataclass(frozen=True)
class Part:
    """A value of the file and where it stands: ``items.reception.scale``."""

    file: str
    place: str
    value: object

    def wrong(self, key: str, **values: object) -> CrmError:
        """The error that something is wrong here."""
        where = f"{self.file}: {self.place}" if self.place else self.file
        return CrmError(f"questionnaire_{key}", where=where, **values)

    def parts(self, known: Iterable[str] | None = None) -> dict[str, "Part"]:
        """What stands below, by name; an unknown name is refused where ``known`` is given."""
        if not isinstance(self.value, Mapping):
            raise self.wrong("not_a_list_of_names", found=_shown(self.value))
        if known is not None:
            self._check_names(list(known))
        return {name: self._below(name, value) for name, value in self.value.items()}

    def _check_names(self, known: Sequence[str]) -> None:
        for name in self.value:
            if name not in known:
                close = difflib.get_close_matches(name, known, 1)
                key = "unknown_part_close" if close else "unknown_part"
                told = dict(name=name, known=", ".join(known), close=close[0] if close else "")
                raise self.wrong(key, **told)

    def _below(self, name: str, value: object) -> "Part":
        return Part(self.file, f"{self.place}.{name}" if self.place else name, value)

    def need(self, name: str) -> "Part":
        """The part of this name, which must be there."""
        parts = self.parts()
        if name not in parts:
            raise self.wrong("part_missing", name=name)
        return parts[name]

    def get(self, name: str, default: object) -> "Part":
        """The part of this name, or ``default`` in its place."""
        return self.parts().get(name) or self._below(name, default)

    def listed(self) -> list["Part"]:
        """The elements of a list; one value alone counts as a list of one."""
        values = self.value if isinstance(self.value, list) else [self.value]
        return [Part(self.file, f"{self.place}[{i}]", v) for i, v in enumerate(values, 1)]

    def number(self) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.wrong("not_a_number", found=_shown(self.value))
        return float(self.value)

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.wrong("not_true_or_false", found=_shown(self.value))
        return self.value

    def text(self) -> str:
        """Text, not empty. A bare number is text; YAML's own true (yes, on) has lost its text."""
        if isinstance(self.value, bool) or not isinstance(self.value, str | int | float):
            raise self.wrong("not_text", found=_shown(self.value))
        if not str(self.value).strip():
            raise self.wrong("not_text", found="")
        return str(self.value).strip()

    def texts(self) -> dict[str, str]:
        """Chinese and English; one text alone serves as both."""
        if isinstance(self.value, str):
            return dict.fromkeys(wording.LANGUAGES, self.text())
        return {language: self.need(language).text() for language in wording.LANGUAGES}

    def one_of(self, known: Iterable[str]) -> str:
        known, given = list(known), self.text()
        if given not in known:
            raise self.wrong("unknown_name", name=given, known=", ".join(known))
        return given


def load(path: Path) -> Part:
    """The whole file as one part. Raises CrmError if it is no YAML or holds no names."""
    file = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CrmError("questionnaire_not_utf8", where=file) from None
    try:
        value = yaml.load(text, Loader=_Loader)
    except _Twice as twice:
        told = dict(where=file, name=twice.key, line=twice.line)
        raise CrmError("questionnaire_name_twice", **told) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise CrmError("questionnaire_not_yaml", where=file, line=line) from None
    if not isinstance(value, Mapping):
        raise CrmError("questionnaire_not_yaml", where=file, line=1)
    return Part(file, "", value)


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"
