"""What the exercises of lesson 07 expect, computed from the bound data.

``lesson.use(...)`` binds, under these names:

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

from collections.abc import Callable

import pandas as pd

from crm_lessons import charts, value, wording
from crm_lessons.course._registry import draws, expects, known_wrong, offers

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

GUESS = "07_value.worth_today_share"
LOST = "07_value.four_years_lost"
OURS = "07_value.worth_at_our_margin"
WON = "07_value.left_after_winning"
STAYED = "07_value.how_many_stayed"
NEEDED = "07_value.retention_needed"
COMPLAINT = "07_value.complaint_cost"
COUPON = "07_value.coupon_limit"
BEHIND = "07_value.falls_behind"
NETWORK = "07_value.network_worth"
INFORMATION = "07_value.information_saved"
GONE = "07_value.more_likely_gone"


def _wrong(item: str, **mistakes: Callable[..., float]) -> None:
    for mistake, answer in mistakes.items():
        known_wrong(item, mistake)(answer)


def _worth(**changed: float | pd.Series) -> float | pd.Series:
    return value.worth(**(value.DETERGENT | changed))


@draws(GUESS)
def _guessed(*, given, revealed):
    steps = value.fall() if revealed else value.fall().head(1)
    guess = pd.DataFrame({"value": [given * REVENUE]}, index=["guess"])
    table = pd.concat([steps, guess])
    return charts.value_fall(table), charts.value_fall.alt(table)


@expects(GUESS)
def _():
    return _worth() / REVENUE


@known_wrong(GUESS, "all_of_it")
def _():
    return 1.0


@known_wrong(GUESS, "margin_only")
def _():
    return value.DETERGENT["margin"]


@known_wrong(GUESS, "retention_once")
def _():
    return value.DETERGENT["margin"] * KEPT


@expects(LOST)
def _(*, margin):
    return 4 * YEARLY * margin


_wrong(
    LOST,
    revenue_for_profit=lambda: 4 * YEARLY,
    one_year_only=lambda margin: YEARLY * margin,
    thirty_years=lambda margin: REVENUE * margin,
)


@expects(OURS)
def _(*, margin):
    return _worth(margin=margin)


_wrong(
    OURS,
    revenue_for_profit=lambda: _worth(margin=1.0),
    retention_as_years=lambda margin: YEARLY * margin * 30 * KEPT,
    leaving_forgotten=lambda margin: _worth(margin=margin, retention=1.0),
    discount_forgotten=lambda margin: _worth(margin=margin, discount=0.0),
)


@expects(WON)
def _(*, margin):
    return _worth(margin=margin) - value.acquisition_cost(CONTACT, RESPONSE)


_wrong(
    WON,
    acquisition_forgotten=lambda margin: _worth(margin=margin),
    one_contact_only=lambda margin: _worth(margin=margin) - CONTACT,
    revenue_for_profit=lambda: _worth(margin=1.0) - value.acquisition_cost(CONTACT, RESPONSE),
)


@expects(STAYED)
def _():
    return value.rate(END - NEWCOMERS, START)


_wrong(
    STAYED,
    newcomers_counted=lambda: value.rate(END, START),
    end_as_base=lambda: value.rate(END - NEWCOMERS, END),
    leavers_for_stayers=lambda: 1 - value.rate(END - NEWCOMERS, START),
)


@draws(NEEDED)
def _moved(*, given):
    steps = value.fall(retention=given)
    told = {"retention": given, "value": float(steps["value"].iloc[-1]), "goal": GOAL}
    state = "reached" if told["value"] >= GOAL else "below"
    told["state"] = wording.text(f"value.goal_{state}", by=abs(told["value"] - GOAL))
    return charts.value_fall(steps), wording.text("value.retention_moved", **told)


def _least_retention(**changed: float) -> float:
    """The lowest whole per cent at which the customer is worth the goal."""
    retention = pd.Series(range(1, 101)) / 100
    return float(retention[_worth(retention=retention, **changed) >= GOAL].min())


@expects(NEEDED)
def _():
    return _least_retention()


@known_wrong(NEEDED, "as_it_is")
def _():
    return KEPT


@known_wrong(NEEDED, "discount_forgotten")
def _():
    return _least_retention(discount=0.0)


@known_wrong(NEEDED, "everybody_kept")
def _():
    return 1.0


@expects(COMPLAINT)
def _():
    return value.complaint_loss(YEARLY, TOLD, STAY_AWAY, own=True)


_wrong(
    COMPLAINT,
    own_forgotten=lambda: value.complaint_loss(YEARLY, TOLD, STAY_AWAY),
    own_only=lambda: -YEARLY,
    all_stay_away=lambda: value.complaint_loss(YEARLY, TOLD, 1.0, own=True),
)


@expects(COUPON)
def _(*, profit, conversion):
    return value.coupon_limit(float(profit.mean()), conversion)


@known_wrong(COUPON, "revenue_for_profit")
def _(*, people, profit, conversion):
    return value.told.means(people, profit)["amount"] * conversion


@known_wrong(COUPON, "conversion_forgotten")
def _(*, profit):
    return profit.mean()


@known_wrong(COUPON, "amount_and_profit_added")
def _(*, people, profit, conversion):
    means = value.told.means(people, profit)
    return (means["amount"] + means["profit"]) * conversion


@offers(BEHIND)
def _leaders(*, three):
    """The first by revenue × 30, with their place by profit less upkeep; in the order of ids."""
    places = three.rank(ascending=False, method="min")
    first = three.dropna().sort_index().sort_values("long_run", ascending=False, kind="stable")
    table = first.head(TOP)[["long_run", "transactions"]]
    place = places["transactions"].reindex(table.index).astype("int64")
    return table.assign(place_by_profit=place).sort_index()


def _of_leaders(condition):
    def chosen(*, three):
        table = _leaders(three=three)
        return table.index[condition(table)]

    return chosen


expects(BEHIND)(_of_leaders(lambda table: table["place_by_profit"] > TOP))
for _mistake, _condition in {
    "kept_their_place": lambda table: table["place_by_profit"] <= TOP,
    "half_of_revenue": lambda table: table["transactions"] < table["transactions"].median(),
    "losses_only": lambda table: table["transactions"] < 0,
}.items():
    known_wrong(BEHIND, _mistake)(_of_leaders(_condition))


@expects(NETWORK)
def _():
    followers = value.network_followers(PARTNERS, ADOPTION)
    return value.network_value(BUSINESS, followers)


_wrong(
    NETWORK,
    first_step_only=lambda: value.network_value(
        BUSINESS, value.network_followers(PARTNERS, ADOPTION, depth=1)
    ),
    itself_forgotten=lambda: BUSINESS * value.network_followers(PARTNERS, ADOPTION),
    all_adopt=lambda: value.network_value(BUSINESS, PARTNERS),
)


@expects(INFORMATION)
def _(*, people):
    return value.information_value(len(people), ASKING / ANSWERING)


_wrong(
    INFORMATION,
    answers_free=lambda people: len(people) * ASKING,
    multiplied_by_response=lambda people: len(people) * ASKING * ANSWERING,
)


@offers(GONE)
def _silent(*, people, scores):
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


def _of_silent(condition):
    def chosen(*, people, scores):
        table = _silent(people=people, scores=scores).join(scores["p_alive"])
        return table.index[condition(table).fillna(False)]

    return chosen


expects(GONE)(_of_silent(lambda table: table["p_alive"] < ALIVE))
for _mistake, _condition in {
    "longest_silence": lambda table: table["recency_days"] > LONG_SILENCE,
    "few_orders": lambda table: table["orders"] < 10,
    "everybody_silent": lambda table: table["recency_days"] > 0,
}.items():
    known_wrong(GONE, _mistake)(_of_silent(_condition))
