"""How a table is to be read: what its file does not say by itself, checked before it is opened."""

import dataclasses
import datetime as dt
import difflib
import functools
import json
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_lessons.errors import CrmError

LEVELS = ("", "line", "order", "total")
DISCOUNTS = ("", "deduct", "rate", "paid", "ignore")
REFUNDS = ("", "deduct", "order", "ignore")
DECIMALS = ("", ".", ",")
DATES = ("", "dmy", "mdy", "ymd", "excel", "unix", "month", "week", "quarter")
DAYS = ("", "first", "each")
SIDES = ("", "debit", "credit", "debit_only", "credit_only")
SPANS = ("", "s", "min", "h", "d")
ROLES = ("buyer", "agent", "automatic")
RESULTS = ("deal", "refused", "appointment", "undecided", "not_reached")
STATES = ("won", "lost", "open")  # of a lead
_YES = ("true", "yes", "1", "y", "on", "是")
_NO = ("false", "no", "0", "n", "off", "否", "")


@dataclass(frozen=True)
class Options:
    """What `read` may be told about a file; each has a default that says nothing.

    ``columns``: field → heading. ``decimal``, ``dates``, ``earliest``: how numbers and dates are
    written, and the first day there may be. ``leave_out``: column → values, ``walk-in|staff*``.
    ``minus``: column → values whose lines count as minus, ``credit note|return``.
    ``amount_is``: what an amount belongs to, ``line`` or ``order`` (then it counts once an order),
    or ``total``: the largest of an order is the sum of its others, which do not count.
    ``discount``: how a discount comes off price × quantity: ``deduct`` (money), ``rate`` (a share),
    ``paid`` (the share that is paid, as 0.9 for 九折) or ``ignore``.
    ``decimal`` and ``dates`` say how numbers and dates are written where a column leaves it open:
    the sign before decimals; the order of day, month and year, or what a number counts (``excel``
    days, ``unix`` seconds; ``month``, ``week``, ``quarter``: its first day).
    ``earliest``: no date may lie before it.
    ``sheet``: the sheets of a workbook that make the table, ``2024|2025``, ``*`` for all.
    ``keep_repeats``: rows that are equal are lines of their own. ``keep_status``: values of a
    status that count as sales although they look like none, ``pending|on-hold``, ``*`` for all.
    ``refunds``: ``deduct`` a column of refunds, once an ``order``, or ``ignore`` it.
    ``fill_down``: a line without an order number belongs to the order above; nothing passes from
    one order to the next, and one that names no customer stays a guest's.
    ``customers_above``: it is the customer's of the order above, for lists that name a customer on
    the first of its orders. ``most_set_aside``: the share of the sales that may be set aside before
    reading stops. ``currency``: the unit, where no file names it.
    ``order_days``: what an order is whose lines bear several dates: one on its ``first`` day, or
    ``each`` day one.
    ``sales_on``: of amounts on two sides of an account the one with sales, ``debit`` or ``credit``;
    those of the other count as minus, or are left out (``debit_only``, ``credit_only``).
    ``zone``: the shop's, to which moments are brought that bear one, else ``Asia/Shanghai``.
    ``written_in``: the zone of moments that bear none, where it is not the shop's, ``UTC``.
    ``durations``: what a number counts where the heading of a duration does not tell: ``s``,
    ``min``, ``h`` or ``d``.
    ``roles``: ``buyer``, ``agent``, ``automatic`` → who of those that sent messages is one,
    ``agent=Shop:*|Li,buyer=*``. ``results``: ``deal``, ``refused``, ``appointment``,
    ``undecided``, ``not_reached`` → what a file calls it, ``deal=Signed|Paid``; of
    leads ``won``, ``lost``, ``open``.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    decimal: str = ""
    dates: str = ""
    earliest: str = ""
    sheet: str = ""
    leave_out: Mapping[str, str] = field(default_factory=dict)
    flip_returns: bool = False
    minus: Mapping[str, str] = field(default_factory=dict)
    amount_is: str = ""
    keep_repeats: bool = False
    keep_status: str = ""
    refunds: str = ""
    discount: str = ""
    fill_down: bool = False
    customers_above: bool = False
    order_days: str = ""
    most_set_aside: float = 0.05
    currency: str = ""
    sales_on: str = ""
    zone: str = ""
    written_in: str = ""
    durations: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    results: Mapping[str, str] = field(default_factory=dict)


NAMES = tuple(one.name for one in dataclasses.fields(Options))
OF_SURVEYS = ("columns", "encoding")  # what holds for a survey as well
_CHOICES = {"amount_is": LEVELS, "refunds": REFUNDS, "decimal": DECIMALS, "dates": DATES}
_CHOICES |= {"discount": DISCOUNTS, "sales_on": SIDES, "order_days": DAYS, "durations": SPANS}


def check_options(given: Mapping[str, Any]) -> dict[str, Any]:
    """The options that are given, each in its type; CrmError for the first that does not fit.

    >>> check_options({"keep_repeats": "yes"})
    {'keep_repeats': True}
    """
    options = of(given)
    return {name: getattr(options, name) for name in given}


def of(*given: Mapping[str, Any] | None) -> Options:
    """The options, a later one before an earlier one; mappings are joined. CrmError if none fits.

    >>> of({"amount_is": "order"}, {"amount_is": "", "columns": "amount=Total"}).amount_is
    'order'
    """
    merged: dict[str, Any] = {}
    for one in given:
        for name, value in (one or {}).items():
            check_name(name)
            if value in (None, "", {}, False) and name in merged:
                continue  # says nothing
            value = _fitting(name, value)
            joined = isinstance(value, dict) and {**merged.get(name, {}), **value}
            merged[name] = joined or value
    return Options(**merged)


def asked(options: Options) -> list[str]:
    """The names of the options that say something."""
    default = Options()
    return [name for name in NAMES if getattr(options, name) != getattr(default, name)]


def check_name(name: str) -> None:
    """Refuse an option that there is not."""
    if name not in NAMES:
        close = difflib.get_close_matches(name, NAMES, 1)
        key = "unknown_option_near" if close else "unknown_option"
        raise CrmError(key, name=name, near="".join(close), known=", ".join(NAMES))


def _fitting(name: str, value: Any) -> Any:
    """The value in the type of the option; text is read as a command line brings it."""
    default = getattr(Options(), name)
    try:
        if isinstance(default, bool):
            return _truth(value)
        if isinstance(default, float):
            return _share(value)
        if isinstance(default, dict):
            found = pairs(value) if isinstance(value, str) else _texts(value)
            if name in _CODES and not set(found) <= set(_CODES[name]):
                raise ValueError(value)
            return found
        text = _text(value, _CHOICES.get(name))
        if name in ("zone", "written_in") and text and text not in _zones():
            raise ValueError(text)
        return str(dt.date.fromisoformat(text)) if name == "earliest" and text else text
    except (ValueError, AttributeError) as error:
        wanted = _CHOICES.get(name) or _EXAMPLES.get(name) or _WANTED[type(default)]
        told = dict(name=name, value=value, wanted=" / ".join(one for one in wanted if one))
        raise CrmError("option_does_not_fit", **told) from error


_CODES = {"roles": ROLES, "results": (*RESULTS, *STATES)}
_EXAMPLES = {"earliest": ("1990-01-01",)}
_EXAMPLES["results"] = ("deal=Signed|Paid,refused=Lost",)
_EXAMPLES["roles"] = ("agent=Shop:*|Li,automatic=Robot,buyer=*",)
_EXAMPLES |= dict.fromkeys(("zone", "written_in"), ("Asia/Shanghai", "Europe/Berlin", "UTC"))
_WANTED = {bool: ("true", "false"), float: ("0.05", "5%"), dict: ("NAME=VALUE,…",), str: ("…",)}


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _truth(value: Any) -> bool:
    word = str(value).strip().casefold()
    if word not in (*_YES, *_NO):
        raise ValueError(value)
    return word in _YES


def _share(value: Any) -> float:
    text = str(value).strip()
    share = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    if not 0 <= share <= 1:
        raise ValueError(value)
    return share


def _text(value: Any, choices: Iterable[str] | None) -> str:
    if isinstance(value, list | tuple):
        value = "|".join(str(one) for one in value)
    if not isinstance(value, str | int | float | None):
        raise ValueError(value)
    text = "" if value is None else str(value)
    if choices is not None and text.strip() not in choices:
        raise ValueError(value)
    return text.strip()


def _texts(value: Mapping[str, Any]) -> dict[str, str]:
    return {
        str(k): "|".join(map(str, v)) if isinstance(v, list | tuple) else str(v)
        for k, v in (value or {}).items()
    }


def pairs(given: str) -> dict[str, str]:
    """``a=b,c=d`` or JSON as a mapping; ValueError if it is neither.

    >>> pairs("status=void|failed, branch=Shop")
    {'status': 'void|failed', 'branch': 'Shop'}
    """
    if given.lstrip().startswith("{"):
        return _texts(json.loads(given))
    found = {}
    for part in given.split(","):
        name, equals, value = part.partition("=")
        if part.strip() and not equals:
            raise ValueError(part)
        if part.strip():
            found[name.strip()] = value.strip()
    return found
