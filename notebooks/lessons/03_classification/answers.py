"""What the exercises expect, computed from what the lesson binds.

people
    `customers.profiles`: one row per customer (``recency_days``, ``orders``, ``amount``, …).
classes
    `classification.study(people, year).classes`: ``abc`` and ``behaviour`` are used.
importance
    Of these classes that by gross profit, without which ``opposite`` is not asked.
limits
    `classification.dormancy`: how many are active, dormant and lost at each limit; shown before
    ``calls_limit``.
calls
    How many dormant customers the team can call.
returns
    `classification.curves` of the profit by ``importance`` (vip, important, ordinary); what ten
    more hours win in each class is shown before ``hundred_hours``.

The other exercises are about invented people and prices, told in their questions: who changes a
figure in `invented` changes it in the question as well.
"""

import pandas as pd

from crm_lessons import classification
from crm_lessons.course.answers import Answers

from .invented import CARD_WEIGHTS, FIRMS, FIVE, GOODS, OFFERS, ONE_SMALL

DEPARTMENTS = (90, 180, 365)  # the days of marketing, after-sales and finance
EACH = 3  # customers of each sort in a table to tick
BLOCK = 10  # hours are given out ten by ten
TOTAL = 100


def ten(buyers, audience, served):
    """Ten people by the definitions of the notes, from the narrowest to the widest."""
    return pd.DataFrame({"people": {"buyers": buyers, "audience": audience, "served": served}})


# Four bought (one long ago, one a colleague), three may buy; a partner and a colleague do not.
ten_people = Answers(
    right=ten(4, 7, 9),
    wrong={
        "former_left_out": ten(3, 6, 8),
        "colleague_twice": ten(4, 7, 10),
        "hostile_counted": ten(4, 8, 10),
        "cart_counted": ten(5, 7, 9),
    },
)


def silent(people):
    """Customers who have not bought for more than each department's days."""
    return pd.Series([int((people["recency_days"] > days).sum()) for days in DEPARTMENTS])


def by_days(silent, changed):
    table = pd.DataFrame({"silent": silent, "changed": changed})
    return table.set_axis([f"days_{days}" for days in DEPARTMENTS])


def from_first(silent, shown):
    return by_days(shown, silent[0] - silent)


def actives_counted(people):
    bought = people["recency_days"].notna().sum()
    return from_first(silent(people), bought - silent(people))


dormant_limits = Answers(
    right=lambda people: from_first(silent(people), silent(people)),
    wrong={
        "lost_forgotten": lambda people: from_first(
            silent(people), silent(people) - silent(people)[2]
        ),
        "actives_counted": actives_counted,
        "row_above": lambda people: by_days(silent(people), -silent(people).diff().fillna(0)),
    },
)


def first_short_list(*, limits, calls):
    fitting = limits.index[limits["dormant"] <= calls]
    # The list at the longest limit, if even that is too long.
    return fitting.min() if len(fitting) else limits.index.max()


calls_limit = Answers(
    right=first_short_list,
    wrong={
        "standard_kept": 90,
        "list_too_long": lambda limits, calls: max(limits.index[limits["dormant"] > calls]),
        "actives_counted": lambda limits, calls: max(limits.index[limits["active"] <= calls]),
    },
)


def scores(**wrong):
    return classification.rfm(FIVE, bins=5)[["r", "f", "m"]].astype("float64").assign(**wrong)


def places():
    most_first = FIVE[["orders", "amount"]].rank(ascending=False, method="min")
    return scores(r=FIVE["recency_days"].rank(), f=most_first["orders"], m=most_first["amount"])


rfm_by_hand = Answers(
    right=lambda: classification.rfm(FIVE, bins=5)[["r", "f", "m"]],
    wrong={
        "more_days_better": lambda: scores(r=FIVE["recency_days"].rank()),
        "places_for_scores": places,
        # Of the two with three orders the one who spent more is put above the other.
        "ties_torn": lambda: scores(f=FIVE["orders"].add(FIVE["amount"] / 1e6).rank()),
    },
)


def in_both(people, classes):
    """A few customers of each pair of classes, the largest ones, in the order of their ids."""
    pair = ["abc", "behaviour"]
    table = classes[pair].astype("object").dropna().join(people[["amount", "recency_days"]])
    ranked = table.sort_index().sort_values("amount", ascending=False, kind="stable")
    return ranked.groupby(pair).head(EACH).sort_index()


def two_schemes(*, people, classes):
    names = classification.class_names("behaviour")
    return in_both(people, classes).replace({"behaviour": names})


def of_both(condition):
    def chosen(*, people, classes):
        table = in_both(people, classes)
        return table.index[condition(table["abc"] == "A", table["behaviour"])]

    return chosen


opposite = Answers(
    offered=two_schemes,
    right=of_both(lambda in_a, behaviour: in_a & (behaviour == "lost")),
    wrong={
        "only_a_seen": of_both(lambda in_a, behaviour: in_a),
        "only_lost_seen": of_both(lambda in_a, behaviour: behaviour == "lost"),
        "dormant_too": of_both(lambda in_a, behaviour: in_a & (behaviour != "active")),
    },
    needs=("importance",),
)


def in_order(returns):
    """Of two classes that win the same, the higher one comes first, however the rows stand."""
    return returns.loc[[name for name in ("vip", "important", "ordinary") if name in returns.index]]


def best_in_blocks(*, returns):
    blocks = returns.assign(half_hours=returns["half_hours"] / BLOCK)
    hours = classification.best_hours(in_order(blocks), total=TOTAL // BLOCK) * BLOCK
    return hours.to_frame("hours")


hundred_hours = Answers(
    right=best_in_blocks,
    wrong={
        "equal_split": lambda returns: pd.DataFrame(
            {"hours": TOTAL / len(returns)}, index=returns.index
        ),
        "all_to_best": lambda returns: pd.DataFrame(
            {"hours": TOTAL * (returns.index == "vip")}, index=returns.index
        ),
        "by_profit_share": lambda returns: (
            TOTAL * returns["profit"] / returns["profit"].sum()
        ).to_frame("hours"),
        "by_heads": lambda returns: classification.even_hours(returns, total=TOTAL).to_frame(
            "hours"
        ),
    },
)


def earned(price, extra=OFFERS["extra"], goods=GOODS):
    return (OFFERS["buyers"] * (price - goods - extra)).to_frame("profit")


price_sensitive = Answers(
    right=earned(OFFERS["price"]),
    wrong={
        "turnover": earned(OFFERS["price"], extra=0, goods=0),
        "cut_forgotten": earned(100),
        "extra_forgotten": earned(OFFERS["price"], extra=0),
    },
)


def advice(**wrong):
    return classification.advice_for_small(**{**ONE_SMALL, **wrong}).to_frame("value")


small_customers = Answers(
    right=lambda: advice(),
    wrong={
        "sure_success": lambda: advice(upgrade=1),
        "promotion_free": lambda: advice(promotion=0),
        "service_free": lambda: advice(cost_to_serve=0),
        "all_stay": lambda: advice(stay_without=1, stay_light=1),
    },
)


def late_is_good():
    points = classification.traits(FIRMS)
    points["payment"] = 1 - points["payment"]
    return sum(points[name] * weight for name, weight in CARD_WEIGHTS.items()).to_frame("score")


good_customer = Answers(
    right=lambda: classification.score(FIRMS, weights=CARD_WEIGHTS).to_frame("score"),
    wrong={
        "late_is_good": late_is_good,
        "equal_weights": lambda: (
            classification.traits(FIRMS)[list(CARD_WEIGHTS)].mean(axis=1).to_frame("score")
        ),
        "match_only": lambda: classification.score(FIRMS, weights={"match": 1.0}).to_frame("score"),
    },
)
