"""Each computed sentence of a report has a row that says what it rests on, and each row one."""

import fnmatch
import re
import sys
from pathlib import Path

import pytest
from causal import WORDS

from crm_lessons import wording

sys.path.insert(0, str(Path(__file__).parents[1] / "docs"))
import sentences

pytestmark = pytest.mark.files

TOLD = sentences.read()
LISTED = {f"{subject}.{key}": (text, row) for subject, key, text, row in sentences.listed()}
PARTS = ("says", "true_if", "left_out_if", "never")
# Sentences that speak of cause or effect in order to deny or to suppose it, each read by a person.
DENYING = {
    "09_survey.no_effect": "the effect cannot be seen",
    "10_loyalty.warn_collinear": "which driver works cannot be told",
    "10_loyalty.warn_suppressed": "it warns of reading a cause into it",
}


# Kinds that estimate something, and so carry how many it is of and their doubt as figures.
ESTIMATES = ("share", "association", "design", "before_after", "forecast")
N = re.compile(
    r"\{(n|\w*_n|\w*customers|paying|treated|answered|several|classed|before|leads|count):"
)
ENDS = re.compile(r"\{\w*(lower|least)\w*[:}].*\{\w*(upper|most)\w*[:}]", re.DOTALL)
# What estimates and has no interval of its own, with the reason; a star stands for any ending.
WITHOUT_INTERVAL = {
    "03_classification.kappa": "kappa of these customers, beside the most there could be",
    "04_lifecycle.threshold_open": "its interval is open to one side, which it says",
    "04_lifecycle.trial_bands": "counts the groups by their intervals, which the chart draws",
    "07_value.top_tenth": "says that it is the model's mean and has none",
    "08_retention.trial_groups": "counts the groups by their intervals, which the chart draws",
    "08_retention.trial_money": "made of parts, each with its interval",
    "08_retention.one_by_one": "carries the probability of as good an order by lot",
    "09_survey.effect_*": "follows the sentence that holds both intervals",
    "10_loyalty.*priorities": "names those whose interval lies on one side of the average",
    "buying.model_*": "says that the figures are a rough idea only",
    "buying.spend_*": "as for the model of purchases; where all pay the same nothing is estimated",
}


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_what_is_estimated_carries_its_n_and_its_interval(language):
    """A rate, a mean, an association, a forecast: in every report, not in its findings alone."""
    bare = [
        name
        for name, (text, row) in LISTED.items()
        if row["kind"] in ESTIMATES
        and not (N.search(text[language]) and ENDS.search(text[language]))
        and not any(fnmatch.fnmatchcase(name, way) for way in WITHOUT_INTERVAL)
    ]
    assert bare == []


def test_what_goes_without_an_interval_is_still_there_and_still_does():
    for way in WITHOUT_INTERVAL:
        found = [text for name, (text, _) in LISTED.items() if fnmatch.fnmatchcase(name, way)]
        assert any(not ENDS.search(text["en"]) for text in found), way


# What would have been seen, beside what was not shown.
SEEN = re.compile(r"\{(seen|least|most|points|coverage|needed)[:}]")
WITHOUT_POWER = {
    "09_survey.picked_hides_nothing": "the verdicts it speaks of have theirs beside them",
    "schemes.clusters_not_stable": "says how far the draws agree, which is the test",
    "schemes.clusters_too_small": "names the share that was too small",
}


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_what_was_not_shown_says_what_would_have_been_seen(language):
    bare = {
        name
        for name, (text, row) in LISTED.items()
        if row["kind"] == "not_shown" and not SEEN.search(text[language])
    }
    assert bare == set(WITHOUT_POWER)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_money_that_rests_on_an_assumption_is_not_told_to_the_cent(language):
    assumed = {name: text for name, (text, row) in LISTED.items() if row["kind"] == "assumed"}
    assert len(assumed) >= 10
    assert not [name for name, text in assumed.items() if ".2f" in text[language]]


def test_every_sentence_has_a_row_and_every_row_a_sentence():
    """Add what is missing to docs/sentences.yaml."""
    assert sentences.problems() == []


def test_a_row_is_missed_and_so_is_a_sentence(monkeypatch):
    rows = {"05_pareto": {"gone_sentence": {"kind": "counted"}, "gini": {"kind": "unheard_of"}}}
    monkeypatch.setattr(sentences, "read", lambda: {"kinds": TOLD["kinds"], "rows": rows})
    found = sentences.problems()
    assert "no row for 05_pareto.top_share" in found
    assert "no sentence for the row 05_pareto.gone_sentence" in found
    assert "05_pareto.gini: no kind unheard_of" in found
    assert "no rows for 09_survey" in found


@pytest.mark.parametrize("name", TOLD["kinds"])
def test_a_kind_says_everything_in_both_languages(name):
    kind = TOLD["kinds"][name]
    assert all(set(kind[part]) == {*wording.LANGUAGES} for part in PARTS)
    assert any(row["kind"] == name for _, row in LISTED.values()), "no sentence is of this kind"


def test_a_condition_of_a_row_stands_in_both_languages():
    for name, (_, row) in LISTED.items():
        for part in set(row) - {"kind"}:
            assert part in PARTS and set(row[part]) == {*wording.LANGUAGES}, name


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_words_of_cause_and_effect_stand_only_where_there_is_a_design(language):
    wrong = {
        name: found[0]
        for name, (text, row) in LISTED.items()
        if not TOLD["kinds"][row["kind"]].get("design") and name not in DENYING
        if (found := WORDS[language].search(sentences.PLACE.sub("", text[language])))
    }
    assert not wrong


def test_customers_are_they():
    """Nobody of whom a sentence speaks is he or she."""
    singled = re.compile(r"\b(he|she|him|hers?|his|himself|herself)\b", re.IGNORECASE)
    assert [name for name, (text, _) in LISTED.items() if singled.search(text["en"])] == []


def test_what_denies_a_cause_is_still_there():
    for name in DENYING:
        text, _ = LISTED[name]
        assert any(WORDS[language].search(text[language]) for language in wording.LANGUAGES), name


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_page_shows_every_sentence(language):
    page = sentences.markdown(language)
    assert page.count("\n| ") == len(LISTED) + len(TOLD["kinds"]) + len(TOLD["rows"]) + 1
    assert "{" not in page


def test_no_row_stands_twice():
    """YAML would take the last and say nothing."""
    told = sentences.FILE.read_text(encoding="utf-8").partition("\nrows:\n")[2]
    for part in re.split(r"^  (?=\w)", told, flags=re.MULTILINE):
        names = re.findall(r"^    (\S+): \{", part, re.MULTILINE)
        assert len(names) == len(set(names)), part.partition("\n")[0]
