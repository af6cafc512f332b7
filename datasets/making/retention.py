"""Everything for lesson 08: campaigns, maintenance, the retention trial and table 6.1."""

from making import campaigns, trial

# Table 6.1 of the notes (003 L36-45), as it stands there.
GROWTH = (
    ("knows_most_valuable", "38", "22"),
    ("revenue_of_first_ten", "46", "32"),
    ("identification_index", "7.0", "5.7"),
)


def make(seed: int, shop_made: dict, more: dict) -> dict[str, list[dict[str, str]]]:
    """Rows by the name of the table."""
    spent = campaigns.make(seed, shop_made, more["service"])
    return {
        "shop_campaigns": spent["campaigns"],
        "shop_maintenance": spent["maintenance"],
        "shop_retention_trial": trial.make(seed, shop_made, shop_made["people"]),
        "growth_table": [{"indicator": i, "high": h, "low": low} for i, h, low in GROWTH],
    }


def tell(made: dict) -> dict:
    return {
        "campaigns": campaigns.tell(),
        "retention_trial": trial.tell(made["shop_retention_trial"]),
    }
