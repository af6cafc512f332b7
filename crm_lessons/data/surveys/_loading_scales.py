"""The part ``scales`` of a questionnaire's file."""

from crm_lessons.data.questionnaire import CODES, OPTIONS, Answer, Scale
from crm_lessons.data.surveys._words import plain
from crm_lessons.data.surveys._yaml_file import Part


def scale(name: str, part: Part) -> Scale:
    parts = part.parts(("answers", "from", "to", "unit", "numbers", "best"))
    numbers = part.get("numbers", CODES).one_of((CODES, OPTIONS)) if "numbers" in parts else ""
    if "answers" in parts:
        return _listed_scale(name, parts["answers"], numbers)
    low, high = part.need("from").number(), part.need("to").number()
    if low >= high:
        part.wrong("scale_upside_down", low=f"{low:g}", high=f"{high:g}")
    unit = part.get("unit", "points").one_of(("points", "percent"))
    percent = unit == "percent"
    whole = not percent and high > 1
    best = part.get("best", high).one_of_numbers((low, high)) if "best" in parts else high
    options = dict(whole=whole, percent=percent, numbers=numbers, low_is_best=best == low)
    return Scale(name, low, high, **options)


def _listed_scale(name: str, part: Part, numbers: str) -> Scale:
    answers, gaps = [], []
    for one in part.listed():
        one.parts(("code", "zh", "en", "also"))
        also = tuple(p.text() for p in one.get("also", []).listed())
        texts = one.either()
        if one.get("code", "").is_none:
            gaps += [*texts.values(), *also]
            continue
        answers.append(Answer(one.need("code").number(), texts, also))
    if len(answers) < 2:
        part.wrong("scale_too_short")
        return Scale(name, 0, 1)
    codes = [one.code for one in answers]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        part.wrong("code_twice", code=f"{code:g}")
    _check_words(answers, part)
    told = dict(numbers=numbers, no_answers=tuple(dict.fromkeys(gaps)))
    return Scale(name, min(codes), max(codes), tuple(answers), **told)


def _check_words(answers: list[Answer], part: Part) -> None:
    seen: dict[str, float] = {}
    for one in answers:
        for word in (*one.text.values(), *one.also):
            if word and seen.setdefault(plain(word), one.code) != one.code:
                part.wrong("word_twice", word=word)
