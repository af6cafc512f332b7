"""The dealer group's sales and service jobs as rows of dealer_orders.csv."""

from datetime import date, datetime
from random import Random

from making import dealers, workshop
from making.tables import yuan

INTENTIONS = {"H": 36, "A": 30, "B": 21, "C": 13}
CAR_MARGIN = (-0.04, 0.02, 0.0)  # lowest, highest, most frequent
STAFF = {name: number for number, name in enumerate(dealers.BRANCHES)}


def give_ids(rng: Random, owners: list[dealers.Owner]) -> None:
    """Numbers of six digits by the first purchase; cars are numbered as they were bought."""
    owners.sort(key=lambda owner: owner.cars[0].bought)
    number = 1000
    for owner in owners:
        number += rng.randint(1, 40)
        owner.id = f"{number:06d}"
    cars = sorted((car for owner in owners for car in owner.cars), key=lambda car: car.bought)
    for place, car in enumerate(cars, start=1):
        car.id = f"V{place:05d}"


def staff(rng: Random, branch: str, department: str) -> str:
    """One of two people a branch has in each department."""
    return f"{department}_{2 * STAFF[branch] + rng.choice((1, 2)):02d}"


def _row(car: dealers.Car, day: date, department: str, kind: str) -> dict[str, str]:
    return {
        "order_date": day.isoformat(),
        "customer_id": car.owner.id,
        "branch": car.owner.branch,
        "department": department,
        "job_type": kind,
        "vehicle_id": car.id,
        "model": car.model,
        "bought_on": car.bought.isoformat(),
    }


def sale(rng: Random, car: dealers.Car, adviser: str) -> list[dict[str, str]]:
    row = _row(car, car.bought, "sales", "new_car")
    row |= {
        "payer": "owner",
        "salesperson": adviser,
        "amount": yuan(car.price),
        "profit": yuan(round(car.price * rng.triangular(*CAR_MARGIN))),
        "referrer_id": car.referrer.id if car.referrer else "",
        "intention_level": rng.choices(list(INTENTIONS), list(INTENTIONS.values()))[0],
    }
    return [row]


def service(visit: workshop.Visit, adviser: str) -> list[dict[str, str]]:
    rows = []
    for job in visit.jobs:
        row = _row(visit.car, visit.left.date(), "after_sales", job.kind)
        row |= {
            "payer": job.payer,
            "salesperson": adviser,
            "mileage": str(visit.km),
            "amount": yuan(job.fen),
            "profit": yuan(job.profit),
            "booked_at": minute(visit.booked),
            "in_at": minute(visit.came),
            "out_at": minute(visit.left),
        }
        rows.append(row)
    return rows


def minute(moment: datetime | None) -> str:
    return "" if moment is None else moment.strftime("%Y-%m-%d %H:%M")


def make(seed: int) -> dict:
    """The group: owners who appear in the period, and the rows of dealer_orders.csv."""
    rng = Random(f"dealers {seed}")
    owners = dealers.owners(rng)
    visits = {id(car): workshop.visits(rng, car) for owner in owners for car in owner.cars}
    owners = [o for o in owners if any(car.new or visits[id(car)] for car in o.cars)]
    give_ids(rng, owners)
    dealers.refer(rng, owners)
    orders = []
    for owner in owners:
        adviser = staff(rng, owner.branch, "service")
        for car in owner.cars:
            if car.new:
                orders.append(sale(rng, car, staff(rng, owner.branch, "sales")))
            orders += [service(visit, adviser) for visit in visits[id(car)]]
    orders.sort(key=lambda rows: (rows[0]["order_date"], rows[0]["vehicle_id"]))
    for number, rows in enumerate(orders, start=1):
        for row in rows:
            row["order_id"] = f"G{number:06d}"
    return {"owners": owners, "orders": [row for rows in orders for row in rows]}
