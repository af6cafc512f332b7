"""The command ``crm-lessons``: thin, everything it does can be called from Python."""

import errno
import sys
from itertools import pairwise
from typing import NoReturn

from crm_lessons import wording
from crm_lessons.errors import CrmError


def main(arguments: list[str] | None = None) -> None:
    """Run the command; exit code 2 and one clear message for anything a person can mend."""
    given = sys.argv[1:] if arguments is None else arguments
    wording.use(_language(given))
    # Imported now, because the help texts are read when the commands are declared.
    # Each declares its commands.
    from crm_lessons.cli import (  # noqa: F401
        _batches,
        _commands,
        _help_pages,
        _learning,
        _mapping,
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
        _stop(CrmError("file_trouble", path=path, reason=error.strerror))


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
