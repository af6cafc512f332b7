"""What reports claim stands beside what was measured: file, page and benchmarks agree."""

import datetime
import importlib
import re

import pytest

from benchmarks.claims import page, shares
from crm_lessons.runs import lessons

MEASURED = page.read()
RUNS = [(name, run) for name, claim in MEASURED.items() for run in claim["runs"]]
LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_was_measured(language):
    """Else run `python -m benchmarks.claims.page`."""
    text = (page.DOCS / language / "claims.md").read_text(encoding="utf-8")
    assert text == page.page(text, MEASURED, language)
    rows = [line for line in text.splitlines() if "`benchmarks.claims." in line]
    assert len(rows) == len(RUNS)


@pytest.mark.parametrize("name", MEASURED)
def test_a_claim_is_told_in_full(name):
    claim = MEASURED[name]
    assert claim["kind"] in ("covers", "errs", "ratio")
    assert set(claim["says"]) == {*LANGUAGES}
    assert {*claim["reports"]} <= {one.partition("_")[0] for one in lessons.names()}
    least, most = claim["asked"]
    assert least <= most and (claim["kind"] == "ratio" or 0 <= least <= most <= 1)
    assert claim["runs"]


@pytest.mark.parametrize(("name", "run"), RUNS)
def test_a_figure_says_of_what_how_often_when_and_by_which_command(name, run):
    assert set(run["truth"]) == {*LANGUAGES} and isinstance(run["date"], datetime.date)
    assert run["trials"] == "exact" or run["trials"] > 0
    assert MEASURED[name]["kind"] == "ratio" or 0 <= run["measured"] <= 1
    command = run.get("command", MEASURED[name]["command"])
    assert importlib.import_module(re.match(r"python -m (benchmarks\.\S+)", command)[1])


def test_a_figure_at_the_end_of_what_is_asked_is_kept_and_beyond_it_is_not():
    claim = {"asked": [0.9, 1]}
    kept = [page.kept(claim, {"measured": value}) for value in (0.9, 0.899, 1.0)]
    assert kept == [True, False, True]


def test_what_is_said_to_be_exact_is_computed_anew():
    def told(name, place):
        return MEASURED[name]["runs"][place]["measured"]

    for place, n in enumerate((10, 30, 100, 300)):
        assert told("share", place) == pytest.approx(shares.share(n).mean(), abs=5e-4)
    assert told("share", 4) == pytest.approx(shares.share(10).min(), abs=5e-4)
    assert told("difference", 1) == pytest.approx(shares.difference(20, 20).min(), abs=5e-4)
    assert told("promoters", 1) == pytest.approx(shares.promoters(10, (0.5, 0.5)), abs=5e-4)
