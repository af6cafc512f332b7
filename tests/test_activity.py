"""One state of activity for each customer, and lists that do not contradict one another."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import gamma

from crm_lessons import buying, classification, data, pareto, value
from crm_lessons import customers as rooms


def person(orders, tenure, recency):
    ids = pd.Index([f"{n}" for n in range(len(orders))], name="customer_id")
    table = {"orders": orders, "tenure_days": tenure, "recency_days": recency}
    return pd.DataFrame(table, index=ids)


def often(count=40, orders=5):
    """Customers who came every 20 days and are still coming."""
    return person([orders] * count, [20 * orders] * count, [20] * count)


def test_silence_is_the_tail_of_the_next_interval_given_the_past():
    """The mean of exp(-rate · s) over the rates that are left possible, integrated."""
    base = often()
    one = pd.concat([base, person([4], [300], [90]).set_axis(["own"])])
    r, alpha = buying._activity._rhythm(
        one["orders"] - 1, one["tenure_days"] - one["recency_days"], one["recency_days"]
    )
    rates = gamma(r + 3, scale=1 / (alpha + 210))
    mean, _ = quad(lambda rate: np.exp(-rate * 90) * rates.pdf(rate), 0, rates.ppf(1 - 1e-12))
    assert buying.silence(one)["own"] == pytest.approx(mean, rel=1e-6)


def test_with_few_who_came_back_each_is_held_against_the_own_interval_alone():
    # Nine intervals in 270 days: (270 / (270 + s)) ^ 9 is 1 in 20 at s = 106.6.
    for days, state in ((106, "active"), (107, "silent")):
        assert buying.activity(person([10], [270 + days], [days])).to_list() == [state]


@pytest.mark.parametrize(
    ("tenure", "recency", "state"),
    [(180, 180, "new"), (181, 181, "silent"), (0, 0, "new")],
)
def test_bought_once_is_new_for_half_a_year(tenure, recency, state):
    for orders in (1, 3):  # of one day
        assert buying.activity(person([orders], [tenure], [recency])).to_list() == [state]


def test_nobody_is_silent_before_thirty_days_are_over():
    frame = person([100, 100], [130, 131], [30, 31])
    assert buying.activity(frame).to_list() == ["active", "silent"]


def test_who_has_no_purchase_has_no_state():
    frame = person([3, 0], [90, None], [10, None]).astype("Int64")
    assert buying.activity(frame).to_dict() == {"0": "active"}


def simulated(rng, count, *, early=False):
    """Customers of two years with Gamma rates, who drop out after a purchase; and who is there."""
    rows = []
    for rate, leaves in zip(rng.gamma(0.6, 1 / 40, count), rng.beta(0.8, 2.5, count), strict=True):
        now, days, there = rng.uniform(0, 500), [], True
        while now < 730:
            days.append(int(now))
            if (early or len(days) > 1) and rng.random() < leaves:
                there = False
                break
            now += rng.exponential(1 / max(rate, 1e-9))
        rows.append((len(set(days)), 730 - days[0], 730 - days[-1], there))
    table = pd.DataFrame(rows, columns=["orders", "tenure_days", "recency_days", "there"])
    return table.set_axis([f"{n}" for n in range(count)])


@pytest.mark.parametrize("early", [False, True])
def test_one_active_customer_in_twenty_is_called_silent_with_few_purchases_as_with_many(early):
    """Two average intervals, the rule before, a third of those with two purchases had passed."""
    people = simulated(np.random.default_rng(5), 4000, early=early)
    silent = buying.activity(people) == "silent"
    there = people[people["there"] & (people["orders"] > 1)]
    for low, high in ((2, 2), (3, 4), (5, 1000)):
        some = there[there["orders"].between(low, high)]
        assert len(some) > 100 and silent[some.index].mean() < 0.08
    gone = people[~people["there"] & (people["orders"] > 4)]
    assert silent[gone.index].mean() > 0.5  # and it still finds those who left


# Lists of three lessons, from the same customers on the same day.

SILENT = {"a_silent", "ask_why_silent", "win_back_in_person", "slipping"}
NOT_SILENT = {"thank_in_person", "offer_next_purchase", "widen_the_basket", "keep", "most"}
NOT_SILENT |= {"near_a", "b_replenish"}

companies = st.lists(
    st.tuples(
        st.integers(1, 12),  # orders
        st.integers(1, 200),  # days between them
        st.integers(0, 700),  # days since
        st.floats(1, 1e5).map(lambda x: round(x, 2)),
        st.floats(0.01, 1),
    ),
    min_size=1,
    max_size=60,
)


def lists(people, scores, *, seen=True):
    """The reasons for which each customer stands on the lists of lessons 03, 05 and 07."""
    told = {"as_of": "2026-03-01", "limit": 10_000}
    found = [
        classification.rfm_actions(people, classification.rfm(people), **told),
        pareto.actions(people, pareto.abc(people["amount"]), near=1000, reach=9.0, **told),
        value.actions(people, scores, leaving_seen=seen, **told),
    ]
    rows = pd.concat(one[["customer_id", "reason"]] for one in found)
    return rows.groupby("customer_id")["reason"].agg(set)


def contradicted(reasons):
    return [who for who, had in reasons.items() if had & SILENT and had & NOT_SILENT]


@given(companies, st.booleans(), st.booleans())
def test_no_customer_is_silent_on_one_list_and_not_on_another(rows, seen, known_once):
    orders, between, since, amount, alive = (list(column) for column in zip(*rows, strict=True))
    tenure = [s + b * (o - 1) for o, b, s in zip(orders, between, since, strict=True)]
    people = person(orders, tenure, since).assign(amount=amount)
    scores = pd.DataFrame(
        {
            "frequency": people["orders"] - 1,
            "p_alive": alive,
            "alive_known": (people["orders"] > 1) | known_once,
            "lifetime_value": amount,
        },
        index=people.index,
    )
    reasons = lists(people, scores, seen=seen)
    assert not contradicted(reasons)
    state = buying.activity(people)
    for who, had in reasons.items():
        assert bool(had & SILENT) <= (state[who] == "silent")
        assert bool(had & NOT_SILENT) <= (state[who] != "silent")


def test_the_lists_of_the_shop_agree_and_each_state_is_on_them():
    table = data.read("shop")
    people = rooms.profiles(table, **data.companions("shop"))
    studied = buying.study(buying.histories(table, leave_out=rooms.corporate(people)))
    reasons = lists(people, studied.customers(margin=0.3))
    assert not contradicted(reasons)
    assert sum(bool(had & SILENT) for had in reasons) > 50
    assert sum(bool(had & NOT_SILENT) for had in reasons) > 50
