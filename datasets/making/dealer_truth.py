"""The dealer group's part of truth.json."""

from making import dealers, plant, workshop
from making.figures import by, concentration, sums


def tell(made: dict) -> dict:
    rows, owners = made["orders"], made["owners"]
    first = plant.LAST_YEAR[0].isoformat()
    last_year = [row for row in rows if row["order_date"] >= first]
    service = [row for row in rows if row["department"] == "after_sales"]
    paid = [row for row in service if row["payer"] == "owner"]
    return {
        "customers": len(owners),
        "lines": len(rows),
        "still_visiting_by_year_of_the_car": dealers.STILL_VISITING,
        "bills_plain_premium_electric": workshop.BILLS,
        "job_rates_a_year": workshop.RATES,
        "insured_share_of_body_and_paint": workshop.INSURED,
        "referred_share_of_sales": dealers.REFERRED,
        "peak_factor": dealers.PEAK,
        "fleets": [owner.id for owner in owners if owner.kind == "fleet"],
        "large_by_insurer": [owner.id for owner in owners if owner.kind == "unlucky"],
        "scopes": {
            "last_year_everything": concentration(sums(last_year)),
            "three_years_everything": concentration(sums(rows)),
            "three_years_after_sales": concentration(sums(service)),
            "three_years_after_sales_paid_by_owner": concentration(sums(paid)),
        },
        "service_only_in_a_last_year": _service_only_in_a(last_year),
        "branches_after_sales": {
            branch: concentration(net) for branch, net in by(service, "branch").items()
        },
    }


def _service_only_in_a(rows: list[dict]) -> int:
    """Customers in class A who bought no car."""
    net = sums(rows)
    heads = round(concentration(net)["a_heads"] * len(net))
    in_a = sorted(net, key=lambda customer: -net[customer])[:heads]
    bought = {row["customer_id"] for row in rows if row["department"] == "sales"}
    return sum(customer not in bought for customer in in_a)
