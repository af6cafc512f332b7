"""The command ``crm-lessons``: thin, everything it does can be called from Python."""

import errno
import io
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from types import FrameType
from typing import NoReturn

from crm_lessons import wording
from crm_lessons.errors import CrmError, Reason


def main(arguments: list[str] | None = None) -> None:
    """Run the command; exit code 2 and one clear message for anything a person can mend.

    Ctrl-C ends it with exit code 130, also while libraries are imported, which make all kinds of
    errors of it.
    """
    given = sys.argv[1:] if arguments is None else arguments
    wording.use(_language(given))
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign shows its code instead of ending the work.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    pressed = threading.Event()
    with _noted(pressed):
        try:
            _run(given)
        except (Exception, KeyboardInterrupt) as error:
            if not pressed.is_set() and not isinstance(error, KeyboardInterrupt):
                raise
            print(wording.text("cli.interrupted"), file=sys.stderr)
            sys.exit(130)


@contextmanager
def _noted(pressed: threading.Event) -> Iterator[None]:
    """Note that Ctrl-C was pressed, beside what Python does then."""
    before = signal.getsignal(signal.SIGINT)
    is_ours = threading.current_thread() is threading.main_thread()
    if not is_ours or before is not signal.default_int_handler:
        yield
        return

    def note(number: int, frame: FrameType | None) -> None:
        pressed.set()
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _run(given: list[str]) -> None:
    # Imported now, because the help texts are read when the commands are declared.
    # Each declares its commands.
    from crm_lessons.cli import (
        _batches,
        _class,
        _commands,
        _exams,
        _help_pages,
        _learning,
        _mapping,
        _merging,
        _own_lessons,
        _planning,
        _records,
        _sources,
        _surveys,
        _teaching,
        _upkeep,
    )
    from crm_lessons.cli._app import app

    _help_pages.localise()
    try:
        app(args=given, prog_name="crm-lessons")
    except CrmError as error:
        _stop(error)
    except OSError as error:
        # A file, a folder, a full disk: a person can mend those. Anything else is ours to mend.
        if error.filename is None and error.errno != errno.ENOSPC:
            raise
        path = error.filename or wording.text("cli.disk")
        _stop(CrmError("file_trouble", path=path, reason=Reason(error)))


def _stop(error: CrmError) -> NoReturn:
    print(error, file=sys.stderr)
    sys.exit(2)


def _language(given: list[str]) -> str:
    for flag, value in pairwise([*given, ""]):
        if flag == "--language" and value in wording.LANGUAGES:
            return value
        name, _, value = flag.partition("=")
        if name == "--language" and value in wording.LANGUAGES:
            return value
    return wording.from_locale()
