"""Headings without what differs by habit: case, width, blanks, traditional characters, units."""

import functools
import re
import unicodedata

# A unit in brackets that changes nothing.
_UNIT = re.compile(r"\((?:单位:?)?(元|人民币|rmb|cny|¥|yuan|件|个|台|公里|km)\)$")
# A unit of money that does change something, in brackets or not: 金额（万元）, 金额万元, TEUR, $k.
_LARGE = re.compile(r"\(?(?:单位:?)?(千|万|百万|千万|亿)元?\)?$")
CURRENCIES = "usd|eur|gbp|hkd|chf|jpy|cad|aud|sek|nok|dkk|cny|rmb|inr|krw|brl|mxn|sgd|nzd|twd"
CURRENCIES += r"|thb|pln|czk|huf|zar|aed|idr|myr|php|vnd|rub|\$|€|£|¥|₹|₩"
_THOUSAND = "k|thousands?|000s?|tsd"
_MILLION = "mio|millions?|mn"
_BEFORE, _AFTER = r"(?<![a-z])(?:in[\s_]+)?[(\[]?(?:in[\s_]+)?", r"[)\]]?$"
_LARGE_WORD = re.compile(
    rf"{_BEFORE}(?:{CURRENCIES})?[\s'_]*({_THOUSAND}|{_MILLION})(?:[\s_]*(?:{CURRENCIES}))?{_AFTER}"
    rf"|{_BEFORE}(t|m)[\s_]?(?:{CURRENCIES}){_AFTER}"
)
# A unit below one: 金额（分）, amount_cents, Total (pence), price in minor units.
_SMALL = re.compile(
    r"\((?:单位:?)?(?:人民币)?分\)$"
    r"|(?<![a-z])(?:in[\s_]+)?[(\[]?(?:in[\s_]+)?(?:cents?|pence|pennies|minor(?:[\s_]?units?)?"
    r"|centimes|centavos|céntimos|centesimi|rappen|öre|øre|groszy|paise)[)\]]?$"
)
_CURRENCY = re.compile(rf"{_BEFORE}({CURRENCIES}){_AFTER}")
_TIMES = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "t": 1e3, "m": 1e6}
_FILLER = re.compile(r"[\s_\-./:*#'\"\ufeff]+")
# Traditional characters that headings and states of orders are made of.
_SIMPLE = str.maketrans(
    "訂單編號碼客戶會員買賣賬帳數量價額實應計據銷時間產業務門發貨幣種類狀態訖運費優惠關閉顧購聯絡電話號已絕審訊區總",
    "订单编号码客户会员买卖账账数量价额实应计据销时间产业务门发货币种类状态讫运费优惠关闭顾购联络电话号已绝审讯区总",
)


@functools.lru_cache(maxsize=50_000)  # asked for the same headings and names again and again
def plain(heading: str) -> str:
    """A heading without what differs by habit only: case, width, spaces, a harmless unit.

    >>> plain(" Order_ID "), plain("金额（元）"), plain("訂單編號")
    ('orderid', '金额', '订单编号')
    """
    return _FILLER.sub("", _UNIT.sub("", unified(heading)))


def unified(heading: str) -> str:
    """A heading in one width, one case, simple characters, without blanks around it."""
    return unicodedata.normalize("NFKC", heading).translate(_SIMPLE).casefold().strip()


def unit_of(heading: str) -> tuple[str, float]:
    """A heading without its unit of money, as `plain`, and how many yuan the unit is.

    >>> unit_of("金额（万元）"), unit_of("毛利 单位：千元"), unit_of("金额（元）")
    (('金额', 10000.0), ('毛利', 1000.0), ('金额', 1.0))
    >>> unit_of("Revenue (k USD)"), unit_of("Umsatz in TEUR"), unit_of("Total (EUR)")
    (('revenue', 1000.0), ('umsatz', 1000.0), ('total', 1.0))
    >>> unit_of("amount_cents"), unit_of("金额（分）"), unit_of("积分")
    (('amount', 0.01), ('金额', 0.01), ('积分', 1.0))
    """
    bare, folded = plain(heading), unified(heading)
    small = _SMALL.search(folded)
    if small and small.start():
        return plain(folded[: small.start()]), 0.01
    unit = _LARGE.search(bare)
    if unit and unit.start():
        return bare[: unit.start()], _TIMES[unit[1]]
    unit = _LARGE_WORD.search(folded)
    if unit and unit.start():
        word = unit[1] or unit[2]
        times = _TIMES.get(word) or (1e3 if re.fullmatch(_THOUSAND, word) else 1e6)
        return plain(folded[: unit.start()]), times
    named = _CURRENCY.search(folded)
    return (plain(folded[: named.start()]) if named and named.start() else bare), 1.0


def currency_in(heading: str) -> str:
    """The currency, in small letters, that the heading of an amount ends with; "" without.

    >>> currency_in("Total (EUR)"), currency_in("Umsatz in TEUR"), currency_in("amount")
    ('eur', 'eur', '')
    """
    found = re.search(rf"(?<![a-z])[ktm]?[\s_]?({CURRENCIES})[\s_]?k?[)\]]?$", unified(heading))
    return found[1] if found else ""
