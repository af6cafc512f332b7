"""A dialogue as a form in the browser, for one person on this machine.

==================  ======================================================================
``GET  /``          the page
``POST /sheet``     answers → the sheet after them (`dialogue.Sheet` as JSON)
``POST /keep``      answers → where they were kept; the server ends then
==================  ======================================================================
"""

import asyncio
from collections.abc import Callable

import tornado.web

from crm_lessons import wording
from crm_lessons.page import pages, serving
from crm_lessons.page.aside import aside
from crm_lessons.page.dialogue import Answers, Dialogue
from crm_lessons.page.serving import Handler

LONGEST, MOST = 2_000, 2_000  # letters of an answer, answers
_LATER = 0.5  # seconds between the last answer and the end of the server


class _OfDialogue(Handler):
    """What all answers know: the dialogue, and the language of whoever asked for it."""

    def initialize(self, dialogue: Dialogue, language: str) -> None:
        self.dialogue, self.language = dialogue, language

    def answers(self) -> Answers:
        """The answers that the page sent, as text and within bounds."""
        given = self.body().get("answers")
        if not isinstance(given, dict) or len(given) > MOST:
            raise tornado.web.HTTPError(400)
        return {str(n)[:LONGEST]: str(v)[:LONGEST] for n, v in given.items() if v not in (None, "")}


class _Page(_OfDialogue):
    def get(self) -> None:
        """The page, which asks for its sheet."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        with wording.using(self.language):
            words = pages.texts("dialogue")
        self.finish(pages.page("dialogue.html", self.language, words=words))


class _Sheet(_OfDialogue):
    async def post(self) -> None:
        """The sheet after the answers."""
        answers = self.answers()
        with wording.using(self.language):
            self.tell((await aside(lambda: self.dialogue.sheet(answers))).as_data())


class _Keep(_OfDialogue):
    async def post(self) -> None:
        """Keep the answers, if they are complete."""
        answers = self.answers()
        with wording.using(self.language):
            sheet = await aside(lambda: self.dialogue.sheet(answers))
            if not sheet.ready:
                self.tell(sheet.as_data())
                return
            kept = await aside(lambda: self.dialogue.keep(answers))
        self.tell({"kept": kept})
        # The page has its answer first.
        asyncio.get_running_loop().call_later(_LATER, self.application.end, kept)


def serve(
    dialogue: Dialogue, language: str, *, port: int = 0, ready: Callable[[str], None]
) -> str | None:
    """Show the dialogue until its answers are kept, or Ctrl-C: what `Dialogue.keep` said, or None.

    ``ready`` is told the address, which holds a key: whoever opens it by a command must not name it
    there (see `crm_lessons.runs.opening`).
    """
    application, sockets, address = serving.local(routes(dialogue, language), port)
    kept = serving.run(application, sockets, ready=lambda: ready(address))
    return kept if isinstance(kept, str) else None


def routes(dialogue: Dialogue, language: str) -> list[tuple]:
    """The routes of one dialogue, and the files of its page."""
    told = {"dialogue": dialogue, "language": language}
    files = [pages.STATIC / name for name in ("dialogue.js", "dialogue.css", "page.css")]
    return [
        (r"/", _Page, told),
        (r"/sheet", _Sheet, told),
        (r"/keep", _Keep, told),
        *pages.files(files),
    ]
