"""Visits to the workshop: what is due, what breaks, what is crashed, and who pays."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from making import season
from making.dealers import Car, near

# Average bill in yuan: plain, premium, electric.
BILLS = {
    "first_service": (380, 880, 260),
    "service": (720, 1750, 480),
    "repair": (820, 2300, 650),
    "body_paint": (4900, 7800, 5600),
    "warranty": (560, 1400, 760),
}
SPREAD = {"body_paint": 0.5, "repair": 0.4, "warranty": 0.4}  # sigma of the log; else 0.2
RATES = {"repair": 0.16, "body_paint": 0.08, "warranty": 0.22}  # a year and car
WARRANTY_YEARS = 3
INSURED = 0.8  # of body and paint jobs
BOOKED = 0.55
HOURS = {"repair": (3, 30), "body_paint": (40, 130)}  # else one to three
OPENS, LAST_IN = 8, 17
UNLUCKY_CRASHES = 5


@dataclass
class Job:
    kind: str
    payer: str
    fen: int
    margin: float

    @property
    def profit(self) -> int:
        return round(self.fen * self.margin)


@dataclass
class Visit:
    car: Car
    booked: datetime | None
    came: datetime
    left: datetime
    km: int
    jobs: list[Job] = field(default_factory=list)


def job(rng: Random, kind: str, car: Car) -> Job:
    plain, premium, electric = BILLS[kind]
    average = premium if car.premium else electric if car.electric else plain
    sigma = SPREAD.get(kind, 0.2)
    bill = average * rng.lognormvariate(-sigma * sigma / 2, sigma)
    return Job(kind, payer(rng, kind, car), max(round(bill), 50) * 100, rng.uniform(0.42, 0.48))


def payer(rng: Random, kind: str, car: Car) -> str:
    if kind in ("first_service", "warranty"):
        return "maker"
    if kind == "body_paint" and (car.owner.kind == "unlucky" or rng.random() < INSURED):
        return "insurer"
    return "owner"


def due_days(rng: Random, car: Car) -> list[tuple[date, str]]:
    """Services as the maker asks: first after 3 months, then every 6; electric cars every 12."""
    step = 365 if car.electric else 91
    day, due, kind = car.bought, [], "first_service"
    while True:
        day += timedelta(round(step * rng.uniform(0.85, 1.05 if car.electric else 1.3)))
        if day > season.END:
            return due
        if day >= season.START:
            due.append((day, kind))
        kind, step = "service", _interval(car)


def _interval(car: Car) -> int:
    """Days between services: by time or by kilometres, whichever comes first."""
    months, km = (365, 20_000) if car.electric else (225, 9_000)
    return round(min(months, km / car.km_a_day))


def chance_days(rng: Random, car: Car) -> list[tuple[date, str]]:
    """Repairs, accidents and warranty jobs, at random."""
    first = max(car.bought, season.START)
    found = []
    for kind, rate in RATES.items():
        day = first
        while True:
            day += timedelta(1 + int(rng.expovariate(rate / 365)))
            if day > season.END:
                break
            if kind == "warranty" and (day - car.bought).days > WARRANTY_YEARS * 365:
                break
            found.append((day, kind))
    if car.owner.kind == "unlucky":
        found += [
            (season.on(rng.randrange(30, 1050)), "body_paint") for _ in range(UNLUCKY_CRASHES)
        ]
    return found


def visits(rng: Random, car: Car) -> list[Visit]:
    """All visits of one car; a warranty job waits for the next service if that is near."""
    planned = sorted(due_days(rng, car) + chance_days(rng, car))
    made: list[Visit] = []
    for day, kind in planned:
        if not car.visits_at(day):
            continue
        if made and kind != "body_paint" and (day - made[-1].came.date()).days < 21:
            _add(rng, made[-1], kind)
            continue
        visit = _visit(rng, car, near(rng, day), kind)
        if visit.left.date() <= season.END and visit.came.date() > car.bought:
            made.append(visit)
    return made


def _add(rng: Random, visit: Visit, kind: str) -> None:
    if kind not in [one.kind for one in visit.jobs]:
        visit.jobs.append(job(rng, kind, visit.car))


def _visit(rng: Random, car: Car, day: date, kind: str) -> Visit:
    came = datetime.combine(day, time(rng.randint(OPENS, LAST_IN - 1), rng.randrange(0, 60, 5)))
    low, high = HOURS.get(kind, (1, 3))
    left = came + timedelta(minutes=5 * round(12 * rng.uniform(low, high)))
    if left.hour >= 18 or left.hour < OPENS:  # closed: collected the next day
        left = datetime.combine(left.date() + timedelta(left.hour >= 18), time(9, 30))
    booked = None
    if rng.random() < BOOKED:
        booked = datetime.combine(day - timedelta(rng.randint(1, 5)), time(rng.randint(9, 20), 15))
    km = 20 + round((day - car.bought).days * car.km_a_day)
    return Visit(car, booked, came, left, km, [job(rng, kind, car)])
