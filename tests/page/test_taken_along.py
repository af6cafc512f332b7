"""The file to take along: made from one's own answers, for nobody else, not before its place."""

import io

import pandas as pd
import pytest
from test_lesson_page import HERE, act, folder, learner, own, sign_in  # noqa: F401 - fixtures

from crm_lessons import customers, data, pareto, wording
from crm_lessons.course._outcome import Outcome
from crm_lessons.course.results import Results

TAKEN = f"{HERE}take-home"
ASKED = ("share_of_top_fifth", "steps_of_abc", "net_sales", "class_counts")


def listed(reply):
    return pd.read_excel(io.BytesIO(reply.content), dtype={"Customer id": str}, engine="calamine")


def through(client):
    for number, item in enumerate(ASKED):
        act(client, do="pass", item=item, id=f"p{number}")


def line_of(place, name, answer, fingerprint):
    told = Results(name, "05_pareto", folder=place, fingerprint=fingerprint)
    told.answered("cut_for_places", answer, Outcome("not_yet", ""))


@pytest.fixture
def shop():
    return customers.summarise(data.read("shop"))["amount"]


def test_it_is_not_there_before_its_place_and_then_follows_the_line_of_whoever_asks(
    learner,  # noqa: F811
    folder,  # noqa: F811
    own,  # noqa: F811
    shop,
):
    amount = shop
    assert learner.get(TAKEN).status_code == 404  # nobody has signed in, nothing is open
    sign_in(learner, "Ann")
    line_of(folder, "Ann", "50%", "")
    assert learner.get(TAKEN).status_code == 404
    through(learner)
    reply = learner.get(TAKEN)
    assert reply.status_code == 200
    assert "attachment" in reply.headers["content-disposition"]
    assert reply.headers["cache-control"] == "no-store"
    found = listed(reply)
    assert len(found) == 200 and found["Customer id"].is_unique
    classes = pareto.abc(amount, a_share=0.5, b_share=0.2)
    in_a = set(classes.index[classes["class"] == "A"])
    assert set(found["Customer id"].head(len(in_a))) == in_a
    with wording.using("en"):
        sellers = set(data.labels("salesperson").values())
    assert set(found["Who"].dropna()) <= sellers and found["Who"].notna().all()
    sign_in(learner, "Bob")  # who has no line of his own: the one that just fits
    through(learner)
    other = listed(learner.get(TAKEN))
    fits = pareto.cut_that_fits(amount, places=200)
    counts = other["Why"].value_counts()
    assert (
        counts["Class A, within the line"]
        == (pareto.abc(amount, a_share=fits, b_share=0.0)["class"] == "A").sum()
    )
    assert counts["Class A, within the line"] > len(in_a)


def test_whoever_follows_the_link_too_soon_reads_a_sentence_and_keeps_no_file(learner):  # noqa: F811
    early = learner.get(TAKEN, headers={"Accept": "text/html,*/*;q=0.8"})
    assert early.status_code == 404
    assert early.headers["content-type"].startswith("text/html")
    assert "There is no such page, or it is not open yet." in early.text
    assert "content-disposition" not in early.headers
