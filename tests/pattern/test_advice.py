"""No advice is false: over generated wrong answers of every exercise, what is said is so.

The statements of each advice are checked from the answer as it was handed in and the right one,
without the code that chose the advice.
"""

import contextlib
import itertools
import json
import math
import random

import pandas as pd
import pytest
from test_exercises import ITEMS, bind

from crm_lessons import wording
from crm_lessons.course import _checking, exercise, kinds
from crm_lessons.course._answers import Unreadable
from crm_lessons.course.item import Tolerance

FACTORS = (-1, 100, 0.01, 1e4, 1e-4, 1.004, 0.993, 1.02, 0.98, 1.3, 0.5, 2, 110, 0.011, -1.05)


@pytest.fixture(autouse=True)
def in_english():
    with wording.using("en"):
        yield


def figures_about(right, rng):
    """Figures that differ from the right one in the ways in which people go wrong, and others."""
    yield from (right * factor for factor in FACTORS)
    yield from (right + shift for shift in (1, -1, 5, 0.01, -0.03, 30, rng.uniform(-80, 80)))
    yield from (1 - right, 0.0, rng.uniform(0, 1), rng.uniform(0, 2) * right, right / 3)


def subsets(members, rng, most=40):
    every = [set(s) for n in range(len(members) + 1) for s in _drawn(members, n, most)]
    return rng.sample(every, min(len(every), most))


def _drawn(members, many, most):
    return itertools.islice(itertools.combinations(sorted(members), many), most)


def wrong_answers(item, right, offered, rng):
    """Pairs of an answer as handed in and the same as plain values."""
    if item.rubric or item.ledger:
        ways = texts_with_points if item.rubric else ways_through_a_ledger
        yield from ways(item, right, rng)
    elif item.columns:
        cells = list(right)
        for places in (reversed(item.rows), rng.sample(list(item.rows), len(item.rows))):
            turned = dict(zip(item.rows, places, strict=True))
            yield {(row, column): right[turned[row], column] for row, column in cells}
        for cell in cells:
            yield from ({**right, cell: one} for one in figures_about(right[cell], rng))
        for factor in FACTORS:
            yield {cell: value * factor for cell, value in right.items()}
        yield {cell: rng.choice(list(right.values())) for cell in cells}
    elif item.figure:
        yield from figures_about(right, rng)
    elif offered is not None:
        ids = [str(one).upper() for one in offered.index]
        yield from subsets(ids, rng, 60)
        yield from ({*right} - {one} for one in right)
        yield from ({*right, one} for one in ids)
        yield from ({one.lstrip("0") for one in right}, {f"0{one}" for one in right})
    elif isinstance(right, tuple):
        yield right[::-1]
        yield from (tuple(rng.sample(right, len(right))) for _ in range(200))
        yield from (
            (*right[:i], right[i + 1], right[i], *right[i + 2 :]) for i in range(len(right) - 1)
        )
    elif isinstance(right, frozenset):
        yield from subsets(item.options, rng)
    else:
        yield from item.options


def texts_with_points(item, right, rng):
    """Texts in which some of the points are found, and one in which none is."""
    kind = kinds.of(item)
    for some in subsets(set(item.rubric["points"]), rng, 60):
        if some:
            yield kind.wanted({"found": sorted(some)}, item)
    yield kind.read("xyz xyz xyz", item)[0]


def ways_through_a_ledger(item, right, rng):
    """Some of the right steps, in any order, as another person or at another record."""
    kind, steps = kinds.of(item), [dict(one) for one in right.steps]
    records = list(item.ledger["records"])
    for _ in range(100):
        some = [dict(one) for one in rng.sample(steps, rng.randint(0, len(steps)))]
        for one in some:
            if rng.random() < 0.2:
                one["as"] = rng.choice(["clerk", "manager"])
            if rng.random() < 0.2 and one["do"] in ("update", "delete"):
                one["record"] = rng.choice(records)
        with contextlib.suppress(Unreadable):
            yield kind.read(some, item)[0]


def handed_in(item, answer, bare=False):
    if item.ledger or item.rubric:
        return kinds.of(item).given(answer, item)
    if item.columns:
        return {r: {c: repr(float(answer[r, c])) for c in item.columns} for r in item.rows}
    if item.figure:
        return f"{answer * 100!r}%" if item.kind == "share" and not bare else repr(float(answer))
    if isinstance(answer, set | frozenset):
        return sorted(answer) or ("none" if not item.options else [])
    return answer if isinstance(answer, str) else list(answer)


def times(given, right, factor):
    if not right or given * right <= 0:
        return False
    return abs(abs(math.log(given / right)) - math.log(factor)) < 0.011


def within(figure, given, right):
    bound = max(figure.tolerance.absolute, figure.tolerance.relative * abs(right))
    return abs(given - right) <= bound + 1e-9 * max(1, abs(right))


def all_met(item, order):
    """Whether each step stands after those it needs; without needs there is one order."""
    if not any(option.needs for option in item.options.values()):
        return list(order) == item.answer
    return all(order.index(n) < order.index(o.id) for o in item.options.values() for n in o.needs)


def swaps(order):
    for i in range(len(order) - 1):
        yield (*order[:i], order[i + 1], order[i], *order[i + 2 :])


def flipped(item, cells):
    below = dict(zip(item.rows, reversed(item.rows), strict=True))
    return {(below[row], column): value for (row, column), value in cells.items()}


def right_cell(column, given, right):
    """A share is typed without its sign here, and may be meant as per cents."""
    meant = (given, given / 100) if column.kind == "share" else (given,)
    return any(within(column, one, right) for one in meant)


def table_right(item, cells, right):
    return all(right_cell(item.columns[c], v, right[r, c]) for (r, c), v in cells.items())


def nearly_exact(item, given, right):
    exact = item.figure.tolerance == Tolerance()
    return not exact and 0 < abs(given - right) <= 0.0101 * abs(right)


def left_over(item, given, right):
    return item.figure.unit.en == "%" and 0 < given < 1 and abs(1 - given - right) <= 0.0051


def zeros_apart(given, right):
    stripped = [sorted(one.lstrip("0") for one in some) for some in (given, right)]
    return given != right and stripped[0] == stripped[1]


def as_manager_needlessly(item, given, right):
    needless = [
        (one["who"], one["action"])
        for number, one in given.log.iterrows()
        if number > len(item.ledger["records"])
        and pd.isna(one["undoes"])
        and number not in list(given.log["undoes"].dropna())
    ]
    return {("manager", "update"), ("manager", "enter")} & {*needless}


def on_the_way(item, given, right):
    """Whether what is done is asked for, and the rest can be done after it."""
    done = [{k: v for k, v in one.items() if k != "at"} for one in given.steps]
    left = [one for one in item.answer if one not in [plain(o) for o in done]]
    return done and kinds.of(item).read([*done, *left], item)[0].facts == right.facts


def plain(step):
    """A step as the YAML writes it, without the number that the ledger gives."""
    return {k: v for k, v in step.items() if not (k == "record" and step["do"] == "enter")}


TRUE = {
    "above_rights": as_manager_needlessly,
    "part_done": on_the_way,
    "sign": lambda i, g, r: g * r < 0 and within(i.figure, -g, r),
    "hundred": lambda i, g, r: times(g, r, 100),
    "ten_thousand": lambda i, g, r: times(g, r, 1e4),
    "percent_twice": lambda i, g, r: times(g, r, 100),
    "close": nearly_exact,
    "the_other_part": left_over,
    "too_few": lambda i, g, r: set() < set(g) < set(r),
    "too_many": lambda i, g, r: set() < set(r) < set(g),
    "nobody": lambda i, g, r: not g and bool(r),
    "zeros": lambda i, g, r: zeros_apart(g, r),
    "reversed": lambda i, g, r: all_met(i, g[::-1]),
    "neighbours": lambda i, g, r: any(all_met(i, one) for one in swaps(g)),
    "upside_down": lambda i, g, r: table_right(i, flipped(i, g), r) and not table_right(i, g, r),
}


def holds(item, given, step):
    """Whether the log of a ledger has this step, and the record it touched holds the same."""
    log = given.log[given.log["action"] == step["do"]]
    if step["do"] != "enter":
        log = log[log["record_id"] == step["record"]]
    written = [json.loads(one) if isinstance(one, str) else {} for one in log["after"]]
    wanted = step.get("values", {})
    return any(wanted.items() <= one.items() for one in written) or step["do"] == "delete"


def is_known(item, given, wrong):
    """A known wrong answer but for rounding."""
    if item.rubric:  # the same words were written
        return set(given.text.split("; ")) == set(wrong.text.split("; "))
    if item.ledger:
        return all(holds(item, given, step) for step in wrong.steps)
    if item.columns:
        return all(abs(given[c] - wrong[c]) <= 0.0051 * abs(wrong[c]) + 1e-9 for c in given)
    if item.figure:
        return abs(given - wrong) <= 0.0051 * abs(wrong) + 1e-9
    if isinstance(wrong, tuple):
        return True  # a step before what it needs: `test_kinds` has every order
    return given == wrong


def advice_is_true(item, outcome, given, right, known):
    mistake = outcome.mistake
    if mistake in known:
        return is_known(item, given, known[mistake])
    if mistake in item.options:
        chosen = {given} if isinstance(given, str) else set(given)
        return mistake in chosen and mistake not in ({right} if isinstance(right, str) else right)
    if mistake:
        return bool(TRUE[mistake](item, given, right))
    if item.columns:
        hits = sum(right_cell(item.columns[c[1]], value, right[c]) for c, value in given.items())
        return outcome.advice.startswith(f"Right cells: {hits} of {len(given)}.")
    return outcome.advice == questions(item)


def questions(item):
    """What is said where nothing was recognised: that it is not right yet, and questions."""
    unit = {"unit": item.figure.unit} if item.figure else {}
    key = item.kind
    if item.kind == "share":
        key = "slider" if item.input else "share" if item.figure.unit.en == "%" else "points"
    return wording.text(f"kinds.not_yet_{key}", **unit)


@pytest.mark.parametrize("lesson", exercise.lessons())
def test_no_advice_is_false_of_the_answer_it_is_given_for(lesson, monkeypatch):
    rng, data = random.Random(7), bind(lesson)
    for item in (one for one in ITEMS if one.lesson == lesson):
        right = _checking.right_answer(item, data)
        known = _checking.known_wrong_answers(item, data)
        # Computed once, not for each answer.
        monkeypatch.setattr(_checking, "right_answer", lambda *_, found=right: found)
        monkeypatch.setattr(_checking, "known_wrong_answers", lambda *_, found=known: found)
        answers = list(wrong_answers(item, right, _checking.offered(item, data), rng))
        for given in [*answers, *known.values()][:120]:
            outcome = _checking.check(item, handed_in(item, given), data)
            if outcome.state == _checking.NOT_YET:
                told = (item.name, given, right, outcome)
                assert advice_is_true(item, outcome, given, right, known), told
            else:
                assert outcome.state != _checking.CANNOT_CHECK or outcome.mistake in (
                    "unreadable",
                    "to_compare",
                )
            if item.kind == "share":  # without its sign it may be meant in two ways
                told = _checking.check(item, handed_in(item, given, bare=True), data)
                meant = (given, given / 100)
                assert told.state != _checking.NOT_YET or any(
                    advice_is_true(item, told, one, right, known) for one in meant
                ), (item.name, given, right, told)
        monkeypatch.undo()
