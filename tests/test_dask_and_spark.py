"""Dask and PySpark give the same customers as all other engines, and as the manual shows them.

The examples of the manual run as they stand: their Spark session is that of all tests here, for a
Java machine takes long to start, and keeps the folder in which it was started.
"""

import os
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from test_engines import CALLS, LINES

from benchmarks import lines as made
from crm_lessons import data, records
from crm_lessons.customers import buying_days, cohort_counts, last_spells, repeats_by_day, summarise

DOCS = Path(__file__).parent.parent / "docs"
# Their own plans take seconds; the last call holds a period and a part of the lines as well.
FEW = {name: CALLS[name] for name in ("plain", "by", "all")}
# One small machine: two hundred partitions of a cluster would take half a minute. It lives for
# seconds: to compile less and collect more simply halves them.
SMALL = """
spark.master local[2]
spark.ui.enabled false
spark.sql.shuffle.partitions 2
spark.sql.session.timeZone Asia/Shanghai
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
"""


def blocks(language):
    """The Python examples of the page, in their order."""
    text = (DOCS / language / "big-data.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def code(block):
    return re.sub(r"\s+#.*", "", block)


def test_both_languages_of_the_manual_show_the_same_code():
    assert [*map(code, blocks("en"))] == [*map(code, blocks("zh"))]


def example(engine):
    """The names that the manual's example binds, run in this folder."""
    first, *examples = blocks("en")
    (shown,) = [block for block in examples if engine in block]
    names: dict[str, object] = {}
    exec(first + shown, names)
    return names


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What the example of PySpark binds; its session serves all tests."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("no java on PATH")
    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(SMALL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", os.fspath(folder))
        patch.chdir(folder)
        names = example("pyspark")
        yield names
        names["spark"].stop()


@pytest.fixture
def spark(shown):
    return shown["spark"]


def same_as_of_the_shop(names):
    pd.testing.assert_frame_equal(names["people"], summarise(data.read("shop")))
    assert set(names["classes"]["class"]) == {"A", "B", "C"}


@pytest.mark.engines
def test_the_example_of_pyspark_gives_the_same_customers(shown):
    same_as_of_the_shop(shown)


@pytest.mark.engines
def test_the_example_of_dask_gives_the_same_customers(tmp_path, monkeypatch):
    pytest.importorskip("dask")
    monkeypatch.chdir(tmp_path)
    same_as_of_the_shop(example("dask"))


@pytest.mark.engines
@pytest.mark.parametrize("call", FEW.values(), ids=FEW)
def test_dask_in_several_partitions_gives_the_same_customers(call):
    dd = pytest.importorskip("dask.dataframe")
    frame = dd.from_pandas(LINES.to_pandas(), npartitions=3)
    pd.testing.assert_frame_equal(summarise(frame, **call), summarise(LINES, **call))
    call = {name: value for name, value in call.items() if name != "by"}
    for count in (buying_days, repeats_by_day, cohort_counts):
        pd.testing.assert_frame_equal(count(frame, **call), count(LINES, **call))


@pytest.mark.engines
@pytest.mark.parametrize("call", FEW.values(), ids=FEW)
def test_pyspark_gives_the_same_customers(call, spark):
    frame = spark.createDataFrame(LINES.to_arrow()).repartition(3)
    pd.testing.assert_frame_equal(summarise(frame, **call), summarise(LINES, **call))
    call = {name: value for name, value in call.items() if name != "by"}
    for count in (buying_days, last_spells, cohort_counts):
        pd.testing.assert_frame_equal(count(frame, **call), count(LINES, **call))


@pytest.fixture(scope="module")
def million(tmp_path_factory):
    """A million lines in a file, and their customers."""
    file = made.parquet(tmp_path_factory.mktemp("million"), 1_000_000)
    return file, summarise(file)


@pytest.mark.engines
def test_dask_gives_the_same_customers_of_a_million_lines(million):
    dd = pytest.importorskip("dask.dataframe")
    frame = dd.read_parquet(million[0]).repartition(npartitions=4)
    pd.testing.assert_frame_equal(summarise(frame), million[1])


@pytest.mark.engines
def test_pyspark_gives_the_same_customers_of_a_million_lines(million, spark):
    frame = spark.read.parquet(str(million[0])).repartition(3)
    pd.testing.assert_frame_equal(summarise(frame), million[1])


@pytest.mark.engines
def test_spark_finds_the_same_records_of_one_person(spark):
    pytest.importorskip("splink")
    people = pd.DataFrame(
        {
            "record_id": ["1", "2", "3", "4"],
            "name": ["张伟", "Zhang Wei", "李娜", "张伟"],
            "phone": ["13491234567", "134-9123-4567", "13497654321", None],
            "birthday": ["1985-03-07", "1985年3月7日", "1990-01-02", "1985-03-08"],
            "address": ["青石街2号3栋501", None, None, "青石街2号3-501"],
        }
    )
    here = records.candidates(people, lowest=0.0)
    there = records.candidates(people, lowest=0.0, spark=spark)
    assert len(here) == 2
    pd.testing.assert_frame_equal(here, there)
