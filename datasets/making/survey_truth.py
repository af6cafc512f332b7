"""What was planted in the two surveys, for truth.json: exact, from the chances that were used."""

from collections import Counter

from making import answers, dealer_survey, shop_survey

LEVELS = ("1", "2", "3", "4", "5")


def tell(dealer_made: dict, shop_made: dict) -> dict:
    return {"dealer": _dealer(dealer_made), "shop": _shop(shop_made)}


def _dealer(made: dict) -> dict:
    model = dealer_survey
    picker = [row for row in made["rows"] if row["adviser"] == model.PICKER]
    return {
        "rows": len(made["rows"]),
        "answered_again": model.AGAIN,
        "rows_twice": model.TWICE,
        "missing_code": 99,
        "reverse_coded": list(model.REVERSED),
        "reliability": _reliability(model.ASPECTS, model.EASE, model.COMMON),
        "reliability_note": "raw alpha within a branch and round, complete answers, turned items",
        "drivers": _drivers(model.ASPECTS, model.EASE, model.DRIVES, model.COMMON, model.NOISE),
        "mean_perceived": {
            branch: {name: _mean(branch, name) for name in model.ROUNDS} for branch in model.BRANCH
        },
        "mean_perceived_note": "of all twelve items, 1 to 5, turned; equal weights",
        "equal_branches": [b for b, lift in model.BRANCH.items() if lift == 0 and b != "harbour"],
        "better": ["county"],
        "worse": ["river"],
        "eight_answers": {"branch": "harbour", "answers": model.FEW, "note": "lucky, not better"},
        "training": {
            "branches": list(model.TRAINED),
            "aspects": list(model.TRAINS),
            "effect_on_their_mean": round(_training_effect(), 4),
            "note": "mean of the trained aspects' items, after and before, less the control group",
        },
        "picker": {
            "adviser": model.PICKER,
            "answers": len({row["respondent_id"] for row in picker}),
            "visits": sum(visit.adviser == model.PICKER for visit in made["visits"]),
            "asks": model.PICKS,
            "others_are_answered": model.ANSWERS,
        },
        "visits": dict(sorted(Counter(visit.adviser for visit in made["visits"]).items())),
    }


def _mean(branch: str, name: str) -> float:
    model, total = dealer_survey, 0.0
    for item, aspect in model.ITEMS.items():
        total += _item_mean(branch, name, item, aspect)
    return round(total / len(model.ITEMS), 4)


def _item_mean(branch: str, name: str, item: str, aspect: str) -> float:
    model = dealer_survey
    visit = model.Visit(None, "", branch, "", name)
    lift = answers.LOADING * model.lift(visit, aspect)
    return answers.mean_code(model.EASE[item] + lift)


def _training_effect() -> float:
    """The mean change of the trained aspects in trained branches, less that of the others."""
    model = dealer_survey
    items = [(item, aspect) for item, aspect in model.ITEMS.items() if aspect in model.TRAINS]

    def change(branch: str) -> float:
        after = sum(_item_mean(branch, "after", *one) for one in items)
        return (after - sum(_item_mean(branch, "before", *one) for one in items)) / len(items)

    trained = [change(branch) for branch in model.TRAINED]
    control = change("east")  # the branches without training do not differ
    return sum(trained) / len(trained) - control


def _reliability(aspects: dict, ease: dict, common: float) -> dict:
    items = {item: (aspect, ease[item]) for aspect, own in aspects.items() for item in own}
    cov = answers.covariances(items, common)
    found = {aspect: round(answers.alpha(own, cov), 4) for aspect, own in aspects.items()}
    return {"all_items": round(answers.alpha(list(items), cov), 4), **found}


def _drivers(aspects: dict, ease: dict, drives: dict, common: float, noise: float) -> dict:
    cov = answers.with_overall(aspects, ease, drives, common, noise)
    found = answers.shares(list(aspects), cov, "overall")
    return {
        "weights": drives,
        "r_squared": round(found["r_squared"], 4),
        "lmg": {name: round(share, 4) for name, share in found["shares"].items()},
        "note": "means of the aspects' items as predictors of overall (1 to 5)",
    }


def _shop(made: dict) -> dict:
    model = shop_survey
    edges = [float("-inf"), *answers.CUTS, float("inf")]
    spreads = {
        level: model.stated_by((low, high))
        for level, low, high in zip(LEVELS, edges, edges[1:], strict=False)
    }
    rates = {level: model.mean_chance(made["share"], one) for level, one in spreads.items()}
    return {
        "rows": len(made["rows"]),
        "missing_code": -1,
        "reverse_coded": list(model.REVERSED),
        "reliability": _reliability(model.DRIVERS, model.EASE, model.COMMON),
        "drivers": _drivers(model.DRIVERS, model.EASE, model.DRIVES, model.COMMON, model.NOISE),
        "asked": [day.isoformat() for day in model.ASKED],
        "bought_again": round(made["base"], 4),
        "stated_mean": round(sum(p * s for p, s in model.EVERYBODY.items()) / 100, 4),
        "calibration": {
            "share": round(made["share"], 4),
            "power": model.POWER,
            "note": "true chance to buy within the year = share * stated chance ** power",
        },
        "repurchase_by_level": {level: round(rate, 4) for level, rate in rates.items()},
        "very_satisfied_to_satisfied": round(rates["5"] / rates["4"], 3),
        "captive": made["captive"],
    }
