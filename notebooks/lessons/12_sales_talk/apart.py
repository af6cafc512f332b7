"""Two shares beside each other: how far apart, with the interval, and what would have been seen."""

from scipy import stats

from crm_lessons import sampling

Sentences = list[tuple[str, dict[str, object]]]


def seen(half: float) -> float:
    """What would be seen four times in five, from half the width of a 95% interval."""
    return sampling.detectable_change(half / stats.norm.ppf(0.975))


def told(key: str, counts: tuple[int, int, int, int], **values: object) -> Sentences:
    """The sentence ``key``, or ``key_unclear`` where the interval holds 0.

    ``counts``: how many of how many of the first, and of the second. Points are of a hundred;
    nothing is said where one of the two is nobody.
    """
    if not (counts[1] and counts[3]):
        return []
    one, other, difference, lower, upper = sampling.difference(*counts)
    found = {"with_it": one, "without_it": other, "n": counts[1] + counts[3]}
    found |= {"apart": 100 * difference, "lower": 100 * lower, "upper": 100 * upper}
    found["seen"] = seen((found["upper"] - found["lower"]) / 2)
    shown = lower > 0 or upper < 0
    return [(key if shown else f"{key}_unclear", found | values)]
