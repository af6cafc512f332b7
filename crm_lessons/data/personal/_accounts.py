"""Accounts, addresses on the net, order and parcel numbers: known by what stands before them."""

import re
from collections.abc import Iterator

_NETS = "微信|薇信|威信|v信|扣扣|抖音|微博|小红书|支付宝|vx|wx|wechat|weixin|qq|alipay|telegram"
_NETS += "|whatsapp|skype|instagram|facebook"
_IS = r"\s*(?:号码|号|账号|帐号|账户|id\b|number\b|account\b|handle\b)?\s*"
_ORDERS = "订单编号|订单号|订单|运单号|快递单号|物流单号|单号|工单号|会员号|卡号|护照号?"
_WORDS = "order|parcel|tracking|waybill|invoice|membership|member|customer|passport|account|card"
_OF_A_CARD = r"身份证(?:号码|号)?|银行卡号?|ID card|national ID|driving licen[cs]e"
_RULES = (
    r"()[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+",
    # With "is" or a colon any account; without, one that no word of the language is.
    rf"((?:{_NETS}){_IS}(?:[:：=]|是|为|\bis\b)\s*)@?[A-Za-z0-9][\w.-]{{3,24}}",
    rf"((?:{_NETS}){_IS})@?(?=[A-Za-z-]*[\d_])[A-Za-z0-9][\w-]{{4,24}}",
    r"((?<![A-Za-z])(?:加|我的?)[vV薇威](?:信)?\s*[:：]?\s*)[A-Za-z0-9][\w-]{4,24}",
    rf"((?:{_ORDERS})码?(?:[:：#是为 ]|\bis\b)*)(?=[A-Za-z-]*\d)[A-Za-z0-9][A-Za-z0-9-]{{3,29}}",
    rf"(\b(?:{_WORDS})s?\s*(?:no\b\.?|number|nr\b\.?|id|#)\s*(?:[:：#]|is\b)*\s*)"
    r"(?=[A-Za-z-]*\d)[A-Za-z0-9][A-Za-z0-9-]{2,29}",
    rf"(\b(?:{_WORDS})s?\s+#?)(?=[A-Z-]*\d)[A-Z0-9][A-Z0-9-]{{4,29}}(?![.,]?\d)",
    rf"((?:{_OF_A_CARD})\s*(?:[:：]|是|is\b)?\s*)(?=[A-Za-z-]*\d)[A-Za-z0-9-]{{5,30}}",
    # Number plates of China and Britain; others after the word. IBAN.
    r"()[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[A-Z][·•. -]?"
    r"(?=[A-Z0-9]*\d)[A-Z0-9]{5,6}(?![A-Z0-9])",
    r"()\b[A-Z]{2}\d{2} ?[A-Z]{3}\b",
    r"((?:车牌号?码?|\b(?:number |licen[cs]e )?plate\b|\breg(?:istration)?\b)"
    r"\s*(?:number|no\.?)?\s*(?:[:：]|是|\bis\b)?\s*)(?=[A-Z -]{0,9}\d)[A-Z0-9][A-Z0-9 -]{3,9}\b",
    r"()\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b",
)
_CAPITALS = (6, 8, 9, 11)  # where small letters would be words
_ALL = [re.compile(r, 0 if i in _CAPITALS else re.I) for i, r in enumerate(_RULES)]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Places of accounts; the first group of each rule is what stands before and is kept."""
    for rule in _ALL:
        for found in rule.finditer(text):
            yield found.end(1), found.end()
