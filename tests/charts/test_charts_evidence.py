"""Charts of definitions, claims and modules: readable in both languages, few rows and many."""

import pandas as pd
import pytest
from readable import assert_readable_and_told, every_chart

from crm_lessons import charts

pytestmark = pytest.mark.filterwarnings("error")


def counts(names):
    people = pd.array([100 * (n + 1) for n in range(len(names))], dtype="Int64")
    unknown = pd.array([n % 2 * 40 for n in range(len(names))], dtype="Int64")
    index = pd.Index(names, name="definition")
    return pd.DataFrame({"people": people, "unknown": unknown}, index=index)


def claims(names):
    index = pd.Index(names, name="status")
    return pd.DataFrame({"claims": range(len(names), 0, -1)}, index=index)


def fed(names):
    modules = ["customer information", "sales", "marketing", "customer service", "reports"]
    rows = [[(row + column) % 3 == 0 for column in range(5)] for row in range(len(names))]
    return pd.DataFrame(rows, index=pd.Index(names, name="fed_by"), columns=modules)


CHARTS = {
    "definitions": ("customers_by_definition", lambda: counts(["bought", "asked", "everybody"])),
    "definitions of any names": ("customers_by_definition", lambda names: counts(names)),
    "nothing counted": (
        "customers_by_definition",
        lambda: counts(["bought"]).assign(people=pd.array([pd.NA], dtype="Int64")),
    ),
    "claims": ("claims_by", lambda: claims(["checkable", "distorted"])),
    "claims by error": ("claims_by", lambda names: claims(names), {"by": "error"}),
    "no claims": ("claims_by", lambda: claims(["none"]).iloc[:0]),
    "modules": ("modules_fed", lambda: fed(["orders", "leads", "campaigns"])),
    "modules of any names": ("modules_fed", lambda names: fed(names)),
}


@every_chart(CHARTS)
def test_a_chart_is_readable_and_told(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_a_bar_is_as_long_as_its_count_and_its_pale_end_as_the_unknown():
    widths = [bar.get_width() for bar in charts.customers_by_definition(counts(["a", "b"])).patches]
    assert widths == [100, 0, 200, 40]


def test_each_large_dot_is_a_table_that_feeds_a_module():
    small, large = charts.modules_fed(fed(["orders", "leads"])).collections
    assert len(large.get_offsets()) == 3 and len(small.get_offsets()) == 7
