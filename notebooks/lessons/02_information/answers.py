"""What the exercises expect, computed from what the lesson binds.

request
    What a customer's request for deletion touches, field by field.
move
    Records before against after the move.
alone
    Salespeople with the customers to whom nobody else has spoken.
sizes, smallest
    For each record how many look the same; groups below this are too small.
register
    The columns of the file with purpose, ground and what is to be done.
"""

import pandas as pd

from crm_lessons import records
from crm_lessons.course.answers import Answers

from . import pairs

# What the notes would write down, in which of their layers, and why a salesperson says so.
NOTED = {
    "looks": ("visible", "recognise"),
    "character": ("visible", "chat"),
    "likes": ("related", "invite"),
    "family": ("extended", "bigger_car"),
    "values": ("extended", "chat"),
    "social_circle": ("extended", "refer"),
    "pet": ("extended", "chat"),
    "model": ("related", "parts"),
    "plate": ("visible", "comes_in"),
    "birthday": ("visible", "greet"),
}


def noted():
    table = pd.DataFrame.from_dict(NOTED, orient="index", columns=["layer", "said_for"])
    return table.rename_axis("field").sort_index()


def advised(*kinds):
    known = records.register()
    return {field for field in NOTED if known[field].advice in kinds}


no_purpose = Answers(
    offered=noted,
    right=lambda: advised(records.DROP),
    wrong={
        "extended_only": lambda: set(noted().query("layer == 'extended'").index),
        "asked_for_too": lambda: advised(records.DROP, records.ASK),
        "looks_only": lambda: {"looks"},
    },
)

one_or_two = Answers(
    offered=pairs.shown,
    right=lambda: pairs.those("one_person"),
    wrong={
        "same_phone": lambda: pairs.those("same_phone"),
        "same_name": lambda: pairs.those("same_name"),
    },
)


def of_step(*steps):
    return lambda request: set(request.index[request["step"].isin(steps)])


def of_ground(*grounds):
    return lambda request: set(request.index[request["ground"].isin(grounds)])


delete_me = Answers(
    offered=lambda request: request[["held_for", "ground"]].sort_index(),
    right=of_step("lock"),
    wrong={
        "contract_too": of_ground(records.CONTRACT, records.LEGAL_DUTY),
        "everything": lambda request: set(request.index),
    },
)

records_lost = Answers(
    right=lambda move: move.count("lost"),
    wrong={
        "difference": lambda move: move.before - move.after,
        "both": lambda move: move.count("lost") + move.count("doubled"),
    },
)


def first(table, column):
    return table[column].sort_index().idxmax()


takes_along = Answers(
    right=lambda alone: alone["alone"].max() / alone.loc[first(alone, "alone"), "customers"],
    wrong={
        "of_all": lambda alone: alone["alone"].max() / alone["customers"].sum(),
        "of_the_lonely": lambda alone: alone["alone"].max() / alone["alone"].sum(),
    },
)


# Beside counts and sums; of all fields the page would be too long to read.
FIELDS = ["name", "phone", "id_card", "birthday", "address", "spent"]


def checked(move):
    page = records.sign_off(move)
    kept = {f"changed:{one}" for one in FIELDS}
    return page[~page.index.str.startswith("changed:") | page.index.isin(kept)]


def failed(move):
    page = checked(move)
    return set(page.index[~page["passes"]])


do_not_sign = Answers(
    # Counts of records are whole numbers; a sum of money need not be.
    offered=lambda move: checked(move)[["should_be", "is_now"]].convert_dtypes().sort_index(),
    right=lambda move: failed(move),
    wrong={
        "count_only": lambda move: failed(move) & {"records"},
        "sums_and_count": lambda move: {
            one for one in failed(move) if one.startswith(("records", "sum:"))
        },
    },
)

too_small = Answers(
    right=lambda sizes, smallest: float((sizes < smallest).mean()),
    wrong={
        "alone_only": lambda sizes: float((sizes == 1).mean()),
        "the_safe": lambda sizes, smallest: float((sizes >= smallest).mean()),
    },
)

STEPS = ["find", "ask_back", "update", "read_again", "undo"]


def swapped(one, other):
    order = list(STEPS)
    a, b = order.index(one), order.index(other)
    order[a], order[b] = order[b], order[a]
    return order


change_a_number = Answers(
    wrong={
        "changed_unasked": swapped("ask_back", "update"),
        "undone_unread": swapped("read_again", "undo"),
    },
)


def as_clerk(do, **told):
    return {"as": "clerk", "do": do, **told}


def as_manager(do, **told):
    return {"as": "manager", "do": do, **told}


NEW_PHONE, OLD_PHONE = {"phone": "17406510088"}, {"phone": "17406510011"}

in_the_ledger = Answers(
    wrong={
        "wrong_namesake": [as_clerk("update", record="C101", values=NEW_PHONE)],
        "deleted_not_marked": [as_manager("delete", record="C102")],
        "entered_again": [as_clerk("enter", values={"name": "li_mei"})],
        "put_back_by_hand": [
            as_clerk("update", record="C101", values=NEW_PHONE),
            as_clerk("update", record="C101", values=OLD_PHONE),
        ],
    },
)
