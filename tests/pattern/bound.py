"""What the lessons bind for their exercises, from a file of order lines; for the tests.

A lesson with exercises has an entry in `BINDERS`: orders in, the namespace of `lesson.use` out. Of
a lesson from elsewhere (``CRM_LESSONS_LESSONS``) it is what its cells bind when they run on orders.
A binder for a lesson on surveys asks `surveyed` for what the company of these orders has asked:
`service_survey`, `customer_survey`, `jobs_of`.
"""

import contextlib
import functools
import io
import tempfile
from collections.abc import Callable

import numpy as np
import pandas as pd
import surveyed

from crm_lessons import (
    buying,
    classification,
    customers,
    data,
    followup,
    lifecycle,
    loyalty,
    pareto,
    survey,
    talk,
    targeting,
    value,
)
from crm_lessons.course import folders
from crm_lessons.lacking import is_lacking
from crm_lessons.runs import sources

Bound = dict[str, object]


def of_no_orders(bind: Callable[[], Bound]) -> Callable[[object], Bound]:
    """A lesson that hangs on no orders is bound once, whatever orders there are."""
    once = functools.cache(bind)
    return lambda orders: {**once()}


def pareto_data(orders: object) -> dict[str, object]:
    people = customers.summarise(orders)
    before, now = pareto.two_years(orders)
    return {
        "people": people,
        "classes": pareto.abc(people["amount"]),
        "by_profit": pareto.abc(people["profit"]),
        "before": before,
        "now": now,
        "a_share": 0.75,
        "b_share": 0.20,
        "places": 200 if len(people) > 1000 else 20,
    }


def start_data(orders: object) -> dict[str, object]:
    people = customers.summarise(orders)
    return {"classes": pareto.abc(people["amount"]), "places": 20}


def capstone_data(orders: object) -> dict[str, object]:
    people = customers.summarise(orders)
    return {
        "classes": pareto.abc(people["amount"]),
        "silent": people["recency_days"],
        "a_share": 0.75,
        "churn_days": 365,
        "margin": 0.25,
        "price_cut": 0.10,
    }


def classification_data(orders: object) -> dict[str, object]:
    people = customers.profiles(orders)
    year = customers.profiles(orders, since=customers.year_start(orders))
    classes = classification.study(people, year).classes
    return {
        "people": people,
        "classes": classes,
        "importance": classes["importance"],
        "limits": classification.dormancy(people, active_days=90, lost_days=365),
        "calls": 200,
        "lost_days": 365,
        "returns": classification.curves(
            year["profit"],
            classes["importance"],
            winnable=classification.WINNABLE,
            hours_each=classification.HOURS_EACH,
        ),
    }


def value_data(orders: object) -> dict[str, object]:
    shop = getattr(orders, "source", "") == "shop"
    people = customers.profiles(orders, **(data.companions("shop") if shop else {}))
    upkeep = data.read("shop_maintenance", schema="maintenance") if shop else None
    margin = value.margin_of(people, fallback=0.25)
    accounts = customers.corporate(people)
    studied = buying.study(buying.histories(orders, leave_out=accounts))
    scores = studied.known(studied.customers(margin=margin))
    return {
        "todo": scores if is_lacking(scores) else value.actions(people, scores),
        "people": people,
        "profit": value.profit_of(people, margin=margin),
        "margin": margin,
        "conversion": 0.18,
        "three": value.three_values(
            people,
            margin=margin,
            referrers=people.get("referrer_id"),
            maintenance=0.0 if upkeep is None else customers.added(upkeep, "cost"),
        ),
        "scores": scores,
    }


def retention_data(orders: object) -> dict[str, object]:
    shop = getattr(orders, "source", "") == "shop"
    campaigns = data.read("shop_campaigns", schema="campaigns")
    accounts = customers.rows(data.read("shop_accounts", schema="accounts")).index
    spring = customers.rows(data.read("shop_retention_trial", schema="retention_trial"))
    effects = targeting.uplift_by_group(spring, targeting.trial_groups(spring))
    known = customers.rows(data.companions("shop")["customers"])
    apart = {"reachable": known["wecom_friend"], "apart": customers.corporate(known)}
    stand = targeting.study(orders, **(apart if shop else {}))
    measured = targeting.proven(effects) if shop else None
    uplift = targeting.uplift_for(stand.groups, 0.05, measured)
    planned = targeting.plan(stand.stay_value, stand.groups, uplift, score=stand.stay_score)
    return {
        "campaigns": customers.rows(campaigns, key="campaign_id"),
        "new": targeting.first_year(data.read("shop"), leave_out=accounts),
        "regulars": targeting.regulars(customers.summarise(orders)),
        "spring": spring,
        "effects": effects,
        "planned": planned,
        "gain": planned["expected_gain"],
    }


def survey_data(orders: object) -> dict[str, object]:
    found = survey.responses(surveyed.service_survey(orders))
    jobs, scope = surveyed.jobs_of(orders), {"department": "after_sales"}
    of_staff, of_branch = survey.work(jobs, found, where=scope)
    facts = folders.module("09_survey", "facts")
    done = survey.study(found, jobs=of_staff)
    folders.say("09_survey")
    placed = dict(advised=done.advised, covered=done.covered, branch_of=found.branch_of_staff)
    todo = survey.actions(done.focus.people, done.mended, **placed)
    todo = facts.tables.todo(todo)
    return facts.bound(done, jobs=of_branch) | {"todo": todo}


def loyalty_data(orders: object) -> dict[str, object]:
    done = loyalty.study(survey.responses(surveyed.customer_survey(orders)), orders)
    return {
        "people": done.people,
        "found": done.found,
        "classes": done.classes,
        "index": done.index,
        "bought": done.bought,
        "weights": loyalty.EQUAL,
        "todo": loyalty.actions(done.found, done.classes, as_of=done.day, bought=done.bought),
        "loyal_from": 0.75,
        "high_band": 0.70,
        "low_band": 0.30,
    }


def definitions_data(orders: object) -> dict[str, object]:
    facts = folders.module("01_customers", "facts")
    shop = getattr(orders, "source", "") == "shop"
    people = customers.summarise(orders)
    asked = facts.leads(data.companions("shop") if shop else {})
    return {
        "matrix": facts.matrix(),
        "two": facts.two_lists(people, asked),
        "counts": facts.counted(people, asked, None, 365),
        "twelve": facts.twelve(),
        "claims": facts.register(),
    }


def lifecycle_data(orders: object) -> dict[str, object]:
    facts = folders.module("04_lifecycle", "facts")
    shop = getattr(orders, "source", "") == "shop"
    more = data.companions("shop") if shop else {}
    people, known = customers.summarise(orders), lifecycle.study(orders)
    trial = facts.winning.trial_at_hand("shop" if shop else "", "")
    planned = facts.winning.planned(
        known,
        facts.winning.profit_an_order(people, 0.30),
        trial,
        facts.winning.described(more),
        assumed=0.05,
        contact=4.0,
        coupon=20.0,
    )
    return {
        "found": facts.found(known),
        "last": known.last,
        "lost_after": known.limits.lost_after,
        "dormant_after": known.limits.dormant_after,
        "rhythm": known.rhythm,
        "effects": facts.winning.effects(facts.winning.trial_at_hand("shop", "")),
        "shares": facts.shares(known),
        "reminded": facts.paying.reminded(facts.paying.waiting("shop", "")),
        "candidates": facts.winning.candidates(planned),
        "planned": planned,
    }


@of_no_orders
def service_data() -> dict[str, object]:
    """The shop's chats and cases, and the dealers' jobs: they hang on no orders."""
    facts = folders.module("11_service", "facts")
    chats = data.read("shop_messages", schema="messages")
    desk = facts.desk(chats, limit=5.0, peak="", automatic_within=0.0, as_of="")
    held = {
        kind: facts.files.besides("shop_messages", "", {}, schema=kind, first=chats)
        for kind in ("cases", "repairs", "marks")
    }
    cases, jobs = facts.files.cases(held["cases"]), facts.files.jobs(held["repairs"])
    handling = dict(handling=6.0, at_once=2)
    watched = facts.visits.agreement(facts.files.marks(held["marks"]))
    return {
        "shrinkage": 0.15,
        "marks": facts.visits.by_item(watched),
        "day": facts.of_the_day(desk),
        "wanted": 0.80,
        "agents": facts.agents(desk),
        "peak": facts.people.peak(desk, **handling),
        "roster": facts.people.roster(desk, share=0.80, shrinkage=0.15, **handling),
        "reasons": facts.tickets.reasons(facts.tickets.complaints(cases)),
        "todo": facts.tickets.to_close(cases, last=desk.last, limit=50),
        "stages": facts.tickets.stages(facts.tickets.times(jobs)),
    }


@of_no_orders
def talk_data() -> dict[str, object]:
    """The shop's chats and the dealers' follow-up: they hang on no orders."""
    facts = folders.module("12_sales_talk", "facts")
    told = talk.turns(data.read("shop_dialogues", schema="dialogues"))
    contacts = followup.contacts(data.read("dealer_followups", schema="followups"))
    numbers = facts.following.by_contact(contacts)
    profit = facts.following.profit_of(contacts)
    rule = facts.following.rule(numbers, profit=profit, cost=60.0)
    return {
        "heard": facts.listeners(talk.listening(told)),
        "contacts_made": facts.following.counts(numbers),
        "rule": rule,
        "margin": 0.40,
        "cut": 0.10,
        "promotion": facts.pricing.promotion(),
        "waiting": facts.following.waiting(contacts, rule, gap=14),
    }


@of_no_orders
def leads_data() -> dict[str, object]:
    """The shop's leads of companies and its campaigns: they hang on no orders."""
    facts = folders.module("06_identification", "facts")
    table = facts.own.tables(facts.own.SAMPLE, others=())
    held = facts.own.held(table, as_of="", within=60)
    usable = facts.own.usable(facts.own.traces(held), known=(), leave=())
    tested = facts.own.tested(held, usable)
    sums = dict(profit=facts.plan.profit_of(held), cost=60.0, places=200, control=0.2)
    chances = facts.own.chances(table, held, usable, tested)
    promoted = facts.channels.campaigns(facts.channels.SAMPLE, facts.own.SAMPLE)
    return {
        "standing": facts.standing(held),
        "tenths": facts.own.tenths(tested),
        "planned": facts.plan.planned(chances, held, **sums),
        "channels": facts.channels.counts(facts.channels.by_channel(promoted)),
    }


@of_no_orders
def records_data() -> dict[str, object]:
    """The dealers' customer records: they hang on no orders."""
    facts = folders.module("02_information", "facts")
    held = facts.held(data.read("customers_raw", schema="records"), as_of="")
    known = facts.register("")
    return {
        "request": facts.deletion(known, held),
        "move": facts.compared(held, facts.after("customers_raw", "")),
        "alone": facts.alone(held),
        "sizes": facts.apart.sizes(facts.apart.looks(held)),
        "smallest": 5,
        "register": facts.listed(known, held),
    }


BINDERS = {
    "00_start": start_data,
    "01_customers": definitions_data,
    "02_information": records_data,
    "03_classification": classification_data,
    "04_lifecycle": lifecycle_data,
    "05_pareto": pareto_data,
    "06_identification": leads_data,
    "07_value": value_data,
    "08_retention": retention_data,
    "09_survey": survey_data,
    "10_loyalty": loyalty_data,
    "11_service": service_data,
    "12_sales_talk": talk_data,
    "13_capstone": capstone_data,
}


def of(lesson: str, orders: object) -> dict[str, object]:
    """What a lesson binds on these orders."""
    return BINDERS[lesson](orders) if lesson in BINDERS else by_running(lesson, orders)


def by_running(lesson: str, orders: object) -> dict[str, object]:
    """What the cells of a lesson bind; its parameter ``orders`` names the sample or a file."""
    notebook = sources.edition(folders.find(lesson) / folders.SOURCE, "zh")
    first, *rest = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    space: dict[str, object] = {"__name__": "__main__"}
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        exec(first, space)
        if isinstance(orders, pd.DataFrame):
            orders.to_csv("orders.csv", index=False)
            space["orders"] = "orders.csv"
        for code in rest:
            exec(code, space)
    return dict(space["lesson"].session.data)


def the_shop() -> object:
    return data.read("shop")


def another_company(seed: int = 7) -> pd.DataFrame:
    """A smaller, flatter business without refunds: many known mistakes do no harm here."""
    random = np.random.default_rng(seed)
    lines = 1500
    amount = random.gamma(2.0, 150.0, lines).round(2)
    days = random.integers(0, 730, lines)
    return pd.DataFrame(
        {
            "order_id": [f"N{number:05d}" for number in range(lines)],
            "customer_id": [f"{number:03d}" for number in random.integers(0, 90, lines)],
            "order_date": pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D"),
            "amount": amount,
            "profit": (amount * random.uniform(-0.1, 0.5, lines)).round(2),
        }
    )


def one_customer() -> pd.DataFrame:
    """The smallest business there is: every class but A is empty."""
    return another_company().assign(customer_id="001")
