"""What to ask again, and when: Leitner's boxes, read off the result lines.

A question lies in one of five boxes. Answered right, it goes one box on; answered wrong, back to
the first. It is due 1, 2, 4, 8, 16 days after it was last asked, by its box. One answer a day
counts, the first. A drawn question is also moved by the exercises that it rehearses; one that was
never asked lies in the first box from the day its lesson was done.

Source: S. Leitner, So lernt man lernen (1972), whose boxes are of growing size; that spaced asking
is remembered longer than asking at once: N. J. Cepeda et al., Psychological Bulletin 132 (2006).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from crm_lessons import data
from crm_lessons.course._outcome import CORRECT, NOT_YET
from crm_lessons.course.exam import bank, papers
from crm_lessons.course.exam.bank import REVIEW, Question
from crm_lessons.course.exam.drawing import Draw
from crm_lessons.course.exam.papers import Paper
from crm_lessons.course.results import Line

QUESTIONS = 6
INTERVALS = (1, 2, 4, 8, 16)  # days by box


@dataclass(frozen=True)
class Card:
    """Where a question stands: its box from 1 to 5, when it was last asked, whether it was missed.

    ``asked`` is False of one whose lesson was done without it.
    """

    box: int
    last: date
    missed: bool = False
    asked: bool = True

    @property
    def overdue(self) -> int:
        """The number of the day on which it is due; smaller is earlier."""
        return self.last.toordinal() + INTERVALS[self.box - 1]

    def after(self, right: bool, day: date) -> "Card":
        """The card after an answer on a day.

        >>> Card(2, date(2026, 3, 2)).after(True, date(2026, 3, 4)).box
        3
        """
        box = min(self.box + 1, len(INTERVALS)) if right else 1
        return Card(box, day, missed=not right)


def cards(lines: Iterable[Line], today: date) -> dict[str, tuple[Question, Card]]:
    """The questions of lessons done before today, and where each stands."""
    answers, done = _answers(lines, today)
    found = {}
    for lesson in (one for one in bank.lessons() if one in done):
        for name, question in bank.questions(lesson).items():
            own = [name, *(f"{lesson}.{one}" for one in question.rehearses)]
            found[name] = question, _card(answers, own, done[lesson])
    return found


def due(lines: Iterable[Line], who: str, today: date, count: int = QUESTIONS) -> list[Question]:
    """What to ask today: missed ones that are due, the others that are due, then what is not.

    Of each sort the longest due first; chance, by name and day, settles what is left.
    """
    known = cards(lines, today)
    chance = Draw(REVIEW, data.folded(who), today.isoformat()).shuffled(list(known))
    rank = {name: place for place, name in enumerate(chance)}

    def order(name: str) -> tuple:
        card = known[name][1]
        is_due = card.overdue <= today.toordinal()
        return (not is_due, not card.missed, not card.asked, card.overdue, rank[name])

    return [known[name][0] for name in sorted(known, key=order)[:count]]


def paper(lines: Iterable[Line], who: str, today: date, count: int = QUESTIONS) -> Paper:
    """The review of a day: the same all day, however far somebody is with it."""
    chosen = due(lines, who, today, count)
    return papers.of_questions(REVIEW, chosen, data.folded(who), today.isoformat())


def _answers(
    lines: Iterable[Line], today: date
) -> tuple[dict[str, dict[date, bool]], dict[str, date]]:
    """The first answer of each day by question, and the last day of each lesson."""
    answers: dict[str, dict[date, bool]] = {}
    done: dict[str, date] = {}
    for line in sorted(lines, key=lambda one: one.moment):
        day = line.moment.astimezone().date()
        if line.outcome not in (CORRECT, NOT_YET) or day >= today:
            continue
        of_paper = bank.is_paper(line.lesson)
        name = line.item if of_paper else f"{line.lesson}.{line.item}"
        answers.setdefault(name, {}).setdefault(day, line.outcome == CORRECT)
        if not of_paper:
            done[line.lesson] = day
    return answers, done


def _card(answers: Mapping[str, Mapping[date, bool]], names: list[str], done: date) -> Card:
    told = [(day, right) for name in names for day, right in answers.get(name, {}).items()]
    days: dict[date, bool] = {}
    for day, right in told:  # of several answers on a day a wrong one counts
        days[day] = days.get(day, True) and right
    card = Card(1, done, asked=False)
    for day in sorted(days):
        card = card.after(days[day], day)
    return card
