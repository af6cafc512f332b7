"""What a person typed for a parameter, in the type of the parameter.

Text comes as it was typed from a command line or a table. papermill and YAML make numbers of what
looks like one: where text is wanted, a number is taken for it only if no text is lost that way.
"""

import functools
import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, Optional

from pydantic import Field, TypeAdapter

from crm_lessons.errors import CrmError

TYPES = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "list[str]": list[str],
    "dict[str, str]": dict[str, str],
    "Optional[str]": Optional[str],  # noqa: UP045 - the spelling papermill understands
}

READING = "reading"  # the parameter that takes every way of reading a file
# Of a further file, ``cases_reading``; a way of its own is then ``cases_zone``.
# Ways of reading for which a whole number is as good as its text, and those that are numbers.
NUMBERED = {"sheet", "earliest"}
NUMBERS = {"most_set_aside", "keep_repeats", "fill_down", "customers_above", "flip_returns"}
PER_CENT = ("%", "％")


def is_reading(name: str) -> bool:
    """Whether a parameter takes ways of reading a file.

    >>> is_reading("reading"), is_reading("cases_reading"), is_reading("cases")
    (True, True, False)
    """
    return name == READING or name.endswith(f"_{READING}")


@functools.cache  # pydantic takes longer to build one than to check with it a hundred times
def adapter(kind: str, limits: tuple = (), choices: tuple = ()) -> TypeAdapter:
    """What checks a value of a declared type, within limits or out of choices.

    >>> adapter("int", (("ge", 1),)).validate_python(3)
    3
    """
    bounds = dict(limits)
    if TYPES[kind] is float:
        bounds["allow_inf_nan"] = False
    wanted = Literal[choices] if choices else TYPES[kind]
    return TypeAdapter(Annotated[wanted, Field(**bounds)])


def value(given: Any, *, name: str, kind: str, is_share: bool, is_numbered: bool) -> Any:
    """What was typed for a parameter, as its type (``kind``) takes it.

    ``is_share``: may be written ``80%``. ``is_numbered``: text for which a whole number stands
    as well. ValueError if it does not fit, CrmError if it is not sure what was typed.
    """
    if isinstance(given, str):
        given = _percent(given) if is_share else _split(kind, given)
    elif kind in {"str", "Optional[str]"}:
        return _as_text(name, given, sure=is_numbered)
    elif isinstance(given, bool) and kind != "bool":
        raise ValueError(given)
    if isinstance(given, Mapping) and is_reading(name):
        return {option: _option(option, one) for option, one in given.items()}
    if isinstance(given, Mapping):
        return {n: _as_text(name, v, sure=False) for n, v in given.items()}
    if isinstance(given, list):
        return [_as_text(name, one, sure=False) for one in given]
    return given


def _split(kind: str, given: str) -> Any:
    if kind.startswith("dict"):
        return pairs(given)
    if kind.startswith("list") and given.lstrip().startswith("["):
        return json.loads(given)
    if kind.startswith("list"):
        return [part.strip() for part in given.split(",") if part.strip()]
    return given


def _percent(given: str) -> float | str:
    text = given.strip()
    if not text.endswith(PER_CENT):
        return given
    try:
        return float(Decimal(text[:-1]) / 100)
    except InvalidOperation as error:
        raise ValueError(given) from error


def _option(name: str, value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "|".join(str(part) for part in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(value) if name in NUMBERS else _as_text(name, value, sure=name in NUMBERED)


def _as_text(name: str, value: Any, *, sure: bool) -> Any:
    """A number as the text that was typed; CrmError where that is not ``sure``."""
    if isinstance(value, bool):
        return str(value)  # nothing but this word becomes it
    if isinstance(value, float) or (isinstance(value, int) and not sure):
        raise CrmError("parameter_number_for_text", name=name, given=value)
    return str(value) if isinstance(value, int) else value


def pairs(given: str) -> dict[str, str]:
    """``"a=b,c=d"`` or JSON as a mapping; ValueError if it is neither.

    >>> pairs("amount=Paid, branch=Shop") == pairs('{"amount": "Paid", "branch": "Shop"}')
    True
    """
    if given.lstrip().startswith("{"):
        return json.loads(given)
    return dict(_pair(part) for part in given.split(",") if part.strip())


def _pair(part: str) -> tuple[str, str]:
    name, equals, value = part.partition("=")
    if not equals:
        raise ValueError(part)
    return name.strip(), value.strip()
