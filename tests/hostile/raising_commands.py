"""Errors of the commands: for each key, what a person types that raises it.

A function bears the name of the key that it raises. ``at`` is a `Desk`: an empty folder that is the
current one, and `crm-lessons`.
"""

import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import polars as pl
from raising_formulas import LINES

from crm_lessons.course import folders
from crm_lessons.course._telling import Telling
from crm_lessons.data import bounded_yaml
from crm_lessons.page import members

OUT = ("--out", "reports")


def unknown_lesson_near(at):
    at.type("parameters", "pareta")


def unknown_parameter_near(at):
    at.type("report", "05", "-p", "a_shar=0.7", *OUT)


def unknown_parameter(at):
    at.type("report", "05", "-p", "zebra=0.7", *OUT)


def parameters_above_1(at):
    at.type("report", "05", "-p", "a_share=0.9", "-p", "b_share=0.5", *OUT)


def parameter_without_value(at):
    at.type("report", "05", "-p", "a_share", *OUT)


def columns_not_pairs(at):
    at.type("check", "shop", "--columns", "会员号")


def map_needs_yaml(at):
    at.type("map", "shop", "--out", "ours.txt")


def source_file_not_usable(at):
    Path("ours.yaml").write_text("orders: 2025.csv\n", "utf-8")
    at.type("check", "ours.yaml")


def folder_not_usable(at):
    Path("reports").write_text("no folder", "utf-8")
    at.type("report", "05", *OUT)


def file_trouble(at):
    at.setattr("crm_lessons.writing.text", _full_disk)
    Path("answers.csv").write_text("编号,满意吗\n1,5\n2,4\n3,5\n4,3\n", "utf-8")
    at.type("draft", "answers.csv", "--out", "visit.yaml")


def _full_disk(path, *_):
    raise OSError(28, "No space left on device", str(path))


def no_lesson_source(at):
    at.type("build", "77")


def editions_stale(at):
    at.setattr("crm_lessons.runs.editions.stale", lambda: [Path("notebooks/zh/05_pareto.ipynb")])
    at.type("build", "--check")


def run_failed(at):
    at.setattr("papermill.execute_notebook", _half_run)
    at.type("report", "05", *OUT)


def _half_run(_, target, **__):
    Path(target).write_text("{}", "utf-8")
    _no_kernel()


def _no_kernel(*_, **__):
    raise RuntimeError("Kernel died before replying to kernel_info")


def runs_too_long(at):
    Path("runs.yaml").write_text("#" * (bounded_yaml.LARGEST + 1), "utf-8")
    at.type("batch", "05", "runs.yaml", *OUT)


def batch_no_cluster(at):
    def unreachable(_):
        raise OSError("Timed out trying to connect")

    at.setitem(sys.modules, "distributed", SimpleNamespace(Client=unreachable))
    Path("runs.csv").write_text("name\neast\n", "utf-8")
    at.type("batch", "05", "runs.csv", "--dask", "tcp://10.0.0.5:8786", *OUT)


def sheets_of_runs(at):
    with pd.ExcelWriter("runs.xlsx", engine="xlsxwriter") as book:
        for sheet in ("north", "south"):
            runs = pd.DataFrame({"name": [sheet], "a_share": [0.7], "b_share": [0.2]})
            runs.to_excel(book, sheet_name=sheet, index=False)
    at.type("batch", "05", "runs.xlsx", *OUT)


def nickname_unseen(_):
    members.tidy("\u200b-")


def no_such_folder(at):
    at.type("collect", "class")


def lab_missing(at):
    at.setattr("importlib.util.find_spec", lambda *_: None)
    at.type("lab", "--folder", "desk")


def lesson_did_not_run(at):
    at.setattr("nbclient.NotebookClient.execute", _no_kernel)
    at.type("guide", "05", "--out", "out")


def sentence_unknown(_):
    Telling("05_pareto").sentence("top_shares", {})


def sentence_not_filled(_):
    folders.say("05_pareto")
    Telling("05_pareto").sentence("top_share", {"share": 0.5, "n": 9})


def no_guide(at):
    at.setattr("crm_lessons.course.guide.guides", list)
    at.type("guide", "05", "--out", "out")


def nothing_to_hand_in(at):
    at.setenv("CRM_LESSONS_RESULTS", "results")
    at.type("hand-in", "--nickname", "小李")


def draft_exists(at):
    Path("visit.yaml").touch()
    at.type("draft", "answers.csv", "--out", "visit.yaml")


def nothing_to_convert(at):
    pl.from_pandas(LINES).write_parquet("orders.parquet")
    at.type("convert", "orders.parquet", "--out", "out")


def lesson_copied_whole(at):
    at.type("new", "20_ours", "--from", "05", "--language", "zh")


def lesson_incomplete(at):
    from crm_lessons.runs import new_lesson

    at.setenv("CRM_LESSONS_LESSONS", "")
    made = new_lesson.make("20_ours", Path.cwd())
    (made / "sentences.yaml").write_text("again: [", "utf-8")
    at.type("build", str(made))


def unknown_lesson(at):
    at.type("parameters", "99")


def unknown_schema(at):
    at.type("check", "shop", "--as", "invoices")


def lesson_without_report(at):
    at.type("report", "00", *OUT)


def unknown_language(at):
    at.type("lessons", "--language", "fr")


def not_one_select(at):
    asked = '[shop]\nurl = "sqlite:///shop.db"\nqueries.all = "DELETE FROM orders"\n'
    Path("shop.toml").write_text(asked, "utf-8")
    Path("shop.db").touch()
    at.setenv("CRM_LESSONS_CONNECTIONS", "shop.toml")
    at.type("check", "sql:shop/all")


def _refused(at, state):
    """What a database says when it refuses: PostgreSQL tells why by a code of five signs."""
    from sqlalchemy import exc

    def refuses(*_, **__):
        cause = Exception("refused")
        cause.sqlstate = state
        raise exc.OperationalError("", None, cause)

    at.setenv("CRM_LESSONS_CONNECTION_SHOP", "sqlite:///shop.db")
    Path("shop.db").touch()
    at.setattr("sqlalchemy.engine.Engine.connect", refuses)
    at.type("check", "sql:shop/orders")


def no_rights(at):
    _refused(at, "42501")


def cannot_connect(at):
    _refused(at, None)


def query_failed(at):
    _refused(at, "25006")
