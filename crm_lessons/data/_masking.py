"""Hiding personal data: what a report may show of a name or a telephone number."""

import polars as pl


def mask_name(name: str) -> str:
    """The first character of a name, the others as stars.

    >>> mask_name("王小明"), mask_name("李"), mask_name("")
    ('王**', '*', '')
    """
    return "*" * len(name) if len(name) < 2 else name[0] + "*" * (len(name) - 1)


def mask_phone(phone: str) -> str:
    """The first three and the last four digits of a telephone number; fewer of a short one.

    >>> mask_phone("13812345678"), mask_phone("87654321"), mask_phone("110")
    ('138****5678', '******21', '***')
    """
    if len(phone) >= 11:
        return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]
    shown = 2 if len(phone) > 4 else 0
    return "*" * (len(phone) - shown) + phone[len(phone) - shown :]


def masked(name: str, value: pl.Expr) -> pl.Expr:
    """The masking of a whole column; its name tells telephone numbers from names."""
    mask = mask_phone if "phone" in name or "mobile" in name else mask_name
    return value.map_elements(mask, return_dtype=pl.String)
