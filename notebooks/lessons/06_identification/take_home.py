"""What one holds in hand at the end: whom to call and whom to keep aside, channels, the market."""


def take_home(*, planned, channels=None, cheapest_channel=None):
    """The open leads in the order of their chances; the channel that was chosen is marked."""
    tables = {"calls": planned.reset_index()}
    if channels is not None:
        table = channels[["new_customers", "people_reached", "money_spent"]].copy()
        chosen = [] if cheapest_channel is None else list(cheapest_channel)
        table["chosen"] = table.index.isin(chosen)
        tables["channels"] = table.reset_index()
    return tables
