"""The shop's further tables, each from a random stream of its own, made after orders and people."""

from making import attitudes, leads, service

TABLES = ("leads", "referrals", "service", "accounts", "attitudes")


def make(seed: int, shop_made: dict) -> dict:
    """Rows by table, and the planted cases of the survey under ``cases``."""
    return {
        **leads.make(seed, shop_made["customers"]),
        **service.make(seed, shop_made),
        **attitudes.make(seed, shop_made),
    }
