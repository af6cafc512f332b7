"""Report 12 on one's own files: what is lacking is said, teams differ beyond chance."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from crm_lessons import data, talk
from crm_lessons.course import folders
from crm_lessons.lacking import is_lacking

TEAMS = {"agent_07": "A", "agent_01": "A", "agent_08": "B", "agent_04": "B"}


@pytest.fixture(scope="module")
def facts():
    return folders.module("12_sales_talk", "facts")


@pytest.fixture(scope="module")
def chats(tmp_path_factory):
    """The sample without labels, its agents in two teams: a company's own file."""
    rows = data.read("shop_dialogues", schema="dialogues").lines.collect().to_pandas()
    own = rows[["chat_id", "sent_at", "speaker", "text", "ordered"]]
    file = tmp_path_factory.mktemp("own") / "chats.csv"
    own.assign(team=rows["agent"].map(TEAMS)).to_csv(file, index=False)
    return str(file)


@pytest.fixture(scope="module")
def told(facts, chats):
    return facts.own.turns(facts.own.tables(chats, "dealer_followups", others={}))


def test_a_sample_never_stands_beside_files_of_ones_own(facts, chats):
    tables = facts.own.tables(chats, "dealer_followups", others={})
    assert tables.chats and is_lacking(tables.followups)
    assert facts.own.missing(tables, 3000.0) == [("no_followups", {})]
    both = facts.own.tables("shop_dialogues", "dealer_followups", others={})
    assert both.chats and both.followups and facts.own.missing(both, 3000.0) == []


def test_unlabelled_steps_are_read_and_the_report_says_how_well(facts, told):
    ((key, values),) = facts.own.how_read(told)
    assert key == "steps_read" and 0 < values["lower"] < values["right"] < values["upper"] <= 1
    labels = talk.turns(data.read("shop_dialogues", schema="dialogues"))["step_a"]
    known = told["step_a"].notna() & labels.notna()
    assert (told["step_a"][known] == labels[known]).mean() > 0.9  # it has learnt from these
    assert is_lacking(facts.own.steps(told.assign(step_a=None)))


def test_points_to_practise_stand_by_team_and_not_on_noise(facts, told):
    steps = facts.own.steps(told)
    done = facts.coaching.points(steps, facts.own.heard(told))
    table = facts.coaching.by_team(done, steps)
    less = table[table["verdict"] == "less"]
    assert set(less["branch"]) == {"B"} and "asked_first" in set(less["point"])  # as planted
    rng, named = np.random.RandomState(1), 0
    for _ in range(40):  # teams by lot: somebody is named in one of twenty at most, but for luck
        mixed = rng.permutation(steps["branch"].to_numpy())
        chance = facts.coaching.by_team(done, steps.assign(branch=mixed))
        named += (chance["verdict"] != "alike").any()
    assert named <= 5
    alike = facts.coaching.told(chance.assign(verdict="alike"))
    assert alike[0][0] == "coach_nobody" and alike[0][1]["seen"] > 0


def test_no_name_number_or_address_is_handed_over(facts, told):
    people = folders.module("12_sales_talk", "facts").own.ready_answers(told)
    shown = people.to_csv() + talk.promises(told).to_csv()
    for secret in ("1200000", "陶远舟", "青禾路", "望江街"):
        assert secret not in shown
    assert told["text"].str.contains("1200000").any()


def test_two_observers_of_the_pair_work_agree_as_scikit_learn_counts(facts, tmp_path):
    rng = np.random.RandomState(3)
    items = ["answered", "no_repeat", "asked_when", "way_out"]
    rows = [(str(v), i, bool(rng.rand() < 0.6)) for v in range(12) for i in items]
    one = pd.DataFrame(rows, columns=["visit", "item", "met"]).assign(observer="a")
    flip = rng.rand(len(one)) < 0.15
    two = one.assign(observer="b", met=one["met"] ^ flip)
    file = tmp_path / "marks.csv"
    pd.concat([one, two]).to_csv(file, index=False)
    table = facts.observed.agreement(facts.observed.marks(str(file)))
    assert table.loc["all", "kappa"] == pytest.approx(cohen_kappa_score(one["met"], two["met"]))
    assert is_lacking(facts.observed.marks(""))


def by_agents(shares, n=60):
    """Chats of agents of whom each keeps the order, and takes words up, in such a share."""
    rows = [(who, k < share * n) for who, share in shares.items() for k in range(n)]
    told = pd.DataFrame(rows, columns=["agent", "in_order"])
    up = told["in_order"].astype("float64")
    sizes = {"agent_units": 10, "buyer_units": 10, "questions": 2, "open_questions": 1}
    return told.assign(taken_up=up, talk_share=0.5, open_share=0.5, answers=2, longest=9, **sizes)


@pytest.mark.parametrize(
    ("shares", "named"),
    [
        ({"Lin": 0.60, "Zhou": 0.55, "Wu": 0.50}, {"everybody"}),
        ({"Lin": 0.60, "Zhou": 0.55, "Wu": 0.05}, {"others", "Wu"}),
        ({"Lin": 0.60}, {"everybody"}),
    ],
)
def test_an_agent_of_ones_own_is_named_only_where_the_difference_is_beyond_chance(
    facts, shares, named
):
    chats = by_agents(shares)
    rest = {facts.compared.named(one): one for one in ("everybody", "others")}
    for table in (facts.order_kept(chats, own=True), facts.listeners(chats, own=True)):
        assert {rest.get(one, one) for one in table.index} == named and table.index.name == "agent"
        assert table.iloc[:, 0].sum() == len(chats)
    assert set(facts.order_kept(chats).index) == set(shares)  # invented people bear their names
    teams = chats.assign(branch=np.where(chats["agent"] == "Lin", "A", "B"))
    if len(shares) > 1:
        assert facts.order_kept(teams, own=True).index.to_list() == ["A", "B"]
    for nobody in (chats.assign(agent=None), chats.drop(columns="agent")):
        assert is_lacking(facts.order_kept(nobody, own=True))


def test_where_agents_differ_by_luck_alone_hardly_anybody_is_named(facts):
    rng, named = np.random.RandomState(5), 0
    for _ in range(30):
        chats = by_agents(dict.fromkeys("abcdef", 0.5), n=40)
        chats["in_order"] = rng.rand(len(chats)) < 0.5
        named += len(facts.order_kept(chats, own=True)) > 1
    assert named <= 5
