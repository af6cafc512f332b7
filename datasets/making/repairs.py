"""Service jobs of two months stage by stage: dealer_repairs.csv, the visits of dealer_orders.csv.

When a car came in and left stands in the orders already; between the two the working time is
divided among the duties of the adviser. Waiting for a place in the workshop is the longest wait of
the group; in the county cars wait for owners to answer about extra work instead.
"""

from datetime import datetime, timedelta
from random import Random

FIRST, LAST = "2025-08-01", "2025-09-29"
NOW = datetime(2025, 9, 29, 12)  # the data end: some cars are in the workshop
OPENS, CLOSES = 8, 18
LEFT_OUT = ("body_paint",)  # a workshop of its own
BAY = {"county": (2, 14)}  # parameters of a beta: part of the rest spent waiting for a place
BAY_ELSEWHERE = (5, 7)
EXTRA = {"county": (0.45, 0.7)}  # part of the rest
EXTRA_ELSEWHERE = (0.06, 0.2)
ASKED = {"service": 0.42, "repair": 0.5}
ASKED_ELSEWHERE, ASKED_COUNTY = 0.05, 0.75
ACCEPTED, NO_ANSWER = 0.62, 0.04
EXPECTED_BAY, NOISE = 0.42, 0.06  # what a promise allows for
NOT_WRITTEN = 0.03
STAGES = ("received", "quoted", "approved", "started", "finished", "checked", "delivered")


def worked(begin: datetime, end: datetime) -> float:
    """Minutes between two moments while the shop is open."""
    total, day = 0.0, begin.replace(hour=0, minute=0)
    while day <= end:
        opens, closes = day + timedelta(hours=OPENS), day + timedelta(hours=CLOSES)
        total += max((min(end, closes) - max(begin, opens)).total_seconds() / 60, 0)
        day += timedelta(days=1)
    return total


def after(begin: datetime, minutes: float) -> datetime:
    """The moment at which so much has been worked since another."""
    moment = begin
    while True:
        closes = moment.replace(hour=CLOSES, minute=0)
        left = (closes - moment).total_seconds() / 60
        if minutes <= left:
            return moment + timedelta(minutes=round(minutes))
        minutes -= max(left, 0)
        moment = (moment + timedelta(days=1)).replace(hour=OPENS, minute=0)


def parts(rng: Random, branch: str, kind: str, whole: float) -> dict[str, float]:
    """Working minutes of each stage; together they are the whole."""
    found = {
        "reception": rng.uniform(6, 14),
        "diagnosis": rng.uniform(15, 40) if kind == "repair" else rng.uniform(7, 18),
        "approval": rng.expovariate(1 / 7) + (8 if kind == "warranty" else 0),
        "final_check": rng.uniform(4, 10),
        "hand_back": rng.uniform(8, 24),
    }
    fixed = sum(found.values())
    scale = min(1.0, 0.55 * whole / fixed)
    found = {name: minutes * scale for name, minutes in found.items()}
    rest = whole - sum(found.values())
    asked = ASKED.get(kind, ASKED_ELSEWHERE)
    if branch == "county" and kind in ASKED:
        asked = ASKED_COUNTY
    share = rng.uniform(*EXTRA.get(branch, EXTRA_ELSEWHERE)) if rng.random() < asked else 0.0
    found["extra_answer"] = share * rest
    found["bay"] = rng.betavariate(*BAY.get(branch, BAY_ELSEWHERE)) * (1 - share) * rest
    found["repair"] = rest - found["extra_answer"] - found["bay"]
    found["rest"] = rest
    return found


def one(rng: Random, order: dict) -> dict:
    came, left = (datetime.fromisoformat(order[name]) for name in ("in_at", "out_at"))
    whole = worked(came, left)
    spent = parts(rng, order["branch"], order["job_type"], whole)
    lengths = [spent["reception"], spent["diagnosis"], spent["approval"], spent["bay"]]
    lengths += [spent["repair"] + spent["extra_answer"], spent["final_check"], spent["hand_back"]]
    moments, total = {"in": came}, 0.0
    for name, minutes in zip(STAGES, lengths, strict=True):
        total += minutes
        moments[name] = after(came, total)
    moments["delivered"] = left
    promise = whole - spent["bay"] + EXPECTED_BAY * spent["rest"] + rng.gauss(0, NOISE * whole)
    promise = max(5 * round(promise / 5), 5 * round(worked(came, moments["quoted"]) / 5) + 20)
    moments["promised"] = after(came, promise)
    accepted = ""
    if spent["extra_answer"]:
        into = worked(came, moments["started"]) + rng.uniform(0.2, 0.6) * spent["repair"]
        moments["extra_asked"] = after(came, into)
        if rng.random() >= NO_ANSWER:
            moments["extra_answered"] = min(
                after(came, into + spent["extra_answer"]), moments["finished"]
            )
            accepted = "true" if rng.random() < ACCEPTED else "false"
    if rng.random() < NOT_WRITTEN:
        del moments["approved"]
    return {"order": order, "moments": moments, "accepted": accepted, "spent": spent}


def row(job: dict) -> dict[str, str]:
    order = job["order"]
    known = {name: at for name, at in job["moments"].items() if at <= NOW}
    if "quoted" in known:
        known["promised"] = job["moments"]["promised"]

    def told(name: str) -> str:
        return f"{known[name]:%Y-%m-%d %H:%M}" if name in known else ""

    return {
        "job_id": order["order_id"],
        "branch": order["branch"],
        "adviser": order["salesperson"],
        "job_type": order["job_type"],
        "booked_at": order["booked_at"],
        "in_at": told("in"),
        "received_at": told("received"),
        "quoted_at": told("quoted"),
        "promised_at": told("promised"),
        "approved_at": told("approved"),
        "started_at": told("started"),
        "extra_asked_at": told("extra_asked"),
        "extra_answered_at": told("extra_answered"),
        "extra_accepted": job["accepted"] if "extra_answered" in known else "",
        "finished_at": told("finished"),
        "checked_at": told("checked"),
        "delivered_at": told("delivered"),
    }


def make(seed: int, dealers_made: dict) -> dict:
    """The jobs, and the rows of the table by its name."""
    rng = Random(f"repairs {seed}")
    orders = {}
    for order in dealers_made["orders"]:
        came = order.get("in_at", "")
        if FIRST <= came < f"{NOW:%Y-%m-%d %H:%M}" and order["job_type"] not in LEFT_OUT:
            orders.setdefault(order["order_id"], order)
    jobs = [one(rng, order) for order in orders.values()]
    jobs.sort(key=lambda job: (job["order"]["in_at"], job["order"]["order_id"]))
    return {"jobs": jobs, "dealer_repairs": [row(job) for job in jobs]}


def _longest(jobs: list[dict]) -> str:
    waits = ("approval", "bay", "extra_answer", "hand_back")
    return max(waits, key=lambda name: sum(job["spent"][name] for job in jobs))


def tell(made: dict) -> dict:
    jobs = made["jobs"]
    branches = sorted({job["order"]["branch"] for job in jobs})
    through = [job for job in jobs if job["moments"]["delivered"] <= NOW]
    kept = [job["moments"]["delivered"] <= job["moments"]["promised"] for job in through]
    return {
        "as_of": NOW.isoformat(),
        "jobs": len(jobs),
        "not_handed_back": len(jobs) - len(through),
        "open_hours": [OPENS, CLOSES],
        "bottleneck": _longest(through),
        "bottleneck_by_branch": {
            branch: _longest([job for job in through if job["order"]["branch"] == branch])
            for branch in branches
        },
        "promises_kept": round(sum(kept) / len(kept), 4),
        "extra_work": {"accepted": ACCEPTED, "never_answered": NO_ANSWER},
        "note": "minutes while the shop is open; body and paint jobs are left out",
    }
