"""The values of the computed sentences in ``wording/retention.yaml``, read off the tables."""

import pandas as pd


def plan(table: pd.DataFrame) -> dict[str, float]:
    """From `plan_table`: how many to contact, what it costs and should bring, who is kept aside."""
    contact, control, leave = (table.loc[part] for part in ("contact", "control", "leave"))
    return {
        "contact": int(contact["customers"]),
        "cost": float(contact["contact_cost"]),
        "gain": float(contact["expected_gain"]),
        "control": int(control["customers"]),
        "forgone": float(control["expected_gain"]),
        "leave": int(leave["customers"]),
    }
