"""What schemes and their classes are called, and what each is for, in the language in use."""

from crm_lessons import wording
from crm_lessons.classification._segments import segments
from crm_lessons.classification.rules import FLAG
from crm_lessons.classification.subjects import ALL, TAUGHT
from crm_lessons.data import labels
from crm_lessons.pareto.abc import CLASSES
from crm_lessons.wording.names import Codes, code, column


def scheme_name(id: str) -> str:
    """The title of a scheme, computed or taught.

    >>> with wording.using("en"):
    ...     scheme_name("value_level")
    'Value level'
    """
    return column(id)


def purpose(id: str) -> str:
    """What a scheme decides and where its boundary lies; of a taught one, why it is not computed.

    >>> with wording.using("en"):
    ...     purpose("tag_once_only")
    'One order at most.'
    """
    return wording.text(f"schemes.{'why_not' if id in TAUGHT else 'decides'}.{id}")


def class_names(id: str) -> dict[str, str]:
    """Class to word for a computed scheme, and ``unknown`` for a missing class.

    >>> with wording.using("en"):
    ...     class_names("behaviour")["lost"], class_names("big_v")["yes"]
    ('Lost', 'yes')
    """
    scheme = ALL[id]
    prefix = "flag" if scheme.kind == FLAG else id
    recorded = labels(scheme.needs[0])
    found = {} if scheme.classes else dict(recorded)
    for name in scheme.classes:
        key = f"codes.scheme.{prefix}.{name}"
        found[name] = wording.text(key) if wording.has(key) else recorded.get(name, name)
    return found | {"unknown": wording.text("codes.scheme.unknown")}


def codes() -> dict[str, Codes]:
    """Column to words for every table of this room: schemes, classes, segments, actions.

    A column ``class`` holds ``scheme.class`` (`counts_of_all`), or a segment.

    >>> with wording.using("en"):
    ...     codes()["class"]["behaviour.lost"], codes()["class"]["important_value"]
    ('Lost', 'Champions')
    """
    words = {id: class_names(id) for id in ALL}
    every = {f"{id}.{name}": word for id, found in words.items() for name, word in found.items()}
    segments_told = {s.segment: code(s.segment, "codes.segment.") for s in segments()}
    schemes = {id: scheme_name(id) for id in (*ALL, *TAUGHT, "abc")}
    return words | {
        "class": every | segments_told | {f"abc.{letter}": letter for letter in CLASSES},
        "scheme": schemes,
        "other": schemes,
        "segment": segments_told,
        "reason": "schemes.rfm_action_",
        "action": "schemes.rfm_action_",
        "channel": "schemes.rfm_channel_",
    }
