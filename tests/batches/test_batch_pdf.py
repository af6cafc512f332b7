"""A batch that prints: a PDF beside each page, whole or made anew like every other file."""

import shutil

import pytest
from branches import orders_of

from crm_lessons import runs
from crm_lessons.runs import _printing
from crm_lessons.runs.batches import _folder

chromium = next(filter(None, map(shutil.which, _printing.NAMES)), None)


def test_a_report_is_made_anew_when_another_pdf_is_asked_for(
    tmp_path, lesson, performed, monkeypatch
):
    monkeypatch.setattr(_printing, "chromium", lambda: "chromium")
    for pdf, anew in (("", 1), ("short", 1), ("short", 0), ("whole", 1), ("", 1), ("", 0)):
        performed.clear()
        runs.batch(lesson, [{"name": "a"}], out=tmp_path, pdf=pdf)
        assert len(performed) == anew, pdf


@pytest.mark.skipif(chromium is None, reason="there is no Chromium on this machine")
def test_each_report_has_its_pdf_and_a_spoilt_one_is_made_anew(tmp_path, lesson):
    file = tmp_path / "orders.csv"
    orders_of(["east", "west"]).to_csv(file, index=False)
    out = tmp_path / "out"

    def states():
        made = runs.batch(
            lesson, str(file), by="branch", out=out, jobs=2, language="en", pdf="short"
        )
        return made.runs.set_index("name")["state"].to_dict()

    assert states() == {"east": "made", "west": "made"}
    for name in ("east", "west"):
        made = out / name / f"{name}.pdf"
        assert 1 <= _printing.pages(made.read_bytes()) <= 4
        assert made.name in _folder.done(out, name)[_folder.RUN][_folder.FILES]
    (out / "west" / "west.pdf").write_bytes(b"%PDF broken off")
    assert states() == {"east": "kept", "west": "made"}
