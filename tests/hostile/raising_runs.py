"""Errors of what is printed, batched and taken along: for each key, what raises it.

A function bears the name of the key that it raises. ``at`` is a `Desk`: an empty folder that is the
current one, and `crm-lessons`.
"""

import sys
from pathlib import Path
from types import SimpleNamespace

from crm_lessons.course import folders, take_home
from crm_lessons.course._session import Session
from crm_lessons.runs.batches import _performing
from crm_lessons.runs.slides import pptx


def pdf_failed(at):
    at.setattr("crm_lessons.runs._printing.chromium", lambda: "no_such_browser")
    at.setattr("crm_lessons.runs.handouts.handout", _as_printed)
    at.type("handout", "05", "--pdf", "--out", "out")


def _as_printed(wanted, **_):
    from crm_lessons.runs import _printing

    return [_printing.printed("<p>", _printing.chromium(), name=f"{wanted.lesson}.html")]


def no_pptx(at):
    at.setitem(sys.modules, "pptx", None)
    pptx.ready()


def nothing_to_take_home(at):
    at.setattr(folders, "module", lambda *_: None)
    take_home.tables(Session("05_pareto", language="zh"))


def take_home_lacks(at):
    take_home.tables(Session("05_pareto", language="zh"))  # nothing is bound


def batch_data_changed(at):
    record = Path("east.json")
    record.write_text('{"data": {"fingerprint": "what was read"}}', "utf-8")
    job = SimpleNamespace(name="east", planned=("what was planned",))
    _performing._check_data(job, SimpleNamespace(json=record))
