"""Handing a result from a notebook to whoever ran it, without changing a digit.

A table travels as Parquet (JSON would round floats and change the unit of dates), figures as JSON.
"""

import base64
import io
import os
from collections.abc import Mapping
from datetime import date

import nbformat
import numpy as np
import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.show._sentences import SAID

MIME = "application/vnd.crm-lessons.result+json"


class _HandedOver:
    def __init__(self, content: dict[str, object]) -> None:
        self._content = content

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        # An empty text: there is nothing to see.
        return {MIME: self._content, "text/plain": ""}

    def __repr__(self) -> str:
        return ""


def hand_over(name: str, result: pd.DataFrame | Mapping[str, object]) -> None:
    """Put a result into the output of the running cell, invisibly.

    ``result`` is a table, or a mapping of figures: numbers, text, True/False, None, and lists or
    mappings of them. NaN becomes None, a date its ISO text.

    >>> content({"gini": 0.74})
    {'kind': 'figures', 'data': {'gini': 0.74}}
    """
    from IPython.display import display

    display(_HandedOver({"name": name, **content(result)}))


def content(result: pd.DataFrame | Mapping[str, object]) -> dict[str, object]:
    """What stands in the MIME bundle: ``kind`` (``table`` or ``figures``) and ``data``."""
    if not isinstance(result, pd.DataFrame):
        return {"kind": "figures", "data": _plain(result)}
    file = io.BytesIO()
    result.to_parquet(file, engine="pyarrow", compression="zstd")
    return {"kind": "table", "data": base64.b64encode(file.getvalue()).decode("ascii")}


def handed_over(
    notebook: nbformat.NotebookNode | str | os.PathLike, *, only: str = ""
) -> dict[str, pd.DataFrame | dict[str, object]]:
    """All results handed over in a notebook that has run, by name; a later one of a name wins.

    With ``only`` a name, no other is unpacked. CrmError where a name stands for a table and for
    figures: one would be lost without a word.

    >>> handed_over(nbformat.v4.new_notebook())
    {}
    """
    if not isinstance(notebook, nbformat.NotebookNode):
        notebook = nbformat.read(notebook, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    bundles = [output.data[MIME] for output in outputs if MIME in output.get("data", {})]
    last = {bundle["name"]: bundle for bundle in bundles if only in ("", bundle["name"])}
    for bundle in bundles:
        if last.get(bundle["name"], bundle)["kind"] != bundle["kind"]:
            raise CrmError("handed_over_twice", name=bundle["name"])
    return {name: _restored(bundle) for name, bundle in last.items()}


def said(notebook: nbformat.NotebookNode) -> list[str]:
    """The computed sentences of a notebook that has run, as plain text and in their order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    told = [output.data for output in outputs if SAID in output.get("metadata", {})]
    return [str(data["text/plain"]) for data in told if data.get("text/plain")]


def _restored(bundle: Mapping[str, object]) -> pd.DataFrame | dict[str, object]:
    if bundle["kind"] == "figures":
        return _plain(bundle["data"])
    return pd.read_parquet(io.BytesIO(base64.b64decode(bundle["data"])), engine="pyarrow")


def _plain(value: object) -> object:
    """Numbers of numpy and dates as JSON knows them."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | np.ndarray | pd.Series):
        return [_plain(part) for part in value]
    if pd.isna(value):
        return None
    if isinstance(value, date | pd.Timestamp):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value
