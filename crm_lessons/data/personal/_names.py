"""Names by what stands beside them: a title, 我叫, "my name is", the signature of a letter."""

import re
from collections.abc import Iterator

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
_END = r"(?=[，。,.！!、；;：:？?～~ （(\n\d]|$|电话|手机|[收住的啊呀哦呢哈吧在想就来]|为您)"
_STOP = r"(?=[，。,.！!、；;：:？?～~ （(\n]|$|电话|手机|为您|在的|来)"
_TITLES = "先生|女士|小姐|太太|师傅|老师|经理|阿姨|大哥|大姐|叔叔|同学|医生|教授|总监"
# Words that begin like a name and are none, before a title.
_NOT = "单身|老|新|小|大|女|男|高级|店铺|万能|双|全|何|安|温柔|时尚|成熟|年轻|和|与|向|从|于|常|乐"
_WORD = r"[A-Z][\w'’-]*[a-z][\w'’-]*"
_FULL = rf"{_WORD}(?:\s+(?:[A-Z]\.\s+|(?:van|von|de|da|la)\s+)?{_WORD}){{0,2}}"
_IS_NOT = (
    "(?!(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August"
    "|September|October|November|December|Chinese|British|English|American|German|French|Great"
    "|Perfect|Good|Fine|Very|Sorry|Happy|There|Sir|Madam|Team|All|Everyone|Customer|Not|Just|Really"
    "|The|It|What|Yes|No|Ok|Okay|Thanks|We|You|Double)\\b)"
)
_SAYS = r"[Tt]his is|[Ii] am|[Ii]['’]m|[Cc]all me|[Aa]sk for|[Ss]peak(?:ing)? (?:to|with)|[Nn]amed"
_SAYS += r"|[Hh]i|[Hh]ello|[Dd]ear"
_LABELS = (
    r"[Rr]ecipient|[Aa]ttn|[Aa]ttention|[Nn]ame|[Cc]ontact|[Cc]onsignee"
    r"|[Ss]hip to|[Dd]eliver to"
)
_SIGNED = r"[Rr]egards|[Bb]est wishes|[Ss]incerely|[Yy]ours truly|[Cc]heers|[Ll]ove"
_LITTLE = "and|from|but|i|the|on|in|not|a|with|so|is|you|it|please|can|at|or|for|my"
_RULES = (
    rf"(我叫|名叫|名字叫|名字是|名字[:：]|本人)(?!什么|做|我|已|是|一声|一下|来|去|在|不|也|没|有|就)"
    rf"{_HAN}{{1,2}}[·•]?{_HAN}{{0,6}}?{_END}",
    rf"(叫我){_NAME}{_HAN}{{1,2}}{_END}",
    rf"((?:收[件货]人|收件|联系人|姓名|客户名|户名|持卡人)[:：是叫为 ]*)(?!信息|地址|电话|手机)"
    rf"{_HAN}{{2,4}}?{_END}",
    rf"((?:我是|这里是|[贵敝我]姓|[，,:：。！! \n]姓|^姓)\s?){_NAME}{_HAN}{{0,2}}{_STOP}",
    rf"(){_NAME}(?!老客户|{_HAN}?(?:{_NOT})(?:{_TITLES})){_HAN}{{0,2}}(?={_TITLES})",
    rf"((?:我是|叫我|找|客服|联系|请问是)?)(?<![大减缩太最更])[小老阿](?!的|时|样|心|贴|费|区|件){_NAME}"
    rf"{_STOP}",
    rf"(){_NAME}{_HAN}{{1,2}}(?=收(?:[，。,. ]|$))",
    rf"(\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Mx)\b\.?\s+){_WORD}(?:\s+{_WORD}){{0,2}}",
    rf"(\b(?:{_SAYS})\s+){_IS_NOT}{_FULL}",
    rf"(\b(?:{_LABELS})\s*[:：]\s*){_FULL}",
    rf"(\b(?:[Mm]y name is|[Mm]y name['’]s|[Nn]ame is|I am called|I['’]m called)\s+)"
    rf"(?:(?!(?:{_LITTLE})\b)[\w'’-]+)(?:\s+(?!(?:{_LITTLE})\b)[\w'’-]+)?(?:\s+{_WORD})?",
    rf"(\b(?:{_SIGNED}),?\s+){_FULL}",
)
_ALL = [re.compile(rule) for rule in _RULES]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Places of names; the first group of each rule is what stands before and is kept."""
    for rule in _ALL:
        for found in rule.finditer(text):
            yield found.end(1), found.end()
