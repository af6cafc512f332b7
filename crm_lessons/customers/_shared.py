"""Ids that are probably no single customer: walk-ins, staff, test orders."""

import re

import pandas as pd

SHARE = 0.05  # of all orders, from which one id among many is doubtful
NAMED = 5  # ids in a sentence
MANY = 50  # customers, below which one of them may well hold that much

_WORDS = re.compile(
    r"零售(客户|顾客)?|散客|现金(客户|顾客)?|门市|非会员|匿名|无|未知|过路客|游客|访客|路人|"
    r"员工.*|内部.*|测试.*|(staff|employee|test)([\s_\-#.]*\d*|[\s_\-#./].*)|"
    r"walk-?in|cash( customer| sale)?|guest( user| checkout|\d*)?|anonymous|visitor|"
    r"unknown|none|null|n/?a|no customer|customer|0+|-1|9{4,}|-+|\?+",
    re.IGNORECASE,
)
# What ids of one kind have in common; never so little that Stafford would count as staff.
_KIND = re.compile(
    r"^(?:(员工|内部|测试)|((?:staff|employee|test)[\s_\-#./])).+$",
    re.IGNORECASE,
)


def shared_ids(people: pd.DataFrame) -> pd.Series:
    """The share of all orders of each id that many seem to use, the largest first.

    ``people`` as from `summarise`. An id is doubtful by its name (零售, 员工007, walk-in, test,
    0000) or by its orders: at least 5 % of all, among at least 50 customers. It may be a large
    customer all the same, so this is a question and no verdict.

    >>> people = pd.DataFrame({"orders": [1, 3]}, index=pd.Index(["007", "散客"]))
    >>> shared_ids(people).to_dict()
    {'散客': 0.75}
    """
    share = people["orders"] / max(people["orders"].sum(), 1)
    by_name = people.index.to_series().astype("str").str.fullmatch(_WORDS)
    by_orders = (share >= SHARE) & (len(people) >= MANY)
    found = share[by_name.fillna(False).to_numpy(dtype=bool) | by_orders]
    return found.sort_index().sort_values(ascending=False, kind="stable")


def told_shared(doubtful: pd.Series) -> dict[str, object]:
    """What a sentence says of `shared_ids`: at most five of them, and the share of all.

    >>> told_shared(pd.Series({"散客": 0.5, "员工01": 0.1, "员工02": 0.1}))["values"]
    '散客|员工*'
    """
    kinds = list(dict.fromkeys(_KIND.sub(r"\1\2*", str(one)) for one in doubtful.index))
    named, more = kinds[:NAMED], " …" if len(kinds) > NAMED else ""
    return {
        "ids": ", ".join(named) + more,
        "values": "|".join(named),
        "share": float(doubtful.sum()),
    }
