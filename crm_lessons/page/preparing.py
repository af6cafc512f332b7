"""Pages that are made before anybody is told their address: whoever opens one waits for nothing.

That happens once for a lesson, a language and a version; from then on the page is in the cache.
"""

import asyncio
import sys
from collections.abc import Callable, Sequence

from tqdm import tqdm

from crm_lessons import wording
from crm_lessons.page.room import Opened

_LOOK = 0.2  # seconds between two looks at how far the pages are


async def prepared(pages: Sequence[Opened], then: Callable[[], None]) -> None:
    """Wait until the pages are there, with a bar where that takes a while; then call.

    A page that cannot be made says so itself.
    """
    waiting = [one for one in pages if not one.settled]
    if waiting:
        print(wording.text("serving.preparing"), file=sys.stderr, flush=True)
        with tqdm(total=0, bar_format="{l_bar}{bar}| {elapsed}", leave=False, disable=None) as bar:
            while not all(one.settled for one in waiting):
                await asyncio.gather(*(one.grown(_LOOK) for one in waiting))
                bar.total = sum(one.making.steps for one in waiting)
                bar.n = sum(one.making.step for one in waiting)
                bar.refresh()
    then()
