"""The raw tables of a source: one for each file, table of a database, or sheet."""

from collections.abc import Iterator

from crm_lessons.data import databases, files
from crm_lessons.data._options import Options
from crm_lessons.data._raw import Raw, Score
from crm_lessons.data.findings import Findings
from crm_lessons.data.places import Located, SqlPlace


def of(located: Located, score: Score, options: Options, findings: Findings) -> Iterator[Raw]:
    """Every raw table that can be read; what cannot is a fault in ``findings``."""
    kinds = set()
    for place in located.places:
        if isinstance(place, SqlPlace):
            raw = databases.read_raw(place, findings)
            found = [] if raw is None else [raw]
        else:
            given = (options.encoding or None, findings, options.sheet)
            found = files.read_raw(place, score, *given)
        kinds |= {raw.kind for raw in found}
        yield from found
    for name, kind in (("encoding", "text"), ("sheet", "excel")):
        if getattr(options, name) and kinds and kind not in kinds:
            told = dict(option=name, value=getattr(options, name))
            findings.note("option_unused", file=located.name, **told)
