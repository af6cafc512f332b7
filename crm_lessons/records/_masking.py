"""What a screen may show of customer records: enough to find a customer, too little to copy one."""

from collections.abc import Callable, Collection

import pandas as pd

from crm_lessons.data import as_day, mask_name, mask_phone, schemas
from crm_lessons.records import _values

HIDDEN = "***"


def mask_card(number: str) -> str:
    """The first and the last character: not the date of birth, which stands in the middle.

    >>> mask_card("11010519491231002X"), mask_card("12")
    ('1****************X', '**')
    """
    return (
        number[0] + "*" * (len(number) - 2) + number[-1] if len(number) > 4 else "*" * len(number)
    )


def mask_email(address: str) -> str:
    """The first character and the domain; of anything else nothing.

    >>> mask_email("li.wei@example.com"), mask_email("li.wei")
    ('l***@example.com', '***')
    """
    local, at, domain = address.rpartition("@")
    return f"{local[0]}{HIDDEN}@{domain}" if at and local else HIDDEN


def mask_day(text: str) -> str:
    """The year of a date, however it is written.

    >>> mask_day("1985年3月7日"), mask_day("spring")
    ('1985-**-**', '***')
    """
    day = as_day(_values.folded(text))
    return HIDDEN if day is None else f"{day.year}-**-**"


MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "phone": mask_phone,
    "id_card": mask_card,
    "email": mask_email,
    "birthday": mask_day,
}


def masked(records: pd.DataFrame, *, show: Collection[str] = ()) -> pd.DataFrame:
    """The records as a screen or a workbook shows them.

    Names, numbers, addresses and dates of birth are shortened; everything else that is personal,
    and every column that is not among the fields of customer records, becomes ``***``. ``show``
    names columns to be left as they are: whoever does that answers for it. Missing stays missing.

    >>> told = {"record_id": ["1"], "name": ["王小明"], "phone": ["13491234567"], "wechat": ["w1"]}
    >>> masked(pd.DataFrame(told)).iloc[0].to_list()
    ['1', '王**', '134****4567', '***']
    """
    fields = schemas()["records"].fields
    found = records.copy()
    for name in found:
        known = fields.get(name)
        if name in show or (known is not None and not known.personal):
            continue
        mask = MASKS.get(str(name), lambda text: HIDDEN)
        column = found[name].astype("string")
        found[name] = column.map(lambda text, mask=mask: text and mask(text), na_action="ignore")
    return found
