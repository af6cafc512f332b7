"""The contents: lessons, minutes, and how far the learner has come."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from crm_lessons import show, wording, writing
from crm_lessons.course import progress
from crm_lessons.course.progress import Progress
from crm_lessons.runs import lessons

FILE = "00_contents_{}.md"


def write(folder: Path, results: Path, language: str) -> Path:
    """Write the contents page of a working folder, unless it says the same already."""
    page = folder / FILE.format(language)
    text = markdown(lessons.everything(), progress.of_folder(results), language)
    if not page.exists() or page.read_text(encoding="utf-8") != text:
        writing.text(page, text)
    return page


def markdown(known: Iterable[lessons.Lesson], made: Iterable[Progress], language: str) -> str:
    """The page as Markdown, with a link to each lesson's notebook beside it."""
    known, made = list(known), list(made)
    told = by_lesson(made)
    following = progress.following([lesson.name for lesson in known], made)
    with wording.using(language):
        rows = [_row(lesson, told.get(lesson.name, []), language) for lesson in known]
        told_next = what_next(following)
        return wording.text("learning.contents", rows="\n".join(rows), next=told_next)


def what_next(lesson: str) -> str:
    """Which lesson comes next, in the language in use; empty name: all are done."""
    if not lesson:
        return wording.text("learning.all_done")
    found = lessons.find(lesson)
    number = lesson.partition("_")[0]
    return wording.text("learning.next", number=number, title=found.title[wording.language()])


def by_lesson(made: Iterable[Progress]) -> Mapping[str, list[Progress]]:
    """Progress by the name of its lesson."""
    told: dict[str, list[Progress]] = {}
    for one in made:
        told.setdefault(one.lesson, []).append(one)
    return told


def sentence(one: Progress) -> show.Sentence:
    """How far one learner has come in one lesson, in the language in use."""
    return show.sentence(
        "learning.progress",
        nickname=one.nickname,
        items=one.items,
        answered=one.answered,
        correct=one.correct,
    )


def _row(lesson: lessons.Lesson, made: list[Progress], language: str) -> str:
    # As Markdown, in which a nickname can neither break the table nor become a link.
    far = [sentence(one).markdown for one in made]
    return wording.text(
        "learning.contents_row",
        number=lesson.name.partition("_")[0],
        title=lesson.title[language],
        file=lessons.copy_name(lesson.name, language),
        minutes=lesson.minutes,
        subject=lesson.subject[language],
        progress=("✓ " if any(one.whole for one in made) else "") + "<br>".join(far)
        or wording.text("learning.not_begun"),
    )
