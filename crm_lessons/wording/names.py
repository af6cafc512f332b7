"""Names of columns and of coded values, as people read them.

Tables carry English column names and ASCII codes (``agent_03``); only when something is shown do
they become words. A column is named by ``labels.yaml``. A code is looked up under a prefix:
``codes.after.`` + ``gone`` is the entry ``after.gone`` of ``codes.yaml``. Instead of a prefix a
mapping from code to word may be given, for the categories of ``datapackage.json``.
"""

import unicodedata
from collections.abc import Mapping

import pandas as pd

from crm_lessons import wording

Codes = str | Mapping[str, str]


def column(name: object) -> str:
    """The title of a column, or its own name when ``labels.yaml`` does not know it.

    >>> with wording.using("en"):
    ...     column("customer_id"), column("unknown_column")
    ('Customer id', 'unknown_column')
    """
    key = f"labels.{name}"
    return wording.text(key) if wording.has(key) else str(name)


def kind(name: object) -> str:
    """What the numbers of a column are, as its entry in ``labels.yaml`` says it: ``share``,
    ``percent`` (a ratio that may pass 100 %), ``money``, ``p``; empty where it says nothing.

    >>> kind("top_share"), kind("amount"), kind("orders")
    ('share', 'money', '')
    """
    return wording.entries("labels").get(str(name), {}).get("kind", "")


def dataset(name: str) -> str:
    """What a set of data or a curve is called: a code, a wording key, or a name as it stands.

    >>> with wording.using("en"):
    ...     dataset("shop"), dataset("labels.customer_id"), dataset("2025")
    ('Online shop', 'Customer id', '2025')
    """
    return wording.text(name) if wording.has(name) else code(name, "codes.dataset.")


def code(value: object, codes: Codes) -> str:
    """A coded value in words, or the value itself when there is no word for it.

    >>> with wording.using("en"):
    ...     code("gone", "codes.after."), code("00456", "codes.after.")
    ('Gone', '00456')
    >>> code("agent_03", {"agent_03": "Li Min"})
    'Li Min'
    """
    if isinstance(codes, Mapping):
        return str(codes.get(value, value))
    key = f"{codes}{value}"
    return wording.text(key) if wording.has(key) else str(value)


def measure(name: str) -> str:
    """What was summed, as it stands inside a sentence: ``amount`` is 销售额 or "sales".

    >>> with wording.using("en"):
    ...     measure("profit")
    'gross profit'
    """
    return code(name, "codes.measure.")


def currency(name: str) -> str:
    """The unit of money as it stands after an amount: 元 for CNY in Chinese, else its code.

    >>> with wording.using("zh"):
    ...     currency("CNY"), currency("CHF")
    ('元', 'CHF')
    """
    return code(name, "codes.currency.")


def worded(frame: pd.DataFrame, words: Mapping[str, Codes]) -> pd.DataFrame:
    """A frame whose coded index and columns are in words, as ``words`` has them by name.

    >>> frame = pd.DataFrame({"item": ["wait"]}, index=pd.Index(["e"], name="branch"))
    >>> worded(frame, {"item": {"wait": "Waiting"}, "branch": {"e": "East"}}).to_dict()
    {'item': {'East': 'Waiting'}}
    """
    told = frame.copy(deep=False)
    for name in told.columns.intersection(list(words)):
        told[name] = [value if pd.isna(value) else code(value, words[name]) for value in told[name]]
    if told.index.name in words:
        table = words[told.index.name]
        told.index = pd.Index([code(x, table) for x in told.index], name=told.index.name)
    return told


def width(text: str) -> int:
    """How many columns of a terminal or a sheet a text takes: a Chinese character takes two.

    >>> width("客户 A")
    6
    """
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
