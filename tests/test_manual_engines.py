"""What the manual shows of Dask and PySpark runs as it stands, and gives the same customers."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
# What must hold once an example has run.
SAME = """
import pandas as pd
from crm_lessons import customers, data
pd.testing.assert_frame_equal(people, customers.summarise(data.read("shop")))
assert set(classes["class"]) == {"A", "B", "C"}
"""


def blocks(language):
    """The Python examples of the page, in their order."""
    text = (DOCS / language / "big-data.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


def code(block):
    return re.sub(r"\s+#.*", "", block)


def test_both_languages_show_the_same_code():
    assert [*map(code, blocks("en"))] == [*map(code, blocks("zh"))]


@pytest.mark.engines
@pytest.mark.parametrize("engine", ["dask", "pyspark"])
def test_an_example_runs_as_it_stands_and_gives_the_same_customers(engine, tmp_path):
    pytest.importorskip(engine)
    if engine == "pyspark" and shutil.which("java") is None:
        pytest.skip("no java on PATH")
    # One small machine: two hundred partitions of a cluster would take half a minute.
    small = "spark.master local[2]\nspark.ui.enabled false\nspark.sql.shuffle.partitions 2\n"
    small += "spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC\n"
    (tmp_path / "spark-defaults.conf").write_text(small)
    first, *examples = blocks("en")
    (example,) = [block for block in examples if engine in block]
    # A process of its own: a Java machine that another test has started keeps that test's folder.
    subprocess.run(
        [sys.executable, "-c", "\n".join([first, example, SAME])],
        cwd=tmp_path,
        env=os.environ | {"SPARK_CONF_DIR": str(tmp_path)},
        check=True,
    )
