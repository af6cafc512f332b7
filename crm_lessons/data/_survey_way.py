"""A survey: answers read by its questionnaire, one row per respondent."""

import datetime as dt
from typing import Any

from crm_lessons.data import _headings, _raws, files, places
from crm_lessons.data._options import Options
from crm_lessons.data.findings import Findings, told_once
from crm_lessons.data.places import Source
from crm_lessons.data.questionnaire import Questionnaire
from crm_lessons.data.surveys import _reading as surveys
from crm_lessons.data.surveys._heading_rows import Score


def read(
    source: Source, asked: Questionnaire, options: Options, latest: dt.date | None
) -> dict[str, Any]:
    """What makes up the `Table` of a survey; DataFaults with every fault."""
    located = places.locate(source, asked.name)
    _headings.check_names(options.columns, surveys.as_schema(asked))
    findings = Findings(notes=list(located.notes))
    found = list(_raws.of(located, Score(asked), options, findings))
    frame, set_aside = surveys.read(found, asked, options.columns, latest, findings)
    if frame.is_empty():
        findings.fault("no_answers_left", located.name)
        findings.stop()
    return dict(
        lines=frame.lazy(),
        set_aside=set_aside,
        fingerprint=files.fingerprint([raw.digest() for raw in found]),
        source=located.name,
        schema=asked.name,
        notes=told_once(findings.notes),
        questionnaire=asked,
    )
