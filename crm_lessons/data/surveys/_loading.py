"""The YAML file of a questionnaire → `Questionnaire`; every fault in it said clearly."""

import difflib
from collections.abc import Mapping
from pathlib import Path

from crm_lessons.data import samples
from crm_lessons.data._schema import Field
from crm_lessons.data.questionnaire import (
    EXPECTED,
    PERCEIVED,
    REPEATS,
    WHOLE,
    Item,
    Question,
    Questionnaire,
    Scale,
)
from crm_lessons.data.surveys import _days, _respondents, _yaml_file
from crm_lessons.data.surveys._heading_texts import bare
from crm_lessons.data.surveys._loading_scales import scale
from crm_lessons.data.surveys._yaml_file import Part
from crm_lessons.errors import CrmError

TOP = ("name", "title", "missing", "repeats", "stems", "scales", "aspects", "drivers", "items")
TOP += (*WHOLE, "columns")
_QUESTION = ("scale", "reverse", "zh", "en", "headings")
_ITEM = (*_QUESTION, "aspect", "driver", "weight", "title", EXPECTED)


def questionnaire(name_or_path: str | Path) -> Questionnaire:
    """A questionnaire from its YAML file, or that of a sample survey by name.

    Raises CrmError that names every place in the file, what is wrong there, and what to do.

    >>> questionnaire("dealer_survey").questions["overall"].scale.high
    5.0
    """
    top = _yaml_file.load(_path(name_or_path))
    made = _questionnaire(top)
    top.stop()
    return made


def _path(name_or_path: str | Path) -> Path:
    if isinstance(name_or_path, str) and name_or_path in samples.SURVEYS:
        return samples.questionnaire_path(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        close = difflib.get_close_matches(str(name_or_path), samples.SURVEYS, 1)
        if close:
            raise CrmError("no_such_sample", name=name_or_path, close=close[0])
        raise CrmError("file_not_found", path=path)
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise CrmError("questionnaire_suffix", where=path.name)
    return path


def _questionnaire(top: Part) -> Questionnaire:
    top.parts(TOP)
    scales = {name: scale(name, one) for name, one in top.need("scales").parts().items()}
    aspects = {n: one.texts() for n, one in _aspects(top).parts().items()}
    items, questions = {}, {}
    stems = top.get("stems", {})
    for name, one in top.need("items").parts().items():
        if one.value is not None and one.parts() and one.get("aspect", "").is_none:
            continue
        asked = _asked(name, one, scales, stems)
        items[name] = _item(name, one, asked[0], aspects)
        questions |= {question.name: question for question in asked}
    if not items and not top.errors:
        top.wrong("part_missing", name="items")
    for name in WHOLE:
        if name in top.parts():
            questions[name] = _whole(name, top.need(name), scales)
    missing = top.get("missing", {})
    missing.parts(("codes", "words"))
    made = Questionnaire(
        name=top.need("name").text(),
        title=top.need("title").texts(),
        items=items,
        questions=questions,
        aspects=aspects,
        columns=_columns(top.get("columns", {})),
        words=_words(top.get("columns", {})),
        day_order=_day_order(top.get("columns", {})),
        missing_codes=tuple(p.number() for p in missing.get("codes", []).listed()),
        missing_words=tuple(p.text() for p in missing.get("words", []).listed()),
        repeats=top.get("repeats", "last").one_of(REPEATS),
        source=top.file,
    )
    if not top.errors:
        _check_codes(made, missing)
    _check_texts(made, top)
    return made


def _aspects(top: Part) -> Part:
    return top.need("drivers" if "drivers" in top.parts() else "aspects")


def _item(name: str, part: Part, asked: Question, aspects: Mapping) -> Item:
    parts = part.parts(_ITEM)
    belongs = part.need("driver" if "driver" in parts else "aspect").one_of(aspects)
    texts = parts["title"].texts() if "title" in parts else None
    weight = part.get("weight", 1).number()
    if weight < 0:
        part.get("weight", 1).wrong("weight_negative", found=f"{weight:g}")
    return Item(name, texts or asked.text, belongs, weight, asked.scale)


def _asked(name: str, part: Part, scales: Mapping, stems: Part) -> list[Question]:
    """The question about what was perceived and, where asked, the one about what is expected."""
    stems.parts((EXPECTED, PERCEIVED))
    asked = [_question(f"{PERCEIVED}_{name}", part, _texts(part), scales, PERCEIVED, name, stems)]
    if EXPECTED not in part.parts():
        return asked
    expected = part.need(EXPECTED)
    if expected.value is False:
        return asked
    same_text = expected.value is True  # asked in the same words, under a stem of its own
    if same_text and EXPECTED not in stems.parts():
        expected.wrong("stem_missing")
    texts = _texts(part if same_text else expected)
    if not same_text:
        expected.parts(("zh", "en", "headings", "reverse"))
    role = [EXPECTED, name, stems, not same_text]
    asked.append(_question(f"{EXPECTED}_{name}", part, texts, scales, *role))
    return asked


def _question(column, part, texts, scales, role="", item="", stems=None, own=False) -> Question:
    """``own``: headings and direction stand in the part ``expected``."""
    about = part.need(EXPECTED) if own else part
    stem = stems.get(role, {}) if stems is not None else None
    same_text_expected = role == EXPECTED and not own
    headings = [] if same_text_expected else about.get("headings", []).listed()
    scale = _scale_of(part, scales)
    turned = about.get("reverse", part.get("reverse", False).value).flag()
    return Question(
        name=column,
        scale=scale,
        text=texts,
        headings=tuple(heading.text() for heading in headings),
        role=role,
        item=item,
        reverse=turned != scale.low_is_best,
        stem=stem.texts() if stem is not None and stem.value else {},
    )


def _whole(name: str, part: Part, scales: Mapping) -> Question:
    part.parts(_QUESTION)
    return _question(name, part, _texts(part), scales)


def _scale_of(part: Part, scales: Mapping[str, Scale]) -> Scale:
    return scales.get(part.need("scale").one_of(scales)) or Scale("", 0, 1)


def _texts(part: Part) -> dict[str, str]:
    return part.either()


def _columns(part: Part) -> dict[str, Field]:
    found = {"respondent_id": _respondents.known("respondent_id")}
    for name, one in part.parts(_respondents.NAMES).items():
        if name not in _respondents.NAMES:  # told already
            continue
        if one.value is None:
            found[name] = _respondents.known(name)
            continue
        if isinstance(one.value, str):  # its heading, or that there is none
            if not one.is_none:
                found[name] = _respondents.field(name, {}, (one.text(),), {})
            continue
        own = ("order",) if name == "answered_on" else ()
        parts = one.parts(("zh", "en", "headings", "answers", *own))
        title = {language: parts[language].text() for language in ("zh", "en") if language in parts}
        headings = tuple(p.text() for p in one.get("headings", []).listed())
        found[name] = _respondents.field(name, title, headings, _codes(one.get("answers", {})))
    return found


def _day_order(columns: Part) -> str:
    day = columns.get("answered_on", {})
    told = day.parts().get("order") if isinstance(day.value, Mapping) else None
    return told.one_of(_days.ORDERS) if told is not None else ""


def _codes(part: Part) -> dict[str, str]:
    """Label in either language → code, of answers such as ``{east: {zh: 城东店, en: East}}``."""
    return {text: code for code, one in part.parts().items() for text in one.texts().values()}


def _words(part: Part) -> dict[str, dict[str, dict[str, str]]]:
    """Column → code → its words, of the columns that list their answers."""
    parts = {name: one for name, one in part.parts().items() if isinstance(one.value, Mapping)}
    listed = {name: one.get("answers", {}).parts() for name, one in parts.items()}
    return {n: {code: a.texts() for code, a in answers.items()} for n, answers in listed.items()}


def _check_codes(made: Questionnaire, part: Part) -> None:
    for question in made.questions.values():
        for code in made.missing_codes:
            if question.scale.holds(code):
                part.wrong("missing_is_answer", code=f"{code:g}", question=question.name)


def _check_texts(made: Questionnaire, top: Part) -> None:
    """No two questions may be asked in the same words, or no file could tell them apart."""
    seen: dict[str, dict[str, str]] = {}  # text → stem → question
    for question in made.questions.values():
        for text in dict.fromkeys(one for one in question.text.values() if one):
            languages = [name for name, one in question.text.items() if one == text]
            stem = bare(question.stem.get(languages[0], ""))
            others = seen.setdefault(bare(text), {})
            for other_stem, other in others.items():
                alike = stem == other_stem or not (stem and other_stem)
                if alike and other != question.name:
                    top.wrong("text_twice", text=text, first=other, second=question.name)
            others[stem] = question.name
