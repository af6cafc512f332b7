"""Personal data in what people write: numbers, addresses, names and accounts become ***.

By rules, so not certain: a name without a sign of being one (a title, "my name is", "for the
attention of") is not found. Look through a sample before chats leave the house.
"""

import re

MASK = "***"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和"
    "穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢"
    "裴陆荣翁荀羊惠曲封储靳焦巴牧侯宁仇甘厉祖武符刘景詹束龙叶幸司黎薄印白蒲邰从鄂索籍赖卓蔺屠蒙池乔"
    "阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼"
    "容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄东欧利蔚越师巩聂关查荆游权盖益桓公佟涂栾"
)
_DOUBLE = "欧阳|上官|司马|诸葛|夏侯|尉迟|皇甫|公孙|慕容|令狐|司徒|端木|东方|南宫"
_NAME = f"(?:{_DOUBLE}|[{_SURNAMES}])"
_HAN = r"[\u3400-\u9fff]"
_DIGIT = r"[0-9０-９]"
_DAY = r"20\d\d[-./]\d\d?[-./]\d\d?(?!\d)"
_PLACES = "路|街|巷|大道|弄|胡同|村|小区|花园|公寓|苑|里|新城|广场|大厦"
_HOUSE = "号院|号楼|号|弄|栋|幢|座|单元|楼|层|室|房"
_PART = rf"(?![住在到寄址于送至往]){_HAN}"  # of a place, not of "I live in"
_NUMBER = r"[A-Za-z0-9０-９一二三四五六七八九十百甲乙丙丁-]"
_STREETS = "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Way|Square|Boulevard|Blvd"
_END = r"[，。,.！!、 ]|$|电话|手机"
_SAYS = "[Mm]y name is,[Nn]ame:,[Tt]his is,I am,I['’]m,[Rr]ecipient:,[Aa]ttn:"
_CUES = "|".join(f"(?<=\\b{cue} )" for cue in _SAYS.split(","))
_CUES += "".join(f"|(?<=\\b{t} )|(?<=\\b{t}\\. )" for t in ("Mr", "Mrs", "Ms", "Dr"))
_RULES = (
    # Accounts and addresses on the net.
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"(?<=微信)\s*号?(?:[:：是 ]\s*)*[A-Za-z][\w-]{4,19}",
    r"(?i:(?<=\bvx|\bwx|\bqq|微信|id))\s*(?:[:：]|\bis\b)?\s*[A-Za-z0-9][\w-]{4,19}",
    r"(?i:(?<=wechat))\s*(?:id)?\s*(?:[:：]|is)?\s*[A-Za-z][\w-]{4,19}",
    # Number plates; then whatever has seven digits or more: telephones, ids, cards, orders.
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-Z0-9]{5,6}",
    rf"(?:[A-Z]{{1,3}})?(?<!{_DIGIT})(?!{_DAY})[+＋(（]?{_DIGIT}"
    rf"(?:[-–—()（） .]{{0,2}}{_DIGIT}){{6,}}[Xx]?",
    r"[零〇一二三四五六七八九幺两]{7,}",
    # Addresses.
    rf"(?:(?:{_PART}){{2,8}}?(?:省|自治区|市|区|县|镇|乡))*(?:{_PART}){{2,6}}(?:{_PLACES})"
    rf"(?:[ ,，]?{_NUMBER}{{1,5}}(?:{_HOUSE}))+(?:[A-Za-z]?{_DIGIT}{{2,4}})?",
    rf"{_DIGIT}{{1,4}}(?:号楼|栋|幢|座)(?:[ ,，]?{_DIGIT}{{1,4}}(?:{_HOUSE}))*(?:{_DIGIT}{{3,4}})?",
    rf"\b\d{{1,5}}[A-Za-z]?\s+(?:[A-Z][a-z]+\s+){{1,3}}(?:{_STREETS})\b\.?"
    r"(?:,?\s*(?:Apt|Flat|Unit|Room|Suite)\.?\s*\w+)?",
    # Names by what stands beside them.
    rf"(?<=我叫)(?!什么|做){_HAN}{{2,4}}?(?={_END}|收|住)",
    rf"(?:(?<=收件人)|(?<=收货人)|(?<=联系人)|(?<=姓名))[:：是叫 ]*{_HAN}{{2,4}}?(?={_END}|收)",
    rf"(?:(?<=我是)|(?<=[我，,:：。 ]姓)|(?<=我姓)){_NAME}{_HAN}{{0,2}}(?={_END})",
    rf"{_NAME}{_HAN}{{0,2}}(?=先生|女士|小姐|太太|师傅|老师|经理|阿姨|大哥)",
    rf"{_NAME}{_HAN}{{1,2}}(?=收[，。,. ]|收$)",
    rf"(?:{_CUES})[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){{0,2}}",
)
_ALL = [re.compile(rule) for rule in _RULES]


def masked(text: str) -> str:
    """A text with personal data as ``***``.

    Telephone numbers, ids, cards and order numbers (seven digits or more, also apart or written
    out), e-mail, WeChat and QQ accounts, number plates, street addresses, and names beside a title
    or after "我叫", "收件人", "my name is". Prices, sizes and dates of up to six digits stay.

    >>> masked("我叫陶远舟，电话 138-0000-0000，住青禾路12号3栋501室")
    '我叫***，电话 ***，住***'
    >>> masked("My name is Ann Lee, call +44 20 7946 0000"), masked("299元，两件598，500ml")
    ('My name is ***, call ***', '299元，两件598，500ml')
    """
    for rule in _ALL:
        text = rule.sub(MASK, text)
    return text
