"""Chats of the shop, all invented, one line a turn: shop_dialogues.csv, shop_dialogues_en.csv.

Sentences are put together from the patterns in phrases.json and, in English, phrases_en.json
([a|b] is one of a and b) and belong to nobody. One new colleague goes by the script, one by
feeling. Whether a buyer orders hangs on what they came for, and on being asked before something is
recommended; checking, farewell and follow-up come after the decision and change nothing of it,
though they stand beside it in every table.
"""

import math
import re
from datetime import datetime, timedelta
from random import Random

from making.tables import flag
from making.tongues import Chinese, English

DRAW, DRAW_ABROAD = 1, 1  # of eight tried: one whose figures come out near what was planted
CHATS = {"agent_07": 80, "agent_08": 80, "agent_01": 40, "agent_04": 40}
ABROAD = {"agent_07": 40, "agent_08": 40, "agent_01": 20, "agent_04": 20}  # in English
BY_SCRIPT, BY_FEELING, CANNED_BY = "agent_07", "agent_08", "agent_04"
START, DAYS = datetime(2024, 12, 2, 9), 28
STEPS = ("greet", "ask", "recommend", "bargain", "verify", "farewell", "follow_up")
# How often each takes a step where there is room for it; whether the order is kept; open questions.
HABITS = {
    "agent_07": ((0.97, 0.92, 0.95, 0.85, 0.88, 0.93, 0.62), 0.95, 0.75),
    "agent_08": ((0.60, 0.45, 0.97, 0.75, 0.25, 0.50, 0.12), 0.35, 0.20),
    "agent_01": ((0.90, 0.75, 0.90, 0.80, 0.60, 0.85, 0.35), 0.80, 0.50),
    "agent_04": ((0.90, 0.60, 0.90, 0.80, 0.55, 0.80, 0.30), 0.75, 0.35),
}
TALKATIVE = {"agent_08": 0.75}  # long speeches, of all recommendations
CANNED = {"agent_04": 0.45}  # of all answers to a question, whatever was asked
TYPES = {"calculating": 30, "comparing": 13, "fearful": 24, "curious": 20, "self_doubting": 13}
OWN_TYPE, IN_BETWEEN = 0.8, 0.16  # of typed turns: of the buyer's own type; in between two
TWO_THINGS, SLIPS = 0.28, 0.12  # of buyers' turns: say two things; hold a slip of the keyboard
# How often an agent takes up what the buyer has just said, in the buyer's words.
TAKES_UP = {"agent_07": 0.55, "agent_08": 0.12, "agent_01": 0.40, "agent_04": 0.25}
LEAVES = 0.09  # after each step before the decision
BASE, ASKED_FIRST, INTENT = -0.55, 0.75, 0.9  # log-odds of an order; sd of what buyers came for
DISPUTED = {"verified": 0.06, "not_verified": 0.30}
CUTS = {"agent_07": 0.25, "agent_08": 0.80, "agent_01": 0.45, "agent_04": 0.45}  # gives way
PROMISES = {"free_shipping": 34, "gift": 22, "today": 16, "refund": 18, "price_cover": 10}
PROMISED = {"agent_07": 0.35, "agent_08": 0.80, "agent_01": 0.5, "agent_04": 0.5}
# Two people label; each keeps the true label so often, else takes a neighbour. Where a buyer says
# two things they are of one mind less often, and whoever is not takes the other thing.
KEEPS = {"step": (0.95, 0.91), "type": (0.95, 0.91)}
KEEPS_OF_TWO = (0.80, 0.62)
MISTAKEN = {
    "greet": ("other", "farewell"),
    "ask": ("recommend", "other"),
    "recommend": ("ask", "bargain"),
    "bargain": ("recommend", "other"),
    "verify": ("ask", "follow_up"),
    "farewell": ("follow_up", "other"),
    "follow_up": ("farewell", "verify"),
    "other": ("ask", "greet"),
    "calculating": ("comparing", "neutral"),
    "comparing": ("calculating", "neutral"),
    "fearful": ("curious", "neutral"),
    "curious": ("neutral", "fearful"),
    "self_doubting": ("fearful", "neutral"),
    "neutral": ("curious", "calculating"),
}


class Chat:
    """One chat as it comes about."""

    def __init__(self, rng: Random, agent: str, tongue: Chinese | English) -> None:
        self.rng, self.agent, self.turns = rng, agent, []
        self.tongue, phrases = tongue, tongue.phrases
        self.phrases = phrases
        self.product = rng.choice(list(phrases["goods"]))
        self.price, self.size = phrases["goods"][self.product]
        self.type = rng.choices(list(TYPES), list(TYPES.values()))[0]
        self.named = float(self.price)
        self.at = START + timedelta(
            days=rng.randrange(DAYS), minutes=rng.randrange(13 * 60), seconds=rng.randrange(60)
        )
        self.person = {
            "name": rng.choice(phrases["names"]),
            "phone": f"1200000{rng.randrange(10_000):04d}",  # of no network
            "city": rng.choice(phrases["cities"]),
        }
        road, number = rng.choice(phrases["roads"]), rng.randrange(1, 400)
        city = self.person["city"]
        self.person["address"] = tongue.address(city, road, number, rng)

    def words(self, patterns: list[str]) -> str:
        text = self.rng.choice(patterns)
        text = re.sub(r"\[([^\[\]]*)\]", lambda m: self.rng.choice(m[1].split("|")), text)
        text = text.format(p=self.product, s=self.size, c=round(self.named), **self.person)
        return self.tongue.ended(text, self.rng)

    def say(self, speaker: str, text: str, label: str, **more: object) -> None:
        self.at += timedelta(seconds=round(20 * math.exp(self.rng.gauss(0.3, 0.6))))
        self.turns.append({"speaker": speaker, "text": text, "label": label, "at": self.at, **more})

    def agent_says(self, name: str, step: str, **more: object) -> None:
        text, before = self.words(self.phrases["agent"][name]), self.turns[-1]
        fits = before["speaker"] == "buyer" and name not in ("canned", "greet", "farewell")
        hears = fits and self.tongue.heard(before["text"], Random(0))
        if hears and self.rng.random() < TAKES_UP[self.agent]:
            words = self.tongue.heard(before["text"], self.rng)
            text = self.rng.choice(self.phrases["echo"]).format(heard=words) + text
        elif name not in self.tongue.said_plainly:
            text = self.tongue.around(self.filled("agent_before"), text, "")
        self.say("agent", text, step, **more)

    def filled(self, name: str) -> str:
        """A few words around the sentence, or none."""
        words = self.rng.choice(self.phrases[name])
        return words.format(p=self.product, s=self.size, **self.person)

    def buyer_says(self, kind: str | None = None) -> None:
        """A turn of the buyer's own type, another type, or neutral; now and then two things."""
        if kind is None:
            others = [name for name in TYPES if name != self.type]
            kind = self.type if self.rng.random() < OWN_TYPE else self.rng.choice(others)
        text, more = self.buyers_words(kind), {}
        if self.rng.random() < TWO_THINGS:
            more["also"] = self.rng.choice([name for name in (*TYPES, "neutral") if name != kind])
            both = [text, self.buyers_words(more["also"])]
            self.rng.shuffle(both)
            text = self.tongue.both(both)
        if self.rng.random() < SLIPS:
            text = self.tongue.slipped(text, self.rng)
        self.say("buyer", text, kind, **more)

    def buyers_words(self, kind: str) -> str:
        between = [n for n in self.phrases["buyer"] if "|" in n and kind in n.split("|")]
        two = between and self.rng.random() < IN_BETWEEN
        core = self.words(self.phrases["buyer"][self.rng.choice(between) if two else kind])
        return self.tongue.around(self.filled("before"), core, self.filled("after"))

    def answer(self) -> None:
        """What the agent says to a question, or whatever was asked."""
        if self.rng.random() < CANNED.get(self.agent, 0.0):
            self.agent_says("canned", "other")
        else:
            self.agent_says(self.rng.choice(("shipping", "other")), "other")


def _bargain(chat: Chat) -> None:
    """Once or twice the buyer asks for less; now and then something is promised."""
    rng, own = chat.rng, chat.agent
    if rng.random() < 0.4:
        chat.answer()
        chat.buyer_says()
    for _ in range(rng.choice((1, 1, 2))):
        gives = rng.random() < CUTS[own]
        if gives:
            chat.named = round(chat.named * (1 - rng.choice((0.04, 0.06, 0.1))))
        named = chat.named if gives else None
        chat.agent_says("bargain_cut" if gives else "bargain_hold", "bargain", price=named)
        chat.buyer_says()
    if rng.random() < PROMISED[own]:
        kind = rng.choices(list(PROMISES), list(PROMISES.values()))[0]
        chat.say("agent", chat.words(chat.phrases["agent"]["promise"][kind]), "bargain")
        chat.turns[-1]["promise"] = kind


def _take(chat: Chat, step: str) -> None:
    """One step of the agent, and what the buyer says to it."""
    rng, own = chat.rng, chat.agent
    if step == "ask":
        for _ in range(rng.choice((1, 1, 2))):
            kind = "ask_open" if rng.random() < HABITS[own][2] else "ask_closed"
            chat.agent_says(kind, "ask")
            chat.buyer_says("neutral")
    elif step == "recommend":
        long = rng.random() < TALKATIVE.get(own, 0.0)
        chat.agent_says("recommend_long" if long else "recommend", step, price=float(chat.price))
        chat.buyer_says()
        if rng.random() < 0.8:
            chat.answer()
            chat.buyer_says()
    elif step == "bargain":
        _bargain(chat)
    else:
        chat.agent_says(step, step)
        if step in ("greet", "verify"):
            chat.buyer_says("neutral" if step == "verify" or rng.random() < 0.4 else None)


def _held(rng: Random, agent: str, tongue: Chinese | English) -> dict:
    """A chat from the first word to its end."""
    chat = Chat(rng, agent, tongue)
    does, in_order, _ = HABITS[agent]
    plan = [step for step, share in zip(STEPS[:4], does[:4], strict=True) if rng.random() < share]
    if rng.random() >= in_order and {"ask", "recommend"} <= set(plan):
        a, b = plan.index("ask"), plan.index("recommend")
        plan[a], plan[b] = plan[b], plan[a]
    chat.buyer_says("neutral" if rng.random() < 0.6 else None)
    intent, left, taken = rng.gauss(0, INTENT), False, []
    for step in plan:
        _take(chat, step)
        taken.append(step)
        if rng.random() < LEAVES * math.exp(-0.5 * intent):
            left = True
            break
    first = (
        "ask" in taken and "recommend" in taken and taken.index("ask") < taken.index("recommend")
    )
    odds = BASE + ASKED_FIRST * first + intent
    ordered = not left and rng.random() < 1 / (1 + math.exp(-odds))
    after = {"verify": 1.0, "farewell": 1.0, "follow_up": 1.0} if ordered else {}
    after = after or {"verify": 0.06, "farewell": 0.1 if left else 0.6, "follow_up": 0.3}
    for step, share in zip(STEPS[4:], does[4:], strict=True):
        if rng.random() < share * after[step]:
            _take(chat, step)
            taken.append(step)
    verified = "verify" in taken
    risk = DISPUTED["verified" if verified else "not_verified"]
    disputed = rng.random() < risk if ordered else None
    return {"chat": chat, "taken": taken, "ordered": ordered, "disputed": disputed, "first": first}


def _labels(rng: Random, kind: str, turn: dict) -> tuple[str, str]:
    """What two people call a turn."""
    label, also = turn["label"], turn.get("also")
    return tuple(
        label if rng.random() < keeps else also or rng.choices(MISTAKEN[label], (3, 1))[0]
        for keeps in (KEEPS_OF_TWO if also else KEEPS[kind])
    )


def make(seed: int) -> dict:
    """The chats, and the rows of the table by its name."""
    return _made(Random(f"dialogues {seed} {DRAW}"), CHATS, Chinese(), "D", "shop_dialogues")


def make_abroad(seed: int) -> dict:
    """The same in English, by the same people."""
    rng = Random(f"dialogues abroad {seed} {DRAW_ABROAD}")
    return _made(rng, ABROAD, English(), "E", "shop_dialogues_en")


def _made(
    rng: Random, chats: dict[str, int], tongue: Chinese | English, letter: str, name: str
) -> dict:
    held = [_held(rng, agent, tongue) for agent, many in chats.items() for _ in range(many)]
    held.sort(key=lambda one: one["chat"].turns[0]["at"])
    rows = []
    for number, one in enumerate(held, start=1):
        for place, turn in enumerate(one["chat"].turns, start=1):
            kind = "step" if turn["speaker"] == "agent" else "type"
            first, second = _labels(rng, kind, turn)
            row = {
                "chat_id": f"{letter}{number:03d}",
                "turn": str(place),
                "sent_at": f"{turn['at']:%Y-%m-%d %H:%M:%S}",
                "agent": one["chat"].agent,
                "speaker": turn["speaker"],
                "text": turn["text"],
                **dict.fromkeys(("step_a", "step_b", "type_a", "type_b"), ""),
                "price": f"{turn['price']:g}" if turn.get("price") else "",
                "ordered": flag(one["ordered"]),
                "disputed": "" if one["disputed"] is None else flag(one["disputed"]),
            }
            row[f"{kind}_a"], row[f"{kind}_b"] = first, second
            rows.append(row)
    return {"held": held, "rows": rows, name: rows, "chats": chats, "tongue": tongue}


def _shares(held: list[dict], name: str) -> dict:
    """Orders and disputes of the chats with and without something."""
    counted = {}
    for side, own in (
        ("with", [h for h in held if name in h["taken"]]),
        ("without", [h for h in held if name not in h["taken"]]),
    ):
        orders = [one for one in own if one["ordered"]]
        counted[side] = {
            "chats": len(own),
            "ordered": len(orders),
            "disputed": sum(one["disputed"] for one in orders),
        }
    return counted


def tell(made: dict) -> dict:
    """What was planted, and what came of it."""
    held, rows, chats = made["held"], made["rows"], made["chats"]
    promised = [t["promise"] for one in held for t in one["chat"].turns if "promise" in t]
    said = made["tongue"].phrases["agent"]["canned"][0]
    labelled = {
        kind: [(row[f"{kind}_a"], row[f"{kind}_b"]) for row in rows if row[f"{kind}_a"]]
        for kind in ("step", "type")
    }
    of_two = sum("also" in turn for one in held for turn in one["chat"].turns)
    return {
        "chats": len(held),
        "turns": len(rows),
        "by_script": BY_SCRIPT,
        "by_feeling": BY_FEELING,
        "steps_a_chat": {
            agent: round(
                sum(len(set(h["taken"])) for h in held if h["chat"].agent == agent) / many, 2
            )
            for agent, many in chats.items()
        },
        "open_share_of_questions": {a: HABITS[a][2] for a in HABITS},
        "log_odds_of_an_order": {"asked_before_recommending": ASKED_FIRST, "sd_of_intent": INTENT},
        "asked_first": {
            side: {
                "chats": sum(h["first"] == first for h in held),
                "ordered": sum(h["first"] == first and h["ordered"] for h in held),
            }
            for side, first in (("yes", True), ("no", False))
        },
        "verify": _shares(held, "verify"),
        "disputes": DISPUTED,
        "canned": {"agent": CANNED_BY, "uses": sum(said in row["text"] for row in rows)},
        "promises": {name: promised.count(name) for name in PROMISES},
        "ships_free_anyway": True,
        "labels": {
            kind: {
                "turns": len(own),
                "agree": sum(one == other for one, other in own),
                "each_keeps_the_truth": KEEPS[kind],
            }
            for kind, own in labelled.items()
        },
        "turns_that_say_two_things": of_two,
        "each_keeps_the_truth_of_two_things": KEEPS_OF_TWO,
        "takes_up": TAKES_UP,
        "phone_numbers": sum("1200000" in row["text"] for row in rows),
    }
