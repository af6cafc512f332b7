"""Six invented pairs of records: which of them are one person is told by what agrees."""

import pandas as pd

# Whether name, telephone, birthday and town agree: same, alike (written otherwise), other, missing.
PAIRS = {
    "P1": ("alike", "same", "same", "same"),
    "P2": ("same", "other", "other", "other"),
    "P3": ("other", "same", "other", "same"),
    "P4": ("alike", "same", "same", "missing"),
    "P5": ("same", "other", "same", "same"),
    "P6": ("other", "same", "other", "other"),
}
COLUMNS = ["names_are", "phones_are", "birthdays_are", "cities_are"]
ONE_PERSON = 3  # so many of four have to agree, the birthday among them where it is known


def shown() -> pd.DataFrame:
    """The pairs, index ``pair``, as the trainee sees them."""
    return pd.DataFrame.from_dict(PAIRS, orient="index", columns=COLUMNS).rename_axis("pair")


def those(kind: str) -> set[str]:
    """The pairs that are one person, or that agree in the number or in the name alone."""
    table = shown()
    agree = table.isin(["same", "alike"])
    enough = agree.sum(axis=1) >= ONE_PERSON
    masks = {
        "one_person": enough & agree["birthdays_are"],
        "same_phone": table["phones_are"] == "same",
        "same_name": table["names_are"] == "same",
    }
    return set(table.index[masks[kind]])
