"""Names so that they can be compared: as typed without titles, and as they sound.

Characters become pinyin (`pypinyin`), so that 張偉, 张玮, "Zhang Wei" and "WEI ZHANG" sound alike;
the words of a sound stand in alphabetical order, for nobody knows which came first.
"""

import re
import unicodedata
from functools import lru_cache

from pypinyin import lazy_pinyin

from crm_lessons.records._values import folded

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_TITLES = re.compile(r"(?:先生|女士|小姐|老师|老板|经理|总|师傅|太太)$")
_TWO = re.compile(
    r"^(?:欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|夏侯|皇甫|尉迟|令狐|慕容|东方|東方|公孙|公孫|司徒)"
)
# Surnames that are read in another way than the same character elsewhere.
_SOUNDS = dict(
    单="shan", 單="shan", 仇="qiu", 曾="zeng", 解="xie", 查="zha", 任="ren", 区="ou", 盖="ge",
    朴="piao", 乐="yue", 尹="yin", 华="hua", 宁="ning", 缪="miao", 翟="zhai", 万="wan", 尉="yu",
)  # fmt: skip


def bare(name: str) -> str:
    """A name without title, spaces and marks; words of other languages stay apart, in lower case.

    >>> bare("张　伟先生"), bare("Zhang  WEI"), bare("阿依古丽·买买提")
    ('张伟', 'zhang wei', '阿依古丽买买提')
    """
    plain = unicodedata.normalize("NFKC", folded(name)).lower()
    if _HAN.search(plain):
        return _TITLES.sub("", re.sub(r"[\W_\d]+", "", plain))
    return " ".join(re.findall(r"[^\W\d_]+", plain))


@lru_cache(maxsize=1 << 18)
def words(name: str) -> tuple[str, str]:
    """How a bare name sounds: surname (empty where the order is not known) and all words in order.

    >>> words("张伟"), words("zhang wei"), words("单雄信"), words("诸葛亮")
    (('zhang', 'wei zhang'), ('', 'wei zhang'), ('shan', 'shan xiongxin'), ('zhuge', 'liang zhuge'))
    """
    if not _HAN.search(name):
        letters = unicodedata.normalize("NFD", name.replace("ü", "v"))
        found = "".join(c for c in letters if not unicodedata.combining(c)).split()
        return "", " ".join(sorted(found))
    two = _TWO.match(name)
    family = two.group() if two else name[0]
    first = "".join(lazy_pinyin(family)) if two else _SOUNDS.get(family) or lazy_pinyin(family)[0]
    given = "".join(lazy_pinyin(name[len(family) :])).replace("ü", "v")
    surname = first.replace("ü", "v").lower()
    return surname, " ".join(sorted(part for part in (surname, given.lower()) if part))
