"""Which enquiries become customers: by source, by reason, with the uncertainty of small numbers."""

import pandas as pd

from crm_lessons.errors import CrmError
from crm_lessons.sampling import wilson


def conversion(leads: pd.DataFrame, by: str, *, confidence: float = 0.95) -> pd.DataFrame:
    """The conversion rate of each group of enquiries, the highest first.

    Parameters
    ----------
    leads
        One row per enquiry (`customers.rows` with ``key="lead_id"``): the column ``by`` and
        ``customer_id``, empty where no customer came of it.
    by
        ``source``, ``reason`` or any other column; enquiries without a value are left out.
    confidence
        Of the Wilson interval.

    Returns
    -------
    pandas.DataFrame
        Index ``by`` (text). ``leads``, ``converted`` int64; ``rate``, ``lower``, ``upper`` float64.

    Raises
    ------
    CrmError
        If a column is missing.

    Examples
    --------
    >>> leads = pd.DataFrame({"source": ["ad"] * 4, "customer_id": ["7", None, None, None]})
    >>> conversion(leads, "source").round(3).iloc[0].to_list()
    [4.0, 1.0, 0.25, 0.046, 0.699]
    """
    wanting = [name for name in (by, "customer_id") if name not in leads]
    if wanting:
        raise CrmError("scheme_lacks_columns", scheme="conversion", columns=", ".join(wanting))
    known = leads.dropna(subset=[by])
    groups = known["customer_id"].notna().groupby(known[by].astype("str"))
    table = pd.DataFrame(
        {"leads": groups.size().astype("int64"), "converted": groups.sum().astype("int64")}
    )
    table["rate"] = table["converted"] / table["leads"]
    ends = wilson(table["converted"], table["leads"], confidence=confidence)
    table["lower"], table["upper"] = ends
    return table.sort_index().sort_values("rate", ascending=False, kind="stable").rename_axis(by)
