"""Charts of talks, follow-up and price cuts: readable in both languages, few rows and many."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, even, every_chart, steps

from crm_lessons import charts, classification, data, followup, sampling, talk, value

pytestmark = pytest.mark.filterwarnings("error")


def told():
    return talk.turns(data.read("shop_dialogues", schema="dialogues"))


def by_steps(column):
    return talk.outcome_by(talk.steps(told()), column)


def one_chat(*own):
    return pd.DataFrame({"speaker": ["buyer", "agent"] * len(own)}).assign(
        step_a=[step for one in own for step in (None, one)]
    )


def kept():
    chats = talk.steps(told())
    table = sampling.rates(chats["agent"], chats["in_order"])
    return table.set_axis(["n", "count", "share", "lower", "upper"], axis=1).rename_axis("agent")


def people(names, **columns):
    return even(names, **columns)


def listeners(names):
    shares = {name: steps(names, 0.1, 0.9) for name in ("talk_share", "open_share", "taken_up")}
    return people(names, chats=80, **shares)


def in_order(names):
    share = steps(names, 0.2, 1.0)
    return people(names, n=80, share=share, lower=share - 0.1, upper=np.minimum(share + 0.1, 1))


def confused(names):
    return pd.DataFrame(3, index=pd.Index(names, name="type_a"), columns=names)


def heard():
    table = pd.DataFrame({"chats": [80, 40], "talk_share": [0.5, 0.6]}, index=["agent_07", "x"])
    table = table.assign(open_share=[0.5, np.nan], taken_up=[0.4, 0.1])
    return table.rename_axis("agent")


def by_contact(n=1000, most=12, chance=0.05):
    reached = (n * 0.8 ** np.arange(most)).round().astype(int)
    deals = np.maximum((reached * chance).astype(int), 0)
    rows = []
    for k, (here, sold) in enumerate(zip(reached, deals, strict=True), 1):
        rows.append(pd.DataFrame({"contact_no": k, "deal": np.arange(here) < sold}))
    table = pd.concat(rows, ignore_index=True)
    return followup.by_contact(table.assign(ended=""))


def rule(cost, **how):
    seen = followup.smoothed(by_contact(**how))
    return followup.stop_rule(seen, profit=2000, contact_cost=cost)


def cuts(margin):
    at = np.round(np.arange(0, 0.96, 0.01), 2)
    left = (margin - at) / (1 - at)
    more = [float(value.discount_breakeven(margin, float(one))) for one in at]
    return pd.DataFrame({"left": left, "more": more}, index=at)


CHARTS = {
    "steps": ("steps_and_orders", lambda: by_steps("done"), {"before": by_steps("done_before")}),
    "steps, all counted": ("steps_and_orders", lambda: by_steps("done")),
    "a chat": ("chat_steps", lambda: one_chat("greet", "recommend", "ask", "bargain", "farewell")),
    "a chat without steps": ("chat_steps", lambda: one_chat("other", None)),
    "a long chat": ("chat_steps", lambda: one_chat(*talk.STEPS * 8)),
    "order kept": ("step_order", kept),
    "order kept by any names": ("step_order", in_order),
    "order kept by one": ("step_order", lambda: in_order(["agent_07"])),
    "listening": ("talk_and_listening", heard),
    "listening, any names": ("talk_and_listening", listeners),
    "nobody listens": ("talk_and_listening", lambda: heard().assign(taken_up=np.nan)),
    "one listens": ("talk_and_listening", lambda: heard().head(1)),
    "confusion": (
        "label_confusion",
        lambda: classification.crosstab(told()["type_a"], told()["type_b"]),
    ),
    "confusion of any labels": ("label_confusion", confused),
    "no confusion": ("label_confusion", lambda: pd.DataFrame([[5]], index=["a"], columns=["a"])),
    "hazard": ("hazard_and_share", by_contact),
    "hazard, one contact": ("hazard_and_share", lambda: by_contact(most=1)),
    "hazard, forty contacts": ("hazard_and_share", lambda: by_contact(n=10**6, most=40)),
    "hazard, no deal": ("hazard_and_share", lambda: by_contact(chance=0.0)),
    "stop": ("stop_rule", lambda: rule(60), {"contact_cost": 60}),
    "stop at once": ("stop_rule", lambda: rule(900), {"contact_cost": 900}),
    "stop late": ("stop_rule", lambda: rule(1, most=30), {"contact_cost": 1}),
    "stop, one contact": ("stop_rule", lambda: rule(60, most=1), {"contact_cost": 60}),
    "discount": ("margin_after_discount", lambda: cuts(0.4), {"margin": 0.4, "cut": 0.1}),
    "discount, all gone": ("margin_after_discount", lambda: cuts(0.1), {"margin": 0.1, "cut": 0.2}),
    "discount, high": ("margin_after_discount", lambda: cuts(0.9), {"margin": 0.9, "cut": 0.55}),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_a_chat_shows_which_steps_fall_out_of_the_order():
    drawn = charts.chat_steps(one_chat("greet", "recommend", "ask", "bargain", "farewell"))
    path, kept_steps, late = drawn.lines
    assert len(path.get_xdata()) == 5
    assert list(kept_steps.get_ydata()) == [0, 1, 3, 5] and list(late.get_ydata()) == [2]


def test_hazard_and_share_are_drawn_on_scales_of_their_own():
    table = by_contact()
    widths = [bar.get_width() for bar in charts.hazard_and_share(table).patches]
    left, right = widths[: len(table)], widths[len(table) :]
    assert max(left) <= 0 <= min(right)
    assert np.argmin(left) == table["share_of_deals"].argmax()
