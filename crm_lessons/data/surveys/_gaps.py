"""Numbers that survey tools write for "no answer" and that the questionnaire does not name.

-99 is on no scale of ours, yet nobody mistyped it. Whether it is a gap a person says, once for the
whole file, with a line that can be copied.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from crm_lessons.data.findings import Findings
from crm_lessons.data.questionnaire import Questionnaire
from crm_lessons.data.surveys._headings import Text
from crm_lessons.data.surveys._words import GAP, MISSING

ROUND = 5  # people give round numbers where they may choose from a hundred
OFTEN = 2  # times that such a code comes, at least


def check(
    counts: Sequence[Mapping[str, Mapping[str, int]]],
    asked: Questionnaire,
    file: str,
    findings: Findings,
) -> None:
    """A fault that names all such numbers of a survey, and the line that declares them.

    ``counts``: of each file, question to how often what was missing.
    """
    often: Counter[str] = Counter()
    first: dict[str, None] = {}  # questions in their order
    for of_file in counts:
        for name, why in of_file.items():
            gaps = {reason: n for reason, n in why.items() if reason.startswith(GAP)}
            often.update({reason.removeprefix(GAP): n for reason, n in gaps.items()})
            first |= dict.fromkeys([name] if gaps else [])
    if not often:
        return
    codes = sorted({*asked.missing_codes, *map(float, often)})
    line = f"codes: [{', '.join(f'{code:g}' for code in codes)}]"
    if asked.missing_words:
        line += f", words: {json.dumps(list(asked.missing_words), ensure_ascii=False)}"
    told = dict(codes=", ".join(f"{code} ({n})" for code, n in sorted(often.items())))
    told |= dict(questions=len(first), first=Text(asked.questions[next(iter(first))]))
    findings.fault("missing_undeclared", file, line=line, questionnaire=asked.source, **told)


def check_among(frame: pl.DataFrame, asked: Questionnaire, file: str, findings: Findings) -> None:
    """A fault where such a number lies on the scale itself, and stands out from what people give.

    On 0 to 100, 99 may be an answer. Where all other answers are round and 99 comes again and
    again, it is rather a gap, and would count as delight.
    """
    for question in asked.questions.values():
        scale = question.scale
        if question.name not in frame.columns or scale.answers or scale.numbers or scale.high < 100:
            continue
        held = frame[question.name].drop_nulls()
        odd = held.filter(held.is_in(list(map(float, MISSING))))
        others = held.filter(~held.is_in(list(map(float, MISSING))))
        if len(odd) < OFTEN or not len(others) or not (others % ROUND == 0).all():
            continue
        codes = ", ".join(f"{code:g}" for code in sorted(odd.unique()))
        told = dict(question=Text(question), scale=scale.name, codes=codes, count=len(odd))
        findings.fault("codes_among_answers", file, questionnaire=asked.source, **told)
