"""Charts of customer records: readable in both languages, few rows and many."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, every_chart, steps

from crm_lessons import records

pytestmark = pytest.mark.filterwarnings("error")

FIELDS = ["phone", "email", "birthday", "address", "id_card", "city", "note", "name", "sex"]
BRANCHES = ["east", "west", "hitech", "county", "river", "harbour"]


def shares(fields=FIELDS, branches=BRANCHES):
    values = np.linspace(0, 1, len(fields) * len(branches)).reshape(len(fields), -1)
    return pd.DataFrame(values, index=fields, columns=branches)


def named_shares(names):
    return shares([*names], [*names])


def page(lost=3, fields=FIELDS):
    old = pd.DataFrame({"record_id": [f"{n:05d}" for n in range(3000)]})
    old = old.assign(**dict.fromkeys(fields, "x"))
    new = old.iloc[lost:].copy()
    for number in range(len(fields)):
        new.iloc[: 7**number % 2800, 1 + number] = "y"
    return records.sign_off(records.migration(old, new))


def named_page(names):
    return page(fields=[f"{name} " for name in names])


def team(names=tuple(f"sales_{n:02d}" for n in range(1, 13)), customers=137):
    alone = np.linspace(0, customers, len(names)).round().astype(int)
    table = pd.DataFrame({"customers": customers, "alone": alone, "alone_share": alone / customers})
    return table.set_axis(pd.Index([*names], name="salesperson"))


CHARTS = {
    "completeness": ("completeness", shares),
    "completeness of one": ("completeness", lambda: shares(["phone"], ["east"])),
    "completeness of many": (
        "completeness",
        lambda: shares([f"field_{n}" for n in range(30)], [f"branch {n}" for n in range(12)]),
    ),
    "completeness, any names": ("completeness", named_shares),
    "scores": ("duplicate_scores", lambda: pd.Series(steps(range(400), 0, 1) ** 3)),
    "scores of one": ("duplicate_scores", lambda: pd.Series([1.0])),
    "scores of none": ("duplicate_scores", lambda: pd.Series(dtype=float)),
    "scores of millions": ("duplicate_scores", lambda: pd.Series(np.repeat([0.1, 1.0], 800_000))),
    "groups": ("smallest_groups", lambda: pd.Series(np.arange(1, 40))),
    "groups, all alone": ("smallest_groups", lambda: pd.Series([1, 1, 1])),
    "moved": ("move_checks", page),
    "moved without a fault": ("move_checks", lambda: page(0, [])),
    "moved, many fields": ("move_checks", lambda: page(3, [f"field_{n}" for n in range(20)])),
    "moved, any names": ("move_checks", named_page),
    "dependence": ("dependence", team),
    "dependence of one": ("dependence", lambda: team(["sales_01"], 1)),
    "dependence, many": ("dependence", lambda: team([f"p{n}" for n in range(40)], 12_345)),
    "dependence, any names": ("dependence", lambda names: team(names)),
}


@every_chart(CHARTS)
def test_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)
