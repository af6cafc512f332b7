"""The register of personal data: field → purpose → legal ground → who may see → until when."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import yaml

from crm_lessons import wording
from crm_lessons.data import bounded_yaml
from crm_lessons.errors import CrmError
from crm_lessons.wording import names as words

SHIPPED = Path(__file__).with_name("register.yaml")
CONSENT, CONTRACT, LEGAL_DUTY = "consent", "contract", "legal_duty"
# Article 13 of the PIPL, in its order; "legitimate interest", known from Europe, is not among them.
_OTHERS = ("emergency", "public_interest", "made_public", "other_law")
GROUNDS = (CONSENT, CONTRACT, LEGAL_DUTY, *_OTHERS)
KEEP, ASK, DROP = "keep", "ask", "drop"
ACCESS, DELETION = "access", "deletion"
_FIELD = {*wording.LANGUAGES, "purpose", "ground", "see", "months", "sensitive", "where"}


@dataclass(frozen=True)
class Entry:
    """A field of the register. No ``purpose`` or no ``ground``: nothing says why it is held.

    ``months`` after the last contact it may be held, None: nothing is settled. ``sensitive`` in the
    sense of article 28; ``where``: the systems and lists that hold it.
    """

    field: str
    title: Mapping[str, str]
    purpose: Mapping[str, str] | None = None
    ground: str | None = None
    see: tuple[str, ...] = ()
    months: int | None = None
    sensitive: bool = False
    where: tuple[str, ...] = ()

    @property
    def advice(self) -> str:
        """Keep, ask or drop: what has no purpose or no ground is dropped.

        What rests on consent is asked for, and so is what is sensitive (consent of its own, article
        29) unless a law requires it.
        """
        if self.purpose is None or self.ground is None:
            return DROP
        sensitive = self.sensitive and self.ground != LEGAL_DUTY
        return ASK if sensitive or self.ground == CONSENT else KEEP


def register(path: str | Path = SHIPPED) -> dict[str, Entry]:
    """The register of a YAML file by field; that of the sample dealer group where none is given.

    ``register.yaml`` in this room shows the shape. CrmError for what is no such file, with the
    place of what is wrong.

    >>> known = register()
    >>> known["phone"].ground, known["phone"].advice, known["looks"].advice
    ('contract', 'keep', 'drop')
    """
    path = Path(path)
    try:
        told = bounded_yaml.read(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CrmError("register_file", file=path.name) from error
    fields = _mapping(_mapping(told, path.name, {"fields"}).get("fields"), "fields")
    return {str(name): _entry(str(name), told) for name, told in fields.items()}


def register_table(
    entries: Mapping[str, Entry], columns: Iterable[str] | None = None
) -> pd.DataFrame:
    """The register as a table in the language in use, index ``field``.

    Columns ``held_for`` (the purpose), ``ground``, ``see``, ``months`` (after the last contact),
    ``sensitive``, ``keep_or_drop`` (keep, ask, drop). ``columns`` of a file: only these are shown,
    and one that the register does not know stands there without a purpose, to be dropped.

    >>> register_table(register(), ["phone", "zodiac"])["keep_or_drop"].to_dict()
    {'phone': 'keep', 'zodiac': 'drop'}
    """
    names = list(entries) if columns is None else list(columns)
    shown = [entries.get(name, Entry(name, {})) for name in names]
    language = wording.language()
    rows = {
        "held_for": [one.purpose[language] if one.purpose else "" for one in shown],
        "ground": [one.ground or "" for one in shown],
        "see": [_words(one.see, "codes.role.") for one in shown],
        "months": pd.array([one.months for one in shown], dtype="Int64"),
        "sensitive": [one.sensitive for one in shown],
        "keep_or_drop": [one.advice for one in shown],
    }
    return pd.DataFrame(rows, index=pd.Index(names, name="field"))


def overdue(
    people: pd.DataFrame,
    entries: Mapping[str, Entry],
    *,
    as_of: pd.Timestamp | str,
    since: str = "last_contact",
) -> pd.DataFrame:
    """What is held for longer than the register allows, index ``field``.

    Parameters
    ----------
    people
        One record a row, a date in ``since``; columns that the register does not know are not
        judged here (`register_table` names them).
    as_of
        The day of the check. The day on which the time ends still belongs to it.

    Returns
    -------
    DataFrame
        ``months`` allowed, ``held`` (records with a value), ``overdue`` of them, ``unknown`` (with
        a value and no date), ``overdue_share`` of those with a date. Fields without a settled time
        have ``overdue`` missing, never 0.

    >>> people = pd.DataFrame({"phone": ["1", "2"], "last_contact": ["2020-01-01", "2026-01-01"]})
    >>> overdue(people, register(), as_of="2026-06-30").loc["phone", "overdue"]
    np.int64(1)
    """
    if since not in people:
        raise CrmError("register_no_date", column=since)
    last = pd.to_datetime(people[since], errors="coerce").dt.normalize()
    day = pd.Timestamp(as_of).normalize()
    rows = {}
    for name in people.columns.intersection(list(entries), sort=False):
        months = entries[name].months
        held = people[name].notna() & (people[name].astype("string").str.strip() != "").fillna(
            False
        )
        row = {
            "months": months,
            "held": int(held.sum()),
            "unknown": int((held & last.isna()).sum()),
        }
        late = None
        if months is not None:
            late = int((held & (last + pd.DateOffset(months=months) < day)).sum())
        rows[name] = row | {"overdue": late}
    columns = ["months", "held", "overdue", "unknown"]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype("Int64")
    dated = found["held"] - found["unknown"]
    share = found["overdue"].astype("Float64") / dated.where(dated > 0)
    return found.assign(overdue_share=share.astype("Float64")).rename_axis("field")


def touched(
    entries: Mapping[str, Entry],
    request: str,
    *,
    held: Collection[str] | None = None,
    contract_open: bool = False,
) -> pd.DataFrame:
    """What a customer's request touches, field by field, index ``field``.

    ``request`` is ``access`` (article 45: everything is shown) or ``deletion`` (article 47: what a
    law requires is locked and used for nothing else; what an open contract needs goes when it ends;
    the rest is erased). ``held`` names the fields of this customer that hold something.

    Columns ``step`` (``show``, ``erase``, ``lock``, ``after_contract``), ``ground``, ``where`` (all
    places that have to be gone to).

    >>> touched(register(), "deletion", held=["phone", "spent"])["step"].to_dict()
    {'phone': 'erase', 'spent': 'lock'}
    """
    if request not in (ACCESS, DELETION):
        raise CrmError("register_request", request=request, known=f"{ACCESS}, {DELETION}")
    names = [name for name in entries if held is None or name in held]
    names += [name for name in held or () if name not in entries]
    shown = [entries.get(name, Entry(name, {})) for name in names]
    rows = {
        "step": ["show" if request == ACCESS else _deleted(one, contract_open) for one in shown],
        "ground": [one.ground or "" for one in shown],
        "where": [_words(one.where, "codes.place.") for one in shown],
    }
    return pd.DataFrame(rows, index=pd.Index(names, name="field"), dtype="str")


def _words(codes: tuple[str, ...], kind: str) -> str:
    """Roles or places in the language in use; one that is not known stands as it was written."""
    return wording.text("course.between").join(words.code(one, kind) for one in codes)


def _deleted(one: Entry, contract_open: bool) -> str:
    if one.ground == LEGAL_DUTY:
        return "lock"
    return "after_contract" if one.ground == CONTRACT and contract_open else "erase"


def _wrong(place: str, given: object, wanted: str) -> CrmError:
    return CrmError(
        "register_value", place=place, given="" if given is None else str(given), wanted=wanted
    )


def _mapping(given: object, place: str, known: set[str] | None = None) -> dict:
    return bounded_yaml.mapping(given, place, _wrong, known)


def _entry(name: str, told: object) -> Entry:
    place = f"fields.{name}"
    told = _mapping({} if told is None else told, place, _FIELD)
    purpose, ground = told.get("purpose"), told.get("ground")
    if purpose is not None:
        purpose = _mapping(purpose, f"{place}.purpose", set(wording.LANGUAGES))
        purpose = {
            one: _text(purpose.get(one), f"{place}.purpose.{one}") for one in wording.LANGUAGES
        }
    if ground is not None and ground not in GROUNDS:
        raise _wrong(f"{place}.ground", ground, ", ".join(GROUNDS))
    months, sensitive = told.get("months"), told.get("sensitive", False)
    if months is not None and (type(months) is not int or not 0 <= months <= 1200):
        raise _wrong(f"{place}.months", months, "24")
    if type(sensitive) is not bool:
        raise _wrong(f"{place}.sensitive", sensitive, "true, false")
    lists = {part: _list(told.get(part, []), f"{place}.{part}") for part in ("see", "where")}
    title = {one: str(told.get(one, name)) for one in wording.LANGUAGES}
    return Entry(name, title, purpose, ground, months=months, sensitive=sensitive, **lists)


def _text(given: object, place: str) -> str:
    if not isinstance(given, str) or not given.strip():
        raise _wrong(place, given, "zh: …, en: …")
    return given


def _list(given: object, place: str) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise _wrong(place, given, "[sales, service]")
    return tuple(map(str, given))
