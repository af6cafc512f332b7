"""The address of a page is told once whoever opens it waits for nothing."""

import asyncio
from types import SimpleNamespace

import pytest

from crm_lessons import wording
from crm_lessons.errors import CrmError
from crm_lessons.page import serving
from crm_lessons.page.preparing import prepared


class Slow:
    """A page of some cells, one of which is done at each look."""

    def __init__(self, steps):
        self.making = SimpleNamespace(step=0, steps=steps)

    @property
    def settled(self):
        return self.making.step == self.making.steps

    async def grown(self, seconds):
        await asyncio.sleep(0)
        self.making.step += not self.settled


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_address_is_told_when_every_page_is_there(capsys, language):
    pages, told = [Slow(3), Slow(0), Slow(5)], []
    with wording.using(language):
        asyncio.run(prepared(pages, lambda: told.append([one.settled for one in pages])))
        assert told == [[True] * 3]
        assert wording.text("serving.preparing") in capsys.readouterr().err


def test_where_nothing_is_to_be_made_nothing_is_said(capsys):
    told = []
    asyncio.run(prepared([Slow(0)], lambda: told.append("now")))
    assert told == ["now"]
    assert capsys.readouterr() == ("", "")


def test_what_fails_before_the_address_is_told_ends_the_server():
    async def failing():
        raise CrmError("nothing_to_hand_in")

    application, sockets, _ = serving.local([])
    with pytest.raises(CrmError, match=r"hand in|可交"):
        serving.run(application, sockets, meanwhile=failing)
