"""What the exercises expect, computed from what the lesson binds.

people
    `customers.summarise`: one row per customer (``orders``, ``amount``, ``recency_days``,
    ``tenure_days``).
profit
    `value.profit_of`: the gross profit of each customer so far.
margin
    `value.margin_of`: gross profit as a share of sales.
three
    `value.three_values` of the customers.
scores
    From `buying.Study.customers`: ``frequency``, ``p_alive``, ``alive_known`` by customer.
conversion
    The share of people invited by customers who become customers.
"""

import pandas as pd

from crm_lessons import charts, value, wording
from crm_lessons.course.answers import Answers

from . import facts

YEARLY = 2080.0  # the detergent customer buys for 40 yuan in each of 52 weeks
REVENUE = 62_400.0
KEPT = value.DETERGENT["retention"]
GOAL = 3000.0
CONTACT, RESPONSE = 20.0, 0.01
START, END, NEWCOMERS = 80, 72, 24
TOLD, STAY_AWAY = 15, 0.10
PARTNERS, ADOPTION, BUSINESS = 8, 0.10, 5000.0
ASKING, ANSWERING = 4.5, 0.30
TOP = 10
EACH = 5
ALIVE = 0.5
LONG_SILENCE = 365


def worth(**changed):
    return value.worth(**(value.DETERGENT | changed))


def guess_drawn(*, given, revealed):
    steps = value.fall() if revealed else value.fall().head(1)
    guess = pd.DataFrame({"value": [given * REVENUE]}, index=["guess"])
    table = pd.concat([steps, guess])
    return charts.value_fall(table), charts.value_fall.alt(table)


worth_today_share = Answers(
    right=lambda: worth() / REVENUE,
    wrong={
        "all_of_it": 1.0,
        "margin_only": value.DETERGENT["margin"],
        "retention_once": value.DETERGENT["margin"] * KEPT,
    },
    drawn=guess_drawn,
)

four_years_lost = Answers(
    right=lambda margin: 4 * YEARLY * margin,
    wrong={
        "revenue_for_profit": 4 * YEARLY,
        "one_year_only": lambda margin: YEARLY * margin,
        "thirty_years": lambda margin: REVENUE * margin,
    },
)

worth_at_our_margin = Answers(
    right=lambda margin: worth(margin=margin),
    wrong={
        "revenue_for_profit": lambda: worth(margin=1.0),
        "retention_as_years": lambda margin: YEARLY * margin * 30 * KEPT,
        "leaving_forgotten": lambda margin: worth(margin=margin, retention=1.0),
        "discount_forgotten": lambda margin: worth(margin=margin, discount=0.0),
    },
)

left_after_winning = Answers(
    right=lambda margin: worth(margin=margin) - value.acquisition_cost(CONTACT, RESPONSE),
    wrong={
        "acquisition_forgotten": lambda margin: worth(margin=margin),
        "one_contact_only": lambda margin: worth(margin=margin) - CONTACT,
        "revenue_for_profit": lambda: worth(margin=1.0) - value.acquisition_cost(CONTACT, RESPONSE),
    },
)

how_many_stayed = Answers(
    right=lambda: value.rate(END - NEWCOMERS, START),
    wrong={
        "newcomers_counted": lambda: value.rate(END, START),
        "end_as_base": lambda: value.rate(END - NEWCOMERS, END),
        "leavers_for_stayers": lambda: 1 - value.rate(END - NEWCOMERS, START),
    },
)


def retention_drawn(*, given):
    steps = value.fall(retention=given)
    told = {"retention": given, "value": float(steps["value"].iloc[-1]), "goal": GOAL}
    state = "reached" if told["value"] >= GOAL else "below"
    told["state"] = wording.text(f"07_value.goal_{state}", by=abs(told["value"] - GOAL))
    return charts.value_fall(steps), wording.text("07_value.retention_moved", **told)


def least_retention(**changed):
    """The lowest whole per cent at which the customer is worth the goal."""
    retention = pd.Series(range(1, 101)) / 100
    return float(retention[worth(retention=retention, **changed) >= GOAL].min())


retention_needed = Answers(
    right=lambda: least_retention(),
    wrong={
        "as_it_is": KEPT,
        "discount_forgotten": lambda: least_retention(discount=0.0),
        "everybody_kept": 1.0,
    },
    drawn=retention_drawn,
)

complaint_cost = Answers(
    right=lambda: value.complaint_loss(YEARLY, TOLD, STAY_AWAY, own=True),
    wrong={
        "own_forgotten": lambda: value.complaint_loss(YEARLY, TOLD, STAY_AWAY),
        "own_only": -YEARLY,
        "all_stay_away": lambda: value.complaint_loss(YEARLY, TOLD, 1.0, own=True),
    },
)


def sales_and_profit_limit(people, profit, conversion):
    means = facts.means(people, profit)
    return (means["amount"] + means["profit"]) * conversion


coupon_limit = Answers(
    right=lambda profit, conversion: value.coupon_limit(float(profit.mean()), conversion),
    wrong={
        "revenue_for_profit": lambda people, profit, conversion: (
            facts.means(people, profit)["amount"] * conversion
        ),
        "conversion_forgotten": lambda profit: profit.mean(),
        "amount_and_profit_added": sales_and_profit_limit,
    },
)


def leaders(*, three):
    """The first by revenue × 30, with their place by profit less upkeep; in the order of ids."""
    places = three.rank(ascending=False, method="min")
    first = three.dropna().sort_index().sort_values("long_run", ascending=False, kind="stable")
    table = first.head(TOP)[["long_run", "transactions"]]
    place = places["transactions"].reindex(table.index).astype("int64")
    return table.assign(place_by_profit=place).sort_index()


def of_leaders(condition):
    def chosen(*, three):
        table = leaders(three=three)
        return table.index[condition(table)]

    return chosen


falls_behind = Answers(
    offered=leaders,
    right=of_leaders(lambda table: table["place_by_profit"] > TOP),
    wrong={
        "kept_their_place": of_leaders(lambda table: table["place_by_profit"] <= TOP),
        "half_of_revenue": of_leaders(
            lambda table: table["transactions"] < table["transactions"].median()
        ),
        "losses_only": of_leaders(lambda table: table["transactions"] < 0),
    },
)


def network(**depth):
    return value.network_followers(PARTNERS, ADOPTION, **depth)


network_worth = Answers(
    right=lambda: value.network_value(BUSINESS, network()),
    wrong={
        "first_step_only": lambda: value.network_value(BUSINESS, network(depth=1)),
        "itself_forgotten": lambda: BUSINESS * network(),
        "all_adopt": lambda: value.network_value(BUSINESS, PARTNERS),
    },
)

information_saved = Answers(
    right=lambda people: value.information_value(len(people), ASKING / ANSWERING),
    wrong={
        "answers_free": lambda people: len(people) * ASKING,
        "multiplied_by_response": lambda people: len(people) * ASKING * ANSWERING,
    },
)


def silent(*, people, scores):
    """Some who are likely gone and some who are likely not, of those silent for some time."""
    table = people.join(scores[["frequency", "p_alive", "alive_known"]])
    often = (table["frequency"].fillna(0) >= 2) & table["alive_known"].fillna(False)
    table = table[often & (table["recency_days"] >= 30).fillna(False)].sort_index()
    between = (table["tenure_days"] - table["recency_days"]).astype("float64")
    table["mean_interval"] = (between / table["frequency"]).round(1)
    gone = table[table["p_alive"] < 0.35].sort_values("amount", ascending=False, kind="stable")
    # The hardest to tell: silent for long, but they never bought often.
    still = table[table["p_alive"] > 0.65].sort_values(
        "recency_days", ascending=False, kind="stable"
    )
    listed = pd.concat([gone.head(EACH), still.head(EACH)]).sort_index()
    return listed[["orders", "mean_interval", "recency_days"]]


def of_silent(condition):
    def chosen(*, people, scores):
        table = silent(people=people, scores=scores).join(scores["p_alive"])
        return table.index[condition(table).fillna(False)]

    return chosen


more_likely_gone = Answers(
    offered=silent,
    right=of_silent(lambda table: table["p_alive"] < ALIVE),
    wrong={
        "longest_silence": of_silent(lambda table: table["recency_days"] > LONG_SILENCE),
        "few_orders": of_silent(lambda table: table["orders"] < 10),
        "everybody_silent": of_silent(lambda table: table["recency_days"] > 0),
    },
)
