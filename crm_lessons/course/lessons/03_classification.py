"""What the exercises of lesson 03 expect, computed from the bound data.

``lesson.use(...)`` binds, under these names:

people
    `customers.profiles`: one row per customer (``recency_days``, ``orders``, ``amount``, …).
classes
    `classification.study(people, year).classes`: ``abc`` and ``behaviour`` are used.
limits
    `classification.dormancy`: how many are active, dormant and lost at each limit; shown before
    ``calls_limit``.
calls
    How many dormant customers the team can call.
returns
    `classification.curves` of the profit by ``importance`` (vip, important, ordinary); what ten
    more hours win in each class is shown before ``hundred_hours``.

The other exercises are about invented people and prices (`course.invented`), told
in their questions.

Order: ten_people, dormant_limits, calls_limit, rfm_by_hand, opposite, hundred_hours,
price_sensitive, small_customers, car_trade, good_customer, label_at_door; then the quiz.
"""

import pandas as pd

from crm_lessons import classification
from crm_lessons.course._registry import expects, known_wrong, offers
from crm_lessons.course.invented import CARD_WEIGHTS, FIRMS, FIVE, GOODS, OFFERS, ONE_SMALL

TEN = "03_classification.ten_people"
LIMITS = "03_classification.dormant_limits"
CALLS = "03_classification.calls_limit"
RFM = "03_classification.rfm_by_hand"
OPPOSITE = "03_classification.opposite"
HOURS = "03_classification.hundred_hours"
PRICE = "03_classification.price_sensitive"
SMALL = "03_classification.small_customers"
CARD = "03_classification.good_customer"

DEPARTMENTS = (90, 180, 365)  # the days of marketing, after-sales and finance
EACH = 3  # customers of each sort in a table to tick
BLOCK = 10  # hours are given out ten by ten
TOTAL = 100


# Ten people: the definitions of the notes, from the narrowest to the widest (A1.3, A1.2, A1.6).
def _ten(buyers: int, audience: int, served: int) -> pd.DataFrame:
    return pd.DataFrame({"people": {"buyers": buyers, "audience": audience, "served": served}})


# Four bought (one long ago, one a colleague), three may buy; a partner and a colleague do not.
expects(TEN)(lambda: _ten(4, 7, 9))
known_wrong(TEN, "former_left_out")(lambda: _ten(3, 6, 8))
known_wrong(TEN, "colleague_twice")(lambda: _ten(4, 7, 10))
known_wrong(TEN, "hostile_counted")(lambda: _ten(4, 8, 10))
known_wrong(TEN, "cart_counted")(lambda: _ten(5, 7, 9))


def _silent(people: pd.DataFrame) -> pd.Series:
    """Customers who have not bought for more than each department's days."""
    return pd.Series([int((people["recency_days"] > days).sum()) for days in DEPARTMENTS])


def _by_days(silent: pd.Series, changed: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame({"silent": silent, "changed": changed})
    return table.set_axis([f"days_{days}" for days in DEPARTMENTS])


@expects(LIMITS)
def _(*, people):
    silent = _silent(people)
    return _by_days(silent, silent[0] - silent)


@known_wrong(LIMITS, "lost_forgotten")
def _(*, people):
    silent = _silent(people)
    return _by_days(silent - silent[2], silent[0] - silent)


@known_wrong(LIMITS, "actives_counted")
def _(*, people):
    silent = _silent(people)
    return _by_days(people["recency_days"].notna().sum() - silent, silent[0] - silent)


@known_wrong(LIMITS, "row_above")
def _(*, people):
    silent = _silent(people)
    return _by_days(silent, -silent.diff().fillna(0))


@expects(CALLS)
def _(*, limits, calls):
    fitting = limits.index[limits["dormant"] <= calls]
    # The list at the longest limit, if even that is too long.
    return fitting.min() if len(fitting) else limits.index.max()


@known_wrong(CALLS, "standard_kept")
def _():
    return 90


@known_wrong(CALLS, "list_too_long")
def _(*, limits, calls):
    return max(limits.index[limits["dormant"] > calls])


@known_wrong(CALLS, "actives_counted")
def _(*, limits, calls):
    return max(limits.index[limits["active"] <= calls])


@expects(RFM)
def _():
    return classification.rfm(FIVE, bins=5)[["r", "f", "m"]]


@known_wrong(RFM, "more_days_better")
def _():
    return _scores(r=FIVE["recency_days"].rank())


@known_wrong(RFM, "places_for_scores")
def _():
    most_first = FIVE[["orders", "amount"]].rank(ascending=False, method="min")
    return _scores(r=FIVE["recency_days"].rank(), f=most_first["orders"], m=most_first["amount"])


@known_wrong(RFM, "ties_torn")
def _():
    """Of the two with three orders the one who spent more is put above the other."""
    return _scores(f=FIVE["orders"].add(FIVE["amount"] / 1e6).rank())


def _scores(**wrong: pd.Series) -> pd.DataFrame:
    return classification.rfm(FIVE, bins=5)[["r", "f", "m"]].astype("float64").assign(**wrong)


def _in_both(people: pd.DataFrame, classes: pd.DataFrame) -> pd.DataFrame:
    """A few customers of each pair of classes, the largest ones, in the order of their ids."""
    pair = ["abc", "behaviour"]
    table = classes[pair].astype("object").dropna().join(people[["amount", "recency_days"]])
    ranked = table.sort_index().sort_values("amount", ascending=False, kind="stable")
    return ranked.groupby(pair).head(EACH).sort_index()


@offers(OPPOSITE)
def _two_schemes(*, people, classes):
    names = classification.class_names("behaviour")
    return _in_both(people, classes).replace({"behaviour": names})


def _those(condition):
    def chosen(*, people, classes):
        table = _in_both(people, classes)
        return table.index[condition(table["abc"] == "A", table["behaviour"])]

    return chosen


expects(OPPOSITE)(_those(lambda in_a, behaviour: in_a & (behaviour == "lost")))
for _mistake, _condition in {
    "only_a_seen": lambda in_a, behaviour: in_a,
    "only_lost_seen": lambda in_a, behaviour: behaviour == "lost",
    "dormant_too": lambda in_a, behaviour: in_a & (behaviour != "active"),
}.items():
    known_wrong(OPPOSITE, _mistake)(_those(_condition))


@expects(HOURS)
def _(*, returns):
    blocks = returns.assign(half_hours=returns["half_hours"] / BLOCK)
    hours = classification.best_hours(_in_order(blocks), total=TOTAL // BLOCK) * BLOCK
    return hours.to_frame("hours")


@known_wrong(HOURS, "equal_split")
def _(*, returns):
    return pd.DataFrame({"hours": TOTAL / len(returns)}, index=returns.index)


@known_wrong(HOURS, "all_to_best")
def _(*, returns):
    return pd.DataFrame({"hours": TOTAL * (returns.index == "vip")}, index=returns.index)


@known_wrong(HOURS, "by_profit_share")
def _(*, returns):
    return (TOTAL * returns["profit"] / returns["profit"].sum()).to_frame("hours")


@known_wrong(HOURS, "by_heads")
def _(*, returns):
    return classification.even_hours(returns, total=TOTAL).to_frame("hours")


def _in_order(returns: pd.DataFrame) -> pd.DataFrame:
    """Of two classes that win the same, the higher one comes first, however the rows stand."""
    return returns.loc[[name for name in ("vip", "important", "ordinary") if name in returns.index]]


def _earned(price: object, extra: object = OFFERS["extra"], goods: int = GOODS) -> pd.DataFrame:
    return (OFFERS["buyers"] * (price - goods - extra)).to_frame("profit")


expects(PRICE)(lambda: _earned(OFFERS["price"]))
known_wrong(PRICE, "turnover")(lambda: _earned(OFFERS["price"], extra=0, goods=0))
known_wrong(PRICE, "cut_forgotten")(lambda: _earned(100))
known_wrong(PRICE, "extra_forgotten")(lambda: _earned(OFFERS["price"], extra=0))


def _advice(**wrong: float) -> pd.DataFrame:
    return classification.advice_for_small(**{**ONE_SMALL, **wrong}).to_frame("value")


expects(SMALL)(lambda: _advice())
known_wrong(SMALL, "sure_success")(lambda: _advice(upgrade=1))
known_wrong(SMALL, "promotion_free")(lambda: _advice(promotion=0))
known_wrong(SMALL, "service_free")(lambda: _advice(cost_to_serve=0))
known_wrong(SMALL, "all_stay")(lambda: _advice(stay_without=1, stay_light=1))


@expects(CARD)
def _():
    return classification.score(FIRMS, weights=CARD_WEIGHTS).to_frame("score")


@known_wrong(CARD, "late_is_good")
def _():
    points = classification.traits(FIRMS)
    points["payment"] = 1 - points["payment"]
    return sum(points[name] * weight for name, weight in CARD_WEIGHTS.items()).to_frame("score")


@known_wrong(CARD, "equal_weights")
def _():
    return classification.traits(FIRMS)[list(CARD_WEIGHTS)].mean(axis=1).to_frame("score")


@known_wrong(CARD, "match_only")
def _():
    return classification.score(FIRMS, weights={"match": 1.0}).to_frame("score")
