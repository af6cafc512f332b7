"""What a contact changes, whom to win back, and what that brings."""

import pandas as pd

from crm_lessons import customers, data, lifecycle, sampling, targeting
from crm_lessons.course import parameters
from crm_lessons.lacking import Lacking, is_lacking, passed_on, unless

Sentences = list[tuple[str, dict[str, object]]]
RETURNED = {"treated_share": "returned_treated", "control_share": "returned_control"}
ASKED = 12  # customers of whom the exercise asks


def trial_at_hand(orders: str, source: str) -> pd.DataFrame | Lacking:
    """The trial that goes with the orders, one row per customer."""
    chosen = source or ("shop_winback_trial" if orders == "shop" else "")
    if not chosen:
        return Lacking("no_trial")
    return customers.rows(data.read(chosen, schema="winback_trial"))


@passed_on
def effects(trial: pd.DataFrame) -> pd.DataFrame:
    return lifecycle.changes(trial)


@passed_on
def returned(effects: pd.DataFrame) -> pd.DataFrame:
    """Of `effects`: heads and shares on both sides, without the difference."""
    return effects[[*RETURNED, "treated", "control"]].rename(columns=RETURNED)


@passed_on
def sheet(effects: pd.DataFrame) -> pd.DataFrame:
    """For the workbook: what was counted is a return, not that somebody stayed."""
    return effects.rename(columns=RETURNED)


@passed_on
def measured(effects: pd.DataFrame) -> Sentences:
    """In how many bands contact brought people back beyond chance, and where nothing is shown."""
    gains, loses = effects["lower"] > 0, effects["upper"] < 0
    open_ = effects[~gains & ~loses]
    told = {"bands": len(effects), "gains": int(gains.sum()), "loses": int(loses.sum())}
    said = [("trial_bands", told | {"unclear": len(open_)})]
    if len(open_):
        seen = [
            100 * sampling.detectable(row.treated, row.control, share=row.control_share)
            for row in open_.itertuples()
        ]
        said.append(("trial_unclear", {"least": min(seen), "most": max(seen)}))
    return said


def no_trial(trial: pd.DataFrame | Lacking, assumed: float) -> Sentences:
    return [("no_trial", {"points": 100 * assumed})] if is_lacking(trial) else []


def unused(trial: pd.DataFrame | Lacking, people: pd.DataFrame, **assumed: float) -> Sentences:
    """Assumptions that were given, where the data tell what would have been assumed."""
    known = {"assumed_change": not is_lacking(trial)}
    known["assumed_margin"] = bool(people["profit"].notna().all())
    given = parameters.changed("04_lifecycle", **assumed)
    return [(f"unused_{name}", {"given": assumed[name]}) for name in given if known[name]]


def profit_an_order(people: pd.DataFrame, margin: float) -> pd.Series:
    """Gross profit of an order of each customer, by the margin assumed where it is not told."""
    profit = people["profit"].fillna(people["amount"] * margin)
    return profit / people["orders"].where(people["orders"] > 0)


def described(more: dict[str, data.Table]) -> pd.DataFrame | None:
    return customers.rows(more["customers"]) if "customers" in more else None


def planned(
    known: lifecycle.Study,
    profit: pd.Series,
    trial: pd.DataFrame | Lacking,
    told: pd.DataFrame | None,
    *,
    assumed: float,
    **costs: float,
) -> pd.DataFrame:
    """`lifecycle.winback` of private customers, with what a trial says or else is assumed."""
    apart = [] if told is None else customers.corporate(told)
    change = dict.fromkeys(lifecycle.BANDS, assumed)
    back = 1.0
    if isinstance(trial, pd.DataFrame):
        change = lifecycle.changes(trial)["counted_on"]
        back = lifecycle.orders_when_back(trial, profit)
    return lifecycle.winback(
        known.last.drop(index=known.last.index.intersection(apart)),
        profit,
        known.curve,
        change,
        dormant_after=known.limits.dormant_after,
        orders_if_back=back,
        **costs,
    )


def to_win_back(planned: pd.DataFrame, trial: pd.DataFrame | Lacking, within: int) -> Sentences:
    """Whom it pays to contact, at which cost and for which gain, by trial or assumption."""
    worth = planned[targeting.worth_contacting(planned["expected_gain"])]
    told = {
        "n": len(planned),
        "contact": len(worth),
        "cost": float(worth["contact_cost"].sum()),
        "gain": sampling.rough(float(worth["expected_gain"].sum())),
        "within": within,
    }
    say = {"say": "to_win_back_assumed"} if is_lacking(trial) else {}
    return [("to_win_back", told | say)]


@passed_on
def gain_range(effects: pd.DataFrame, planned: pd.DataFrame, **costs: float) -> Sentences:
    """What those worth a contact bring in all, with the change at both ends of its interval."""
    count = int(targeting.worth_contacting(planned["expected_gain"]).sum())
    least, most = sampling.carried(*lifecycle.gain_range(planned, effects, **costs))
    told = {"contact": count, "least": least, "most": most}
    return [("gain_range", told)] if count else []


def candidates(planned: pd.DataFrame) -> pd.DataFrame | Lacking:
    """Twelve of the silent for the exercise: the highest gains, and others down to the lowest."""
    own = planned.dropna(subset=["expected_gain"])
    others = own.iloc[ASKED // 2 :: max(1, len(own) // (ASKED // 2))]
    some = pd.concat([own.head(ASKED // 2), others.tail(ASKED // 2)]).sort_index()
    return unless(len(some) > 1, some, "nobody_silent")
