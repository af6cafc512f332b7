"""Money in the smallest unit of its currency, as programs exchange it: 4000 for 40.00 GBP."""

from collections.abc import Mapping

import polars as pl

from crm_lessons.data._collecting import collected
from crm_lessons.data._parsing import BLANKS
from crm_lessons.data._raw import Raw
from crm_lessons.data._schema import Schema
from crm_lessons.data.findings import Findings

MONEY = "CNY"  # the unit of fields that are money
# Currencies without a smaller unit, and those of a thousand parts (ISO 4217).
_WHOLE = ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd"]
_WHOLE += ["vuv", "xaf", "xof", "xpf"]
_THOUSANDTHS = ["bhd", "jod", "kwd", "omr", "tnd"]


def scales(
    raw: Raw, places: Mapping[str, int], schema: Schema, findings: Findings
) -> dict[str, pl.Expr]:
    """Field → what one in its column is worth, row by row, where amounts are whole numbers.

    A note says so. Nothing where a cell has decimals: then somebody has converted them already.
    """
    money = {n: i for n, i in places.items() if schema.fields[n].unit == MONEY}
    cells = [pl.col(f"c{i}").cast(pl.String).str.strip_chars(BLANKS) for i in money.values()]
    whole = [cell.str.contains(r"^-?\d+(\.0)?$").fill_null(True).all() for cell in cells]
    if not money or not raw.frame.select(pl.all_horizontal(whole)).pipe(collected).item():
        return {}
    one = pl.lit(0.01)
    if "currency" in places:
        code = pl.col(f"c{places['currency']}").cast(pl.String).str.to_lowercase()
        code = code.str.strip_chars(BLANKS)
        one = pl.when(code.is_in(_WHOLE)).then(1.0).when(code.is_in(_THOUSANDTHS)).then(0.001)
        one = one.otherwise(0.01)
    told = ", ".join(raw.headings[i].strip() for i in money.values())
    findings.note("minor_units", file=raw.file, headings=told)
    return dict.fromkeys(money, one)
