"""How far a learner has come, from the result files of a folder."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crm_lessons.course import results
from crm_lessons.course._outcome import CORRECT

_LARGEST = (
    50_000_000  # bytes: a trainee's file has some kilobytes, other JSON lines may have gigabytes
)


@dataclass(frozen=True)
class Progress:
    """One learner on the core path of a lesson: how many of its ``items`` that can be right were
    answered, and how many at last correctly; guesses are left out."""

    nickname: str
    lesson: str
    items: int
    answered: int
    correct: int

    @property
    def whole(self) -> bool:
        """Whether all of the core path was right in the end."""
        return self.correct == self.items


def following(path: Iterable[str], made: Iterable[Progress]) -> str:
    """The first lesson of a path that nobody has whole yet; empty where all are done."""
    done = {one.lesson for one in made if one.whole}
    return next((name for name in path if name not in done), "")


def of_folder(folder: Path | str) -> list[Progress]:
    """The progress of everyone who answered anything, by nickname, then lesson.

    Only the folder itself is looked at. An item counts as correct once any of its answers was;
    items that the lesson no longer has do not count.
    """
    return of_lines(_lines(Path(folder)))


def of_lines(lines: Iterable[results.Line]) -> list[Progress]:
    """As `of_folder`, from lines."""
    answers: dict[tuple[str, str], list[results.Line]] = {}
    for line in lines:
        if line.action == results.ANSWER:
            answers.setdefault((line.nickname, line.lesson), []).append(line)
    made = (_progress(*who, told) for who, told in sorted(answers.items()))
    return [one for one in made if one is not None]


def _progress(nickname: str, lesson: str, lines: Iterable[results.Line]) -> Progress | None:
    # Brings pandas, and a page of contents for somebody new waits for none of it.
    from crm_lessons.course import exercise

    if lesson not in exercise.lessons():
        return None
    core = exercise.load(lesson).items()
    items = {name for name, item in core if not item.deeper and not item.is_guess}
    answered = {line.item for line in lines} & items
    correct = {line.item for line in lines if line.outcome == CORRECT} & items
    return Progress(nickname, lesson, len(items), len(answered), len(correct))


def _lines(folder: Path) -> Iterable[results.Line]:
    for path in sorted(folder.glob("*.jsonl")):
        if path.is_file() and path.stat().st_size <= _LARGEST:
            yield from filter(None, results.read(path).values())
