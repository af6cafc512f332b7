"""Work beside the serving, in a thread that keeps nobody from ending the program."""

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def aside(work: Callable[[], T]) -> T:
    """What ``work`` returns or raises, done in a thread of its own.

    Unlike those of `asyncio.to_thread` it is not waited for when the program ends.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()
    context = contextvars.copy_context()

    def settle(call: Callable, value: object) -> None:
        if not future.done():  # somebody may have stopped waiting
            call(value)

    def run() -> None:
        try:
            call, value = future.set_result, context.run(work)
        except Exception as error:
            call, value = future.set_exception, error
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, call, value)

    threading.Thread(target=run, daemon=True).start()
    return await future
