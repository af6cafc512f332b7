"""Where trainees sit over papers: an exam with a clock, or a review that tells at once.

A desk answers two things for its page: `state` (all that is to be seen) and `act` (what somebody
did). Everything is in plain data, in the language in use.
"""

import time
from datetime import date
from typing import Any

from crm_lessons import data, wording
from crm_lessons.course.exam import papers, spacing
from crm_lessons.course.exam.composing import Exam
from crm_lessons.course.exam.papers import Paper
from crm_lessons.errors import CrmError
from crm_lessons.page.aside import aside
from crm_lessons.page.room import Person
from crm_lessons.page.sitting import NO_WORDS, Sitter, scored, seconds_left
from crm_lessons.page.store import Store

GRACE = 15  # seconds in which what was sent in time may still arrive
BEGIN, KEEP, HAND_IN = "begin", "keep", "hand_in"


class ExamDesk:
    """An exam: begun once, kept while there is time, handed in once."""

    kind = "exam"

    def __init__(self, exam: Exam, store: Store) -> None:
        self.exam, self.store = exam, store
        self._papers: dict[str, Paper] = {}

    async def state(self, person: Person, language: str) -> dict[str, Any]:
        """What this trainee may see: nothing before the beginning, no outcome before the end."""
        told = {"minutes": self.exam.minutes, "count": self.exam.questions}
        over = await self.closed(person, language)
        sitting = await self.sitting(person)
        if sitting is None:
            return {**told, "phase": "before"}
        answers = await self._answers(person)
        sitter = await self._sitter(person, language, over=over)
        shown = []
        for item in sitter.items.values():
            answer = answers.get(item.id, {}).get("answer")
            one = sitter.shown(item, answer=None if over else answer)
            one["words"] = {**one["words"], **NO_WORDS}
            shown.append({**one, "hints": []})
        told |= {"phase": "after" if over else "during", "questions": shown}
        told["left"] = max(0.0, seconds_left(sitting["begun"], self.exam.minutes))
        return told | ({"score": scored(sitter)} if over else {})

    async def act(self, person: Person, language: str, message: dict) -> dict[str, Any]:
        """Begin, keep an answer, hand in; CrmError where it is too late."""
        do, sitting = message.get("do"), await self.sitting(person)
        if do == BEGIN and sitting is None:
            told = {"name": person.name, "begun": time.time(), "handed_in": None}
            await self.store.put(self.exam.name, _key(person), told)
        elif do == KEEP and sitting is not None:
            await self._keep(person, sitting, message)
            return {"kept": True}
        elif do == HAND_IN and sitting is not None:
            await self.hand_in(person, language)
        return await self.state(person, language)

    async def sitting(self, person: Person) -> dict[str, Any] | None:
        """When somebody began, under which name, and whether they have handed in."""
        return await self.store.document(self.exam.name, _key(person))

    async def closed(self, person: Person, language: str) -> bool:
        """Whether there is nothing more to keep: not begun, handed in, or handed in now because
        time is up."""
        sitting = await self.sitting(person)
        if sitting is not None and sitting["handed_in"] is None:
            if seconds_left(sitting["begun"], self.exam.minutes) >= -GRACE:
                return False
            await self.hand_in(person, language)
        return True

    async def hand_in(self, person: Person, language: str) -> None:
        """Let the answers be result lines; once."""
        sitting = await self.sitting(person)
        if sitting is None or sitting["handed_in"] is not None:
            return
        sitter = await self._sitter(person, language)
        with wording.using(language):
            sitter.hand_in(await self._answers(person))
        await self.store.add(person.name, sitter.recorded.fresh)
        await self.store.put(self.exam.name, _key(person), {**sitting, "handed_in": time.time()})

    async def _keep(self, person: Person, sitting: dict, message: dict) -> None:
        if await self.closed(person, wording.language()):
            raise CrmError("exam_over")
        item = message.get("item")
        if item not in (await self._paper(person)).items:
            raise CrmError("exam_unknown_question")
        seconds = message.get("seconds")
        told = {"answer": message.get("answer"), "seconds": 0}
        told |= {"seconds": seconds} if type(seconds) in (int, float) else {}
        await self.store.put(f"{self.exam.name} {_key(person)}", item, told)

    async def _answers(self, person: Person) -> dict[str, dict]:
        return dict(await self.store.documents(f"{self.exam.name} {_key(person)}"))

    async def _paper(self, person: Person) -> Paper:
        """The paper of whoever began: a name that is mended later changes no figures."""
        sitting = await self.sitting(person)
        name = sitting["name"] if sitting else person.name
        if name not in self._papers:
            self._papers[name] = await aside(lambda: papers.paper(self.exam, name))
        return self._papers[name]

    async def _sitter(self, person: Person, language: str, *, over: bool = False) -> Sitter:
        lines = await self.store.lines(person.name)
        return Sitter(await self._paper(person), language, person.name, lines, over=over)


class ReviewDesk:
    """A review: a few questions of lessons done before; each answer is met at once."""

    kind = "review"

    def __init__(self, store: Store, today: date, *, count: int = spacing.QUESTIONS) -> None:
        self.store, self.today, self.count = store, today, count
        self._papers: dict[str, Paper] = {}

    async def state(self, person: Person, language: str) -> dict[str, Any]:
        """The questions of today, and how far somebody is with them."""
        if not person.name:
            return {"phase": "before", "count": self.count, "minutes": 0}
        sitter = await self._sitter(person, language)
        shown = [self._shown(sitter, name) for name in sitter.items]
        done = sum(bool(sitter.lines(item)) for item in sitter.items.values())
        told = {"phase": "during", "questions": shown, "count": len(shown), "minutes": 0}
        return told | {"done": done, "score": scored(sitter) if shown else None}

    async def act(self, person: Person, language: str, message: dict) -> dict[str, Any]:
        """Answer, or look at the solution."""
        sitter = await self._sitter(person, language)
        item = message.get("item")
        if item not in sitter.items:
            raise CrmError("exam_unknown_question")
        told = sitter.act(item, message)
        if sitter.recorded.fresh:
            await self.store.add(person.name, sitter.recorded.fresh)
        done = sum(bool(sitter.lines(one)) for one in sitter.items.values())
        return {**told, "done": done, "score": scored(sitter)}

    def _shown(self, sitter: Sitter, name: str) -> dict[str, object]:
        told = sitter.shown(sitter.items[name])
        return {**told, "words": {**told["words"], "hint": ""}}

    async def _sitter(self, person: Person, language: str) -> Sitter:
        lines = await self.store.lines(person.name)
        if person.name not in self._papers:
            chosen = await aside(lambda: spacing.paper(lines, person.name, self.today, self.count))
            self._papers[person.name] = chosen
        return Sitter(self._papers[person.name], language, person.name, lines)


def _key(person: Person) -> str:
    return person.id or data.folded(person.name)
