"""How long does it take to find the records of one person, in how much memory, and how well?

    python -m benchmarks.duplicates                      # 100,000 records
    python -m benchmarks.duplicates --records 1000000 --memory 2GB

Invented people with Chinese names; every fifth is there twice, the second time with a new telephone
number, without a birthday, at another address, or with a name that sounds alike. Needs the extra
`records`.
"""

import argparse
import resource
import time

import numpy as np
import pandas as pd

from crm_lessons import records

SURNAMES = list(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎雷龙史陶贺毛段郝顾龚邵万覃武钱戴严莫孔"
)
GIVEN = list(
    "伟强磊军勇杰涛明超刚平辉鹏华飞斌宇浩凯健俊帆亮成旭宁云泽文志国海峰林龙哲家子建庆芳娜敏静丽艳娟霞秀兰玲燕梅琳雪倩婷慧莹洁雯佳欣怡蕾晨萍红英春月菲彤璐雨思梦诗瑶楠"
)
STREETS = [a + b for a in "梧望青科临长丰海云书渔柳" for b in "桐江石创水安收棠岭院港堤"]
TWICE = 0.2


def people(count: int, seed: int = 22) -> tuple[pd.DataFrame, pd.Series]:
    """So many records, shuffled, and the person of each by record number."""
    rng = np.random.default_rng(seed)
    heads = round(count / (1 + TWICE))
    weights = 1 / np.arange(1, len(SURNAMES) + 1) ** 0.8

    def drawn(what: list[str], size: int, p=None) -> np.ndarray:
        return np.array(what, dtype=object)[rng.choice(len(what), size, p=p)]

    second = np.where(rng.random(heads) < 0.7, drawn(GIVEN, heads), "")
    born = np.datetime64("1946-01-01") + rng.integers(0, 21_300, heads)
    home = drawn(STREETS, heads) + rng.integers(1, 300, heads).astype(str).astype(object) + "号"
    home = home + rng.integers(1, 30, heads).astype(str).astype(object) + "栋"
    home = home + rng.integers(101, 2804, heads).astype(str).astype(object)
    table = pd.DataFrame(
        {
            "person": np.arange(heads),
            "name": drawn(SURNAMES, heads, weights / weights.sum()) + drawn(GIVEN, heads) + second,
            "phone": "1349" + pd.Series(rng.integers(0, 10**7, heads)).astype(str).str.zfill(7),
            "birthday": born.astype(str),
            "address": home,
        }
    )
    table.loc[rng.random(heads) < 0.2, "birthday"] = ""
    table.loc[rng.random(heads) < 0.25, "address"] = ""
    again = table.sample(count - heads, random_state=seed)
    lots = rng.random(len(again))
    again.loc[lots < 0.3, "phone"] = "1349" + pd.Series(
        rng.integers(0, 10**7, len(again)), again.index
    ).astype(str).str.zfill(7)
    again.loc[(lots > 0.3) & (lots < 0.5), "birthday"] = ""
    again.loc[(lots > 0.5) & (lots < 0.7), "address"] = ""
    again["name"] = np.where(rng.random(len(again)) < 0.2, again["name"] + "先生", again["name"])
    both = pd.concat([table, again]).sample(frac=1, random_state=seed).reset_index(drop=True)
    both.insert(0, "record_id", [f"R{n:07d}" for n in range(len(both))])
    return both.drop(columns="person"), both.set_index("record_id")["person"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--memory", default="1GB")
    asked = parser.parse_args()
    table, person = people(asked.records)
    begun, worked = time.perf_counter(), time.process_time()
    prepared = records.comparable(table)
    middle, worked_then = time.perf_counter(), time.process_time()
    pairs = records.candidates(prepared, memory=asked.memory, prepared=True)
    done, worked_now = time.perf_counter(), time.process_time()
    told = records.judged(pairs, person, cuts=(0.5, 0.95))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"records {len(table):,}; pairs {len(pairs):,}; peak {peak:,.0f} MB")
    print(f"made comparable {middle - begun:.1f} s ({worked_then - worked:.1f} s of processor)")
    print(f"compared {done - middle:.1f} s ({worked_now - worked_then:.1f} s of processor)")
    print(told.round(4).to_string())


if __name__ == "__main__":
    main()
