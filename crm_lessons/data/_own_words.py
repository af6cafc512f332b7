"""Names and words of a file's own where figures hang on a code: who writes, what came of it."""

from collections.abc import Sequence

import polars as pl

from crm_lessons.data import _results, _senders, _sittings
from crm_lessons.data._options import Options
from crm_lessons.data._parts import Part
from crm_lessons.data.findings import Findings

WRITERS = {"messages": "sender", "dialogues": "speaker"}  # schema → the column of who writes


def columns(schema: str, options: Options) -> list[str]:
    """The columns that have to be there because the options say what stands in them."""
    asked = [WRITERS.get(schema, "sender")] if options.roles else []
    of_result = _results.OF.get(schema, ("result",))[0]
    return [*asked, *([of_result] if options.results else [])]


def as_codes(
    frame: pl.LazyFrame, schema: str, options: Options, parts: Sequence[Part], findings: Findings
) -> pl.LazyFrame:
    """The lines with codes for what the options or the line itself explain, chats numbered."""
    frame = _results.named(frame, schema, options.results)
    frame = _results.without_plans(frame, schema, findings)
    if schema not in WRITERS:
        return frame
    frame = _senders.named(frame, options.roles, WRITERS[schema])
    frame = _sittings.apart(frame, parts, findings)
    return _senders.resolved(frame, WRITERS[schema]) if schema == "dialogues" else frame


def ask(
    lines: pl.LazyFrame, schema: str, source: str, parts: Sequence[Part], findings: Findings
) -> None:
    """A fault for each name or word left that is no code; other faults come first."""
    if not findings.faults:
        if schema == "dialogues":
            findings.add(_senders.doubts(lines, source, WRITERS[schema]))
        if schema in _results.OF:
            findings.add(_results.doubts(lines, schema, parts))
