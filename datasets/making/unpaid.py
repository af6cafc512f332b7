"""Orders of the shop that were not paid at once, shop_payments.csv.

First the desk chose whom to remind, and chose those who were about to pay; then the lot did. As in
`making.trial` the table is laid over the orders: who paid has an order in shop_orders.csv on that
day, who did not has a number of its own, which stands nowhere else. Nobody is named.
"""

from datetime import date, datetime, time, timedelta
from random import Random

from making.tables import flag

START, LOT_FROM, END = date(2024, 10, 21), date(2025, 4, 1), date(2025, 10, 20)
DRAW = 1
UNPAID = {False: 600, True: 1_100}  # orders unpaid when a reminder would go, by lot or not
EARLY = 0.15  # as many again pay before one would have gone
KEEN = 0.5  # of those waiting, about to pay anyway
PAID = {True: 0.60, False: 0.20}  # in the end without a reminder, keen or not
EFFECT = 0.10  # more of both with one
CHOSEN = {True: 0.80, False: 0.20}  # reminded while the desk chose
REMINDED_AFTER = 30  # minutes; the desk took up to so many times as long
SLOWEST = 3
CLOSED_AFTER = timedelta(hours=72)
CHANNELS = ("flagship", "mini_program", "livestream", "wecom_group")  # at the counter one pays
FORM = "%Y-%m-%d %H:%M"


def paid_orders(rows: list[dict[str, str]], shop_made: dict) -> dict[bool, list[tuple[str, date]]]:
    """Orders of private customers placed online, by whether the lot decided on their day."""
    private = {c.id for c in shop_made["customers"] if c.kind == "person" and not c.planted}
    found: dict[str, tuple[str, date]] = {}
    for row in rows:
        day = date.fromisoformat(row["order_date"])
        bought = row["order_id"].startswith("S") and row["customer_id"] in private
        if bought and row["channel"] in CHANNELS and START <= day <= END:
            found[row["order_id"]] = row["order_id"], day
    return {lot: [one for one in found.values() if (one[1] >= LOT_FROM) == lot] for lot in UNPAID}


def one(rng: Random, *, lot: bool, early: bool) -> dict[str, object]:
    """Minutes until the reminder and until the payment; None for what does not happen."""
    if early:
        return {"reminded": None, "paid": rng.randint(5, REMINDED_AFTER)}
    keen = rng.random() < KEEN
    reminded = rng.random() < (0.5 if lot else CHOSEN[keen])
    after = REMINDED_AFTER if lot else rng.randint(REMINDED_AFTER, SLOWEST * REMINDED_AFTER)
    paid = rng.random() < PAID[keen] + EFFECT * reminded
    # Most pay within hours, the last before the order is closed.
    wait = min(round(60 * rng.lognormvariate(1.6, 1.0)), 60 * 60)
    return {"reminded": after if reminded else None, "paid": after + 1 + wait if paid else None}


def moment(rng: Random, day: date) -> datetime:
    return datetime.combine(day, time(rng.randint(8, 20), rng.randint(0, 59)))


def row(rng: Random, order_id: str, day: date, told: dict, lot: bool) -> dict[str, str]:
    created = moment(rng, day)
    paid, reminded = (
        None if told[name] is None else created + timedelta(minutes=told[name])
        for name in ("paid", "reminded")
    )
    closed = None if paid else created + CLOSED_AFTER
    end = datetime.combine(END + timedelta(days=1), time())

    def known(at: datetime | None) -> str:
        return at.strftime(FORM) if at and at < end else ""

    return {
        "order_id": order_id,
        "created_at": created.strftime(FORM),
        "reminded_at": known(reminded),
        "paid_at": known(paid),
        "closed_at": known(closed),
        "by_lot": flag(lot),
    }


def rows_of(rng: Random, lot: bool, paid: list[tuple[str, date]]) -> list[dict[str, str]]:
    count = UNPAID[lot]
    told = [one(rng, lot=lot, early=n >= count) for n in range(count + round(EARLY * count))]
    payers = iter(rng.sample(paid, sum(each["paid"] is not None for each in told)))
    days = sorted({day for _, day in paid})
    found = []
    for each in told:
        order_id, day = ("", rng.choice(days)) if each["paid"] is None else next(payers)
        found.append(row(rng, order_id, day, each, lot))
    return found


def make(seed: int, shop_made: dict) -> dict[str, list[dict[str, str]]]:
    """Rows by the name of the table."""
    rng = Random(f"unpaid {seed} {DRAW}")
    paid = paid_orders(shop_made["orders"], shop_made)
    rows = [each for lot in UNPAID for each in rows_of(rng, lot, paid[lot])]
    rows.sort(key=lambda each: (each["created_at"], each["order_id"]))
    for number, each in enumerate((each for each in rows if not each["order_id"]), start=1):
        each["order_id"] = f"U{number:06d}"
    return {"shop_payments": rows}


def tell(made: dict) -> dict:
    rows = made["shop_payments"]
    # Keen among the reminded and the others, while the desk chose.
    reminded = sum(CHOSEN[keen] * share for keen, share in ((True, KEEN), (False, 1 - KEEN)))
    keen_of = {True: CHOSEN[True] * KEEN / reminded, False: (1 - CHOSEN[True]) * KEEN}
    keen_of[False] /= 1 - reminded
    by_themselves = {
        side: share * PAID[True] + (1 - share) * PAID[False] for side, share in keen_of.items()
    }
    apart = by_themselves[True] - by_themselves[False]
    return {
        "reminders": {
            "start": START.isoformat(),
            "by_lot_from": LOT_FROM.isoformat(),
            "end": END.isoformat(),
            "reminded_after_minutes": REMINDED_AFTER,
            "closed_after_hours": int(CLOSED_AFTER.total_seconds() // 3600),
            "effect": EFFECT,
            "difference_while_the_desk_chose": round(apart + EFFECT, 4),
            "of_which_is_choice": round(apart, 4),
            "orders": len(rows),
            "unpaid_when_reminded": {"by_lot": UNPAID[True], "chosen": UNPAID[False]},
        }
    }
