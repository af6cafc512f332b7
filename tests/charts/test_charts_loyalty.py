"""Charts of drivers and loyalty: readable in both languages, with few and with many."""

import numpy as np
import pandas as pd
import pytest
from readable import assert_readable_and_told, even, every_chart, steps

from crm_lessons import charts, loyalty, pareto, sampling, survey, wording

pytestmark = pytest.mark.filterwarnings("error")
ASPECTS = ["service_quality", "service_effect", "relationship", "ideas", "added_value"]


def people(n=600, seed=5):
    random = np.random.default_rng(seed)
    mood = random.normal(size=n)
    stated = np.round(1 / (1 + np.exp(-0.7 - mood)) * 20) / 20
    return pd.DataFrame(
        {
            "overall": np.round(3.6 + mood * 0.9).clip(1, 5),
            "repurchase_probability": stated,
            "recommends": np.round(7 + 2 * mood + random.normal(size=n)).clip(0, 10),
            "again": random.random(n) < 0.2 + 0.5 * stated,
        },
        index=pd.Index([f"{i:05d}" for i in range(n)], name="customer_id"),
    )


def scores(n=600, aspects=ASPECTS):
    random = np.random.default_rng(3)
    common = random.normal(size=n)
    columns = {a: 3 + 0.6 * common + random.normal(size=n) for a in aspects}
    return pd.DataFrame(columns)


def driven(n=600, aspects=ASPECTS):
    answers = scores(n, aspects)
    heavy = np.linspace(0.7, 0.02, len(aspects))
    outcome = answers @ heavy + np.random.default_rng(4).normal(size=n)
    return survey.drivers(answers, outcome, draws=60)


def mapped(n=600, aspects=ASPECTS):
    found = driven(n, aspects)
    done = scores(n, aspects).mean() + np.linspace(-0.5, 0.6, len(aspects))
    ends = {"lower": found.table["share_lower"], "upper": found.table["share_upper"]}
    return survey.importance_performance(found.table["share"], done, **ends)


def cells(n=600):
    return loyalty.cells(loyalty.indicators(people(n)))


def curve(n=600):
    asked = people(n)
    return loyalty.calibration_curve(asked["repurchase_probability"], asked["again"])


def rates(n=600):
    asked = people(n)
    return sampling.rates(asked["overall"].astype("int64"), asked["again"], order=[5, 4, 3, 2, 1])


def by_class(n=600):
    asked = people(n)
    amounts = pd.Series(np.random.default_rng(2).pareto(1.2, n) + 1, index=asked.index)
    return loyalty.by_abc(asked["overall"], pareto.abc(amounts)["class"])


def rates_of(names):
    return even(names, customers=9, rate=steps(names, 0.2, 0.6), lower=0.1, upper=0.7)


def driven_by(names):
    answers = pd.DataFrame(np.random.default_rng(1).normal(size=(60, len(names))), columns=names)
    return survey.drivers(answers, answers.sum(axis=1), draws=20)


def mapped_by(names):
    share, score = (pd.Series(steps(names, *ends), index=names) for ends in ((0.1, 0.4), (3, 4)))
    return survey.importance_performance(share, score)


TWELVE = [*ASPECTS, *(f"item_{i}" for i in range(7))]
CHARTS = {
    "drivers": ("driver_weights", driven),
    "drivers of few answers": ("driver_weights", lambda: driven(30)),
    "twelve drivers": ("driver_weights", lambda: driven(600, TWELVE)),
    "one driver": ("driver_weights", lambda: driven(60, ["ideas"])),
    "drivers of any names": ("driver_weights", driven_by),
    "map of any names": ("importance_map", mapped_by),
    "rates of any names": ("repurchase_rates", rates_of),
    "map": ("importance_map", mapped),
    "map of twelve": ("importance_map", lambda: mapped(600, TWELVE)),
    "map of one": ("importance_map", lambda: mapped(60, ["ideas"])),
    "cells": ("loyalty_cells", cells),
    "cells of one": ("loyalty_cells", lambda: cells(1)),
    "cells of many": ("loyalty_cells", lambda: cells(60_000)),
    "stated against done": ("stated_against_done", curve),
    "stated by one": ("stated_against_done", lambda: curve(1)),
    "rates": ("repurchase_rates", rates),
    "rates of three": ("repurchase_rates", lambda: rates(3)),
    "classes": ("satisfaction_by_class", by_class),
    "classes of few": ("satisfaction_by_class", lambda: by_class(12)),
}


@every_chart(CHARTS)
def test_every_chart_is_readable_and_told_in_both_languages(language, name, make, options):
    assert_readable_and_told(language, name, make, options)


def test_a_driver_whose_importance_is_uncertain_is_an_open_dot():
    table = mapped().assign(certain=[True, False, True, True, True])
    faces = [
        dots.get_facecolor()[0][:3].tolist() for dots in charts.importance_map(table).collections
    ]
    assert [face == [1, 1, 1] for face in faces] == [False, True, False, False, False]


def test_an_empty_cell_has_no_figure():
    with wording.using("en"):
        texts = [text.get_text() for text in charts.loyalty_cells(cells(1)).texts]
    assert texts.count("0") == 0


def test_rates_draw_no_group_without_customers():
    assert len(charts.repurchase_rates(rates(3)).patches) == int((rates(3)["customers"] > 0).sum())
