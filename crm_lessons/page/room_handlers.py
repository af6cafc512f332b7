"""What all handlers of a room share, and the page that lists its lessons."""

import tornado.web

from crm_lessons import wording
from crm_lessons.course import glossary, progress
from crm_lessons.page import pages
from crm_lessons.page.room import Room
from crm_lessons.page.serving import Handler
from crm_lessons.runs import lessons


def words(kind: str = "own") -> dict[str, str]:
    """The texts of the page's own script, in the language in use; a class has some of its own."""
    told = pages.texts("page")
    mine = pages.texts("classroom") if kind == "class" else {}
    return told | {name: text for name, text in mine.items() if name in told}


class RoomHandler(Handler):
    """A handler that knows its room."""

    def initialize(self, room: Room) -> None:
        self.room = room

    def page(self, template: str, language: str, **values: object) -> None:
        """A page of a template, in a language."""
        with wording.using(language):
            told = {"words": words(self.room.kind), "room": self.room}
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(pages.page(template, language, **told | values))

    def whole(self, name: str) -> int:
        """A whole number of the query that is not negative; 400 for anything else."""
        given = self.get_query_argument(name, "0")
        if not given.isdecimal() or len(given) > 6:
            raise tornado.web.HTTPError(400)
        return int(given)


class Contents(RoomHandler):
    """The lessons there are."""

    async def get(self, language: str) -> None:
        """The lessons offered, to whoever may see them."""
        person = await self.room.who(self)
        if self.room.kind == "class" and not person.name:
            self.redirect("/")
            return
        shown = [lessons.find(name) for name in self.room.offered]
        mine = await self.room.store.lines(person.name) if person.name else ()
        made = {one.lesson: one for one in progress.of_lines(mine)}
        following = progress.following(self.room.offered, made.values())
        told = {"lessons": shown, "made": made, "following": following}
        self.page("contents.html", language, **told)


class Glossary(RoomHandler):
    """All words with what they mean."""

    def get(self, language: str) -> None:
        other = "en" if language == "zh" else "zh"
        told = {"terms": glossary.terms(), "other": other, "other_lang": pages.HTML_LANGUAGE[other]}
        self.page("glossary.html", language, **told)


class Pulse(RoomHandler):
    """Tells whether there is anything new, for all or for whoever asks; asked every few seconds."""

    async def get(self) -> None:
        """What the instructor changed, and how many lines of this person there are."""
        await self.room.refresh()
        person = await self.room.who(self)
        lines = await self.room.store.lines(person.name) if person.name else ()
        self.tell({"version": self.room.version, "lines": len(lines)})
