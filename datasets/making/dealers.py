"""The dealer group: owners, fleets, their cars, and when these come back to the workshop."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from making import season

# Branch: new owners of the period, old owners at its start, models with prices in 100 yuan.
BRANCHES = {
    "east": (
        230,
        150,
        {"yunling_e": (800, 1100), "yunling_s": (1000, 1300), "yunling_x": (1250, 1680)},
    ),
    "west": (
        205,
        130,
        {"yunling_e": (800, 1100), "yunling_s": (1000, 1300), "yunling_x": (1250, 1680)},
    ),
    "hitech": (195, 100, {"yunling_s": (1000, 1300), "yunling_x": (1250, 1680)}),
    "county": (165, 90, {"yunling_e": (800, 1100), "yunling_s": (1000, 1300)}),
    "river": (150, 105, {"borui_5": (2600, 3600), "borui_7": (3400, 4800)}),
    "harbour": (190, 20, {"xingyu_1": (1300, 1800), "xingyu_2": (1700, 2400)}),
}
# Branch: cars of each fleet; harbour and west live on few customers, county on many small ones.
FLEETS = {"harbour": (32,), "west": (12, 8)}
STILL_VISITING = (0.92, 0.80, 0.64, 0.47, 0.35)  # by year of the car's life, the last one for good
SECOND_CAR = 0.05
REFERRED = 0.185
UNLUCKY = 3  # planted: owners whose workshop bills an insurer pays

PEAK, PEAK_DAYS = 1.5, 21
HOLIDAY = 0.15


@dataclass
class Car:
    owner: "Owner"
    model: str
    bought: date
    new: bool  # sold in the period
    price: int = 0  # fen
    referrer: "Owner | None" = None
    id: str = ""
    loyalty: float = 0.0  # comes as long as this is below STILL_VISITING
    km_a_day: float = 0.0

    @property
    def premium(self) -> bool:
        return self.model.startswith("borui")

    @property
    def electric(self) -> bool:
        return self.model.startswith("xingyu")

    def visits_at(self, day: date) -> bool:
        year = min((day - self.bought).days // 365, len(STILL_VISITING) - 1)
        return self.owner.kind == "fleet" or self.loyalty < STILL_VISITING[year]


@dataclass
class Owner:
    branch: str
    kind: str  # owner, fleet or unlucky
    cars: list[Car] = field(default_factory=list)
    id: str = ""


def _weights() -> list[float]:
    """How busy each day is: peaks before Spring Festival and National Day, quiet holidays."""
    busy = [1.0] * season.DAYS
    feasts = [*season.SPRING_FESTIVALS, *(date(year, 10, 1) for year in range(2023, 2026))]
    for feast in feasts:
        for offset in range(-PEAK_DAYS, 7):
            number = season.day_number(feast) + offset
            if 0 <= number < season.DAYS:
                busy[number] = PEAK if offset < 0 else HOLIDAY
    return busy


BUSY = _weights()
DAYS = list(range(season.DAYS))


def busy_day(rng: Random) -> date:
    return season.on(rng.choices(DAYS, BUSY)[0])


def near(rng: Random, day: date) -> date:
    """A day within two weeks of the one planned, rather a busy one than a holiday."""
    first = max(season.day_number(day) - 7, 0)
    around = DAYS[first : first + 15]
    if not around:
        return day
    return season.on(rng.choices(around, BUSY[first : first + 15])[0])


def car(rng: Random, owner: Owner, bought: date, new: bool) -> Car:
    models = BRANCHES[owner.branch][2]
    model = rng.choice(list(models))
    made = Car(owner, model, bought, new)
    if new:
        made.price = rng.randint(*models[model]) * 10_000
    made.loyalty = rng.random()
    yearly = 45_000 if owner.kind == "fleet" else 12_500 * rng.lognormvariate(0, 0.3)
    made.km_a_day = yearly / 365
    owner.cars.append(made)
    return made


def old_owner(rng: Random, branch: str) -> Owner:
    """Bought up to five years before the period; some buy another car in it."""
    owner = Owner(branch, "owner")
    car(rng, owner, season.START - timedelta(rng.randint(1, 5 * 365)), new=False)
    if rng.random() < SECOND_CAR:
        car(rng, owner, busy_day(rng), new=True)
    return owner


def new_owner(rng: Random, branch: str) -> Owner:
    owner = Owner(branch, "owner")
    car(rng, owner, busy_day(rng), new=True)
    return owner


def fleet(rng: Random, branch: str, cars: int) -> Owner:
    owner = Owner(branch, "fleet")
    for _ in range(cars):
        car(rng, owner, busy_day(rng), new=True)
    return owner


def unlucky(rng: Random) -> Owner:
    """An old owner with one accident after another: much work, little of it paid by the owner."""
    owner = Owner(rng.choice(["east", "west", "hitech"]), "unlucky")
    made = car(rng, owner, season.START - timedelta(rng.randint(200, 700)), new=False)
    made.loyalty = 0.0
    return owner


def owners(rng: Random) -> list[Owner]:
    everybody = []
    for branch, (new, old, _) in BRANCHES.items():
        everybody += [old_owner(rng, branch) for _ in range(old)]
        everybody += [new_owner(rng, branch) for _ in range(new)]
        everybody += [fleet(rng, branch, cars) for cars in FLEETS.get(branch, ())]
    everybody += [unlucky(rng) for _ in range(UNLUCKY)]
    return everybody


def refer(rng: Random, everybody: list[Owner]) -> None:
    """Gives some car sales an owner of the same branch, known before, who brought the buyer."""
    for owner in everybody:
        for sold in owner.cars:
            if sold.new and owner.kind == "owner" and rng.random() < REFERRED:
                known = [
                    other
                    for other in everybody
                    if other.branch == owner.branch
                    and other is not owner
                    and other.cars[0].bought < sold.bought
                ]
                sold.referrer = rng.choice(known) if known else None
