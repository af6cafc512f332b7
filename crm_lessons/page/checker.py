"""What checks the answers of everybody on a page: the lesson's data, loaded once.

Checks take a millisecond and are done where they are asked for. The chart of a slider takes a
hundred times as long and is drawn in a process of its own, once for each place of the slider.
"""

import asyncio
import base64
import functools
import io
import multiprocessing
import os
import pickle
import threading
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # imported beside the serving: it takes its time
    from crm_lessons.course.item import Item

COLOURS = 128  # of a slider's chart: no eye tells the difference, and it is a third of the size


class Checker:
    """``data`` and ``fingerprint`` are what the lesson bound when it ran."""

    def __init__(self, lesson: str, language: str, file: Path) -> None:
        self.lesson, self.language, self.file = lesson, language, file
        from crm_lessons.course._registry import Bound

        bound = pickle.loads(file.read_bytes())
        self.data: Mapping[str, object] = Bound(bound["data"])
        self.fingerprint: str = bound["fingerprint"]
        self.words: Mapping[str, object] = bound["words"]
        self._drawn: dict[tuple, asyncio.Future] = {}

    @property
    def items(self) -> Mapping[str, "Item"]:
        """The exercises of the lesson."""
        from crm_lessons.course import exercise

        return exercise.load(self.lesson)

    async def draw(
        self, pool: "Drawing", item: str, percent: int, *, revealed: bool, narrow: bool
    ) -> dict:
        """The chart of a slider at a place; drawn once for all who ask."""
        key = (item, percent, revealed, narrow)
        if key not in self._drawn:
            told = (os.fspath(self.file), self.lesson, self.language, *key)
            self._drawn[key] = asyncio.ensure_future(pool.draw(*told))
        try:
            return await asyncio.shield(self._drawn[key])
        except Exception:
            self._drawn.pop(key, None)
            raise


class Drawing:
    """A process that draws, started when first needed; it ends when this process does."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def draw(self, *told: Any) -> dict:
        """What `_drawn` returns, from the other process."""
        return await asyncio.get_running_loop().run_in_executor(self._process(), _drawn, *told)

    def _process(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, initializer=_end_with_parent)
        return self._pool

    def warm(self) -> None:
        """Start the process before it is needed."""
        asyncio.get_running_loop().run_in_executor(self._process(), _prepared)

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.kill()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _prepared() -> None:
    from crm_lessons import charts
    from crm_lessons.course import asking  # noqa: F401

    charts.style()


@functools.lru_cache(maxsize=8)
def _bound(file: str) -> Mapping[str, object]:
    return pickle.loads(Path(file).read_bytes())["data"]


def _drawn(
    file: str,
    lesson: str,
    language: str,
    item: str,
    percent: int,
    revealed: bool,
    narrow: bool,
) -> dict[str, str]:
    from crm_lessons import charts, wording
    from crm_lessons.course import asking, exercise, folders

    with wording.using(language):
        folders.say(lesson)
        charts.style()
        told = exercise.load(lesson)[item]
        how = {"percent": percent, "revealed": revealed, "narrow": narrow}
        drawn = asking.drawn(told, _bound(file), **how)
    return {**drawn, "png": _smaller(drawn["png"])} if "png" in drawn else drawn


def _smaller(png: str) -> str:
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    file = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "png", optimize=True)
    return base64.b64encode(file.getvalue()).decode("ascii")
