"""Discounts as people write them, 10% off, 九折, 8.5折: each becomes the share that comes off."""

import re
from collections.abc import Collection

import polars as pl

from crm_lessons.data._collecting import collected

_PERCENT = re.compile(r"-?\s*(\d+(?:[.,]\d+)?)\s*%\s*(?:off|rabatt|discount)?", re.IGNORECASE)
_ZH = "[一二三四五六七八九]"
_ZHE = re.compile(rf"(?:打\s*)?(\d+(?:\.\d+)?|{_ZH}{{1,2}}|{_ZH}点{_ZH})\s*折(?:优惠|扣)?")
_NONE = {"无", "无折扣", "不打折", "没有折扣", "原价", "全价", "none", "no", "no discount"}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_FIGURES = {sign: str(place) for place, sign in enumerate("零一二三四五六七八九")} | {"点": "."}
# What a cell of one of these ways has, and a number as computers write it has not.
_SIGNS = r"[%％折价无]|(?i:none|no)"


def as_shares(frame: pl.LazyFrame, columns: Collection[str]) -> pl.LazyFrame:
    """The frame with shares in place of per cents and 折 in columns of discounts, all as text.

    Beside numbers above 1 they stay as they are, for those are money, or per cents without a sign.
    """
    for column in columns:
        is_marked = pl.col(column).str.contains(_SIGNS)
        held = frame.filter(is_marked).select(pl.col(column).unique()).pipe(collected)[column]
        shares = {cell: share(cell) for cell in held if share(cell) is not None}
        plain = frame.filter(~is_marked).select(pl.col(column).cast(pl.Float64, strict=False).max())
        texts = {cell: repr(found) for cell, found in shares.items()}
        if any(shares.values()) and (plain.pipe(collected).item() or 0) > 1:
            texts = {cell: told for cell, told in texts.items() if not shares[cell]}
        if texts:
            frame = frame.with_columns(pl.col(column).replace(texts))
    return frame


def are_there(cells: pl.Expr) -> pl.Expr:
    """Whether any cell of a column says a share in these ways, so that none is money."""
    return cells.cast(pl.String).str.contains("[%％折]").any()


def share(cell: str) -> float | None:
    """The share that comes off, as a cell says it; None where it says none in these ways.

    >>> [share(cell) for cell in ("10%", "15% off", "九折", "8.5折", "八五折", "原价", "20")]
    [0.1, 0.15, 0.1, 0.15, 0.15, 0.0, None]
    """
    bare = cell.translate(_FULL_WIDTH).strip()
    if bare.casefold() in _NONE:
        return 0.0
    if found := _PERCENT.fullmatch(bare):
        return round(float(found[1].replace(",", ".")) / 100, 6)
    if found := _ZHE.fullmatch(bare):
        figure = "".join(_FIGURES.get(sign, sign) for sign in found[1])
        # 85折 is 8.5折: of two figures without a point the second is a tenth.
        paid = float(figure) / (100 if figure.isdigit() and int(figure) > 10 else 10)
        return round(1 - paid, 6) if 0 < paid <= 1 else None
    return None
