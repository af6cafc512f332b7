"""Reading a table: the one door through which data comes in."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from crm_lessons.data import (
    _choosing,
    _collecting,
    _line_way,
    _options,
    _parquet_files,
    _quoting,
    _read_once,
    _survey_way,
    guarding,
    places,
)
from crm_lessons.data import _schema as schemas
from crm_lessons.data.findings import Note, shorten
from crm_lessons.data.places import Source
from crm_lessons.data.questionnaire import Questionnaire
from crm_lessons.data.surveys import _reading as surveys
from crm_lessons.errors import CrmError, DataFaults, Fault, Reason


@dataclass(frozen=True)
class Table:
    """A table that has passed every check.

    ``lines``: lazy, one row per line, columns named and typed as in datapackage.json; unknown
    columns are left out. ``set_aside``: reason → number of rows not in ``lines``;
    ``set_aside_amount``: reason → their amount. ``notes``: worth knowing, nothing to mend.
    ``currency``: the unit of the amounts where the file, or whoever asked, names one, else empty.
    """

    lines: pl.LazyFrame
    set_aside: Mapping[str, int]
    fingerprint: str
    source: str
    schema: str = "orders"
    set_aside_amount: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    questionnaire: Questionnaire | None = None  # of a survey
    currency: str = ""
    seen: guarding.Seen = field(default_factory=guarding.Seen)  # the files, as they were read

    def check_unchanged(self) -> None:
        """CrmError if a file that ``lines`` are still read from is not what it was."""
        self.seen.check()

    def unit(self, where: Mapping[str, str] | None = None) -> str:
        """The unit of the amounts of the lines that ``where`` keeps; "" where nothing names one.

        A table of several currencies has one as soon as its lines are chosen by it.
        """
        return self.currency or _choosing.currency_within(self.lines, where)

    @property
    def columns(self) -> list[str]:
        """The names of the columns of ``lines``."""
        return self.lines.collect_schema().names()


def read(
    source: Source,
    schema: str | Questionnaire = "orders",
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    latest: dt.date | str | None = None,
    others: Iterable[str] = (),
    leave_out: Mapping[str, str] | None = None,
    flip_returns: bool = False,
    reading: Mapping[str, Any] | None = None,
    **options: Any,
) -> Table:
    """Read a table and check all of it: either every cell is sound, or all faults are raised.

    ``source`` is the name of a sample (shop, dealers, complete_journey), a CSV, TSV, Excel or
    Parquet file, a folder of them, a pattern such as ``orders_*.csv``, a table or stored query of
    a database (``sql:sales/orders``, see `connections`), a list of these that make one table, or a
    YAML file that `crm-lessons map` has made: it names the source and how to read it.
    ``columns`` maps a field to its heading in the file where it is not recognised. ``encoding`` is
    needed for text in Big5 and the like only. ``latest``: no date may lie after it. ``others``
    names further columns of the file to be kept, as text. ``leave_out`` maps a column to values
    whose lines are set aside: ``{"customer_id": "walk-in|staff*"}``. ``flip_returns``: amounts of
    lines marked as returned are positive there and count as minus.

    What a file leaves open otherwise is settled by the options that `Options` explains
    (``amount_is="order"``, ``sheet="2024|2025"``, ``keep_repeats=True`` …), each given by its name
    or all of them as ``reading``.

    ``schema`` is a kind of table, or a questionnaire (`data.questionnaire`) for a survey: then
    ``lines`` has one row per respondent with the columns of the questionnaire, answers as codes,
    and those of ``others`` that the file has.

    Raises `errors.DataFaults` with every fault, `errors.CrmError` if there is no such file, or an
    option that such a table does not know.

    >>> read("shop").lines.collect_schema()["order_date"]
    Date
    """
    given = dict(columns=columns, encoding=encoding, leave_out=leave_out, flip_returns=flip_returns)
    asked = surveys.asked(source, schema)
    if asked is not None:
        chosen = _options.of(reading, given, options)
        _refuse(_options.asked(chosen), asked.name)
        asked = surveys.with_others(asked, others)
        located = places.locate(source, asked.name)
        seen = guarding.seen(_files(located))
        told = ["survey", *map(_read_once.plain, (source, asked, chosen)), str(latest or "")]
        with (
            guarding.guarded(lambda error: _not_readable(located, error, seen)),
            _collecting.fitting(located.places),
        ):
            made = _read_once.table(
                told,
                located.places,
                lambda: _survey_way.read(source, asked, chosen, _as_date(latest)),
            )
        return Table(**made)
    described = schemas.load(schema)
    located = places.locate(source, schema)
    chosen = _options.of(located.options, reading, given, options)
    seen = guarding.seen(_files(located))
    wanted = sorted(set(others))
    told = [schema, *map(_read_once.plain, (located.name, chosen)), wanted, str(latest or "")]
    with (
        _quoting.quoting(schema),
        guarding.guarded(lambda error: _not_readable(located, error, seen)),
        _collecting.fitting(located.places),
    ):
        made = _read_once.table(
            told,
            located.places,
            lambda: _line_way.read(located, described, chosen, wanted, _as_date(latest)),
        )
    seen.check()
    notes = _quoting.quoted(made["notes"], schema)
    return Table(**{**made, "notes": notes}, seen=seen)


def _files(located: places.Located) -> list[tuple[Path, str]]:
    found = (place for place in located.places if isinstance(place, places.FilePlace))
    return [(place.path, place.label) for place in found]


def _not_readable(
    located: places.Located, error: BaseException, seen: guarding.Seen
) -> CrmError | None:
    """What to raise where a library failed: the files that are damaged, as far as they show it.

    None where the mistake is ours and nothing is wrong with the files.
    """
    if isinstance(error, OSError) and error.strerror:
        path = error.filename or located.name
        return CrmError("file_not_readable", path=path, reason=Reason(error))
    damaged = [label for path, label in _files(located) if not _parquet_files.is_sound(path)]
    if not damaged and isinstance(error, guarding.OURS):
        seen.check()  # a file replaced meanwhile has other columns than those asked for
        return None
    if damaged:
        return DataFaults([Fault("damaged_parquet", label) for label in damaged])
    said = next(iter(str(error).splitlines()), "")
    reason = shorten(f"{type(error).__name__}: {said}".rstrip(": "))
    return DataFaults([Fault("not_readable", located.name, more={"reason": reason})])


def _refuse(names: Iterable[str], survey: str) -> None:
    """No option that would say nothing about a survey."""
    foreign = [name for name in names if name not in _options.OF_SURVEYS]
    if foreign:
        known = ", ".join((*_options.OF_SURVEYS, "latest"))
        told = dict(names=", ".join(foreign), survey=survey, known=known)
        raise CrmError("option_not_for_surveys", **told)


def _as_date(day: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day and isinstance(day, str) else day or None
