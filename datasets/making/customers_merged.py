"""What the new system holds after the two were carried over: customers_merged.csv.

The record numbers are those of the old systems. Most of it arrived; what did not is planted here.
"""

from datetime import date, timedelta
from random import Random

LOST, DOUBLED = 23, 11  # records
CUT_AT, CUT_BRANCH = 20, "county"  # a field of twenty characters in the form of one branch
ROUNDED_CARDS = 60  # numbers that went through a spreadsheet: fifteen digits are kept
LATE_DAYS = 85  # dates read at midnight in one time zone and written in another
COMMAS = 9  # amounts read up to the comma of the thousands
SWAPPED_DAYS = 30  # day and month of a birthday in each other's place


def _is_card(row: dict) -> bool:
    return len(row["id_card"]) == 18 and row["id_card"][-1] not in "X0"


def _can_swap(row: dict) -> bool:
    parts = row["birthday"].split("-")
    return len(parts) == 3 and parts[1] != parts[2] and 0 < int(parts[2]) <= 12


def _round_card(row: dict) -> None:
    row["id_card"] = row["id_card"][:15] + "000"


def _swap_days(row: dict) -> None:
    year, month, day = row["birthday"].split("-")
    row["birthday"] = f"{year}-{day}-{month}"


def _day_earlier(row: dict) -> None:
    row["created_on"] = (date.fromisoformat(row["created_on"]) - timedelta(1)).isoformat()


def _cut_amount(row: dict) -> None:
    row["spent"] = row["spent"][:-3]


CHANGES = {
    "id_card:rounded": (ROUNDED_CARDS, _is_card, _round_card),
    "birthday:day_for_month": (SWAPPED_DAYS, _can_swap, _swap_days),
    "created_on:day_earlier": (LATE_DAYS, lambda row: row["system"] == "old_b", _day_earlier),
    "spent:cut_at_comma": (COMMAS, lambda row: len(row["spent"]) > 5, _cut_amount),
}


def _change(rng: Random, rows: list[dict]) -> dict[str, list[str]]:
    """Each kind of change, and the records that it befell; no record has two of them."""
    free, told = list(rows), {}
    for kind, (number, fits, change) in CHANGES.items():
        found = rng.sample([row for row in free if fits(row)], number)
        free = [row for row in free if row not in found]
        for row in found:
            change(row)
        told[kind] = sorted(row["record_id"] for row in found)
    return told


def make(seed: int, customers: dict) -> dict:
    """The rows after the move, and which records were lost, doubled and changed."""
    rng = Random(f"merged {seed}")
    rows = [dict(row) for row in customers["customers_raw"]]
    told = _change(rng, rows)
    cut = [r for r in rows if r["branch"] == CUT_BRANCH and len(r["address"]) > CUT_AT]
    for row in cut:
        row["address"] = row["address"][:CUT_AT]
    told["address:cut"] = sorted(row["record_id"] for row in cut)
    lost = {row["record_id"] for row in rng.sample(rows, LOST)}
    kept = [row for row in rows if row["record_id"] not in lost]
    doubled = rng.sample(kept, DOUBLED)
    told = {kind: [one for one in ids if one not in lost] for kind, ids in told.items()}
    told |= {"lost": sorted(lost), "doubled": sorted(row["record_id"] for row in doubled)}
    moved = sorted([*kept, *doubled], key=lambda row: (row["created_on"], row["record_id"]))
    return {"customers_merged": moved, "told": told}


def tell(made: dict) -> dict:
    return {
        "records": len(made["customers_merged"]),
        "counts": {kind: len(ids) for kind, ids in made["told"].items()},
        "records_by_kind": made["told"],
    }
