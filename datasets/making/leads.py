"""Enquiries and invitations: shop_leads.csv and shop_referrals.csv.

Every promoter of the shop invited five people; those who came are the customers with a referrer.
An enquiry by word of mouth follows an invitation, so the tables tell one story. Whether an enquiry
converts depends on its source and its reason; need and power are known of whom we reached.
"""

from dataclasses import dataclass
from random import Random

from making import season, shop, shop_tables
from making.tables import flag

LEADS = {"organic": 300, "advertising": 320, "livestream": 180, "word_of_mouth": 200}
RATES = {"organic": 0.18, "advertising": 0.07, "livestream": 0.18, "word_of_mouth": 0.34}
REASONS = {"new_product": 25, "unhappy_with_supplier": 20, "demand_grows": 20, "better_offer": 35}
FACTORS = {  # on the rate of the source; equal on purpose for two of them
    "new_product": 0.7,
    "unhappy_with_supplier": 1.8,
    "demand_grows": 1.2,
    "better_offer": 0.7,
}
FROM_ACCOUNTS = 20  # converted enquiries that became corporate accounts
# Reached, and then found to have a need and the power to buy; notes are not always right.
LED_TO_NOTHING = (0.80, 0.55, 0.60)
BECAME_CUSTOMERS = (0.95, 0.94, 0.92)


@dataclass
class Invitation:
    promoter: shop.Customer
    day: int
    friend: shop.Customer | None = None
    lead: "Lead | None" = None


@dataclass
class Lead:
    source: str
    reason: str
    day: int
    customer: shop.Customer | None = None
    id: str = ""


def invitations(rng: Random, customers: list[shop.Customer]) -> list[Invitation]:
    """Five of each promoter, among them one for every friend who came."""
    friends: dict[str, list[shop.Customer]] = {}
    for customer in customers:
        if customer.referrer:
            friends.setdefault(customer.referrer.id, []).append(customer)
    found = []
    for promoter in (customer for customer in customers if customer.promotes):
        came = friends.get(promoter.id, [])
        for friend in came:
            earliest = max(promoter.joined, friend.joined - 30)
            found.append(Invitation(promoter, rng.randint(earliest, friend.joined), friend))
        for _ in range(shop_tables.INVITATIONS - len(came)):
            day = min(promoter.joined + rng.randint(0, 180), season.DAYS - 1)
            found.append(Invitation(promoter, day))
    return sorted(found, key=lambda one: (one.day, one.promoter.id))


def drawn(rng: Random) -> list[tuple[str, str, bool]]:
    """Source, reason and whether it converts, for every enquiry."""
    mean = sum(REASONS[r] * FACTORS[r] for r in REASONS) / sum(REASONS.values())
    found = []
    for source, count in LEADS.items():
        for _ in range(count):
            reason = shop.pick(rng, REASONS)
            found.append((source, reason, rng.random() < RATES[source] * FACTORS[reason] / mean))
    return found


def by_invitation(rng: Random, told: list[tuple], invited: list[Invitation]) -> list[Lead]:
    """Enquiries by word of mouth, each after an invitation."""
    came = [one for one in invited if one.friend]
    stayed_away = [one for one in invited if not one.friend]
    rng.shuffle(came)
    rng.shuffle(stayed_away)
    found = []
    for source, reason, converted in told:
        one = came.pop() if converted else stayed_away.pop()
        last = one.friend.joined if converted else min(one.day + 10, season.DAYS - 1)
        one.lead = Lead(source, reason, rng.randint(one.day, last), one.friend)
        found.append(one.lead)
    return found


def by_themselves(rng: Random, told: list[tuple], customers: list[shop.Customer]) -> list[Lead]:
    """The other enquiries; some of those that convert become corporate accounts."""
    alone = [c for c in customers if not c.referrer and c.joined >= 30]
    accounts = [c for c in alone if c.kind == "corporate"]
    people = [c for c in alone if c.kind == "person"]
    converted = sum(one[2] for one in told)
    became = rng.sample(accounts, FROM_ACCOUNTS) + rng.sample(people, converted - FROM_ACCOUNTS)
    rng.shuffle(became)
    found = []
    for source, reason, converts in told:
        # Those who came to nothing asked at the same times as those who became customers.
        like = became.pop() if converts else rng.choice(people)
        day = like.joined - rng.randint(0, 21)
        found.append(Lead(source, reason, day, like if converts else None))
    return found


def lead_rows(rng: Random, leads: list[Lead]) -> list[dict[str, str]]:
    return [
        {
            "lead_id": lead.id,
            "created_on": season.on(lead.day).isoformat(),
            "source": lead.source,
            "reason": lead.reason,
            **_found_out(rng, lead),
            "customer_id": lead.customer.id if lead.customer else "",
            "first_order": season.on(lead.customer.joined).isoformat() if lead.customer else "",
        }
        for lead in leads
    ]


def _found_out(rng: Random, lead: Lead) -> dict[str, str]:
    """Need and power; empty of those we never reached."""
    shares = BECAME_CUSTOMERS if lead.customer else LED_TO_NOTHING
    reached, need, power = (rng.random() < share for share in shares)
    return {
        "contacted": flag(reached),
        "has_need": flag(need) if reached else "",
        "has_power": flag(power) if reached else "",
    }


def referral_rows(invited: list[Invitation]) -> list[dict[str, str]]:
    return [
        {
            "referral_id": f"F{number:04d}",
            "from_id": one.promoter.id,
            "invited_on": season.on(one.day).isoformat(),
            "lead_id": one.lead.id if one.lead else "",
            "converted": flag(one.friend is not None),
            "to_id": one.friend.id if one.friend else "",
        }
        for number, one in enumerate(invited, start=1)
    ]


def make(seed: int, customers: list[shop.Customer]) -> dict[str, list[dict[str, str]]]:
    """The rows of shop_leads.csv and shop_referrals.csv."""
    rng = Random(f"leads {seed}")
    invited = invitations(rng, customers)
    told = drawn(rng)
    mouth = [one for one in told if one[0] == "word_of_mouth"]
    leads = by_themselves(rng, [one for one in told if one[0] != "word_of_mouth"], customers)
    leads += by_invitation(rng, mouth, invited)
    leads.sort(key=lambda lead: lead.day)
    for number, lead in enumerate(leads, start=1):
        lead.id = f"L{number:04d}"
    return {"leads": lead_rows(rng, leads), "referrals": referral_rows(invited)}
