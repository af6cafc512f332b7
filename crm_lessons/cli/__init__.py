"""The command ``crm-lessons``: thin, everything it does can be called from Python."""

import sys

from crm_lessons import wording
from crm_lessons.errors import CrmError


def main(arguments: list[str] | None = None) -> None:
    """Run the command; exit code 2 and one clear message for anything a person can mend."""
    given = sys.argv[1:] if arguments is None else arguments
    wording.use(_language(given))
    # Imported now, because the help texts are read when the commands are declared.
    # Each declares its commands.
    from crm_lessons.cli import batches, commands, learning, sources, teaching  # noqa: F401
    from crm_lessons.cli.app import app

    try:
        app(args=given, prog_name="crm-lessons")
    except CrmError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


def _language(given: list[str]) -> str:
    for flag, value in zip(given, [*given[1:], ""], strict=True):
        if flag == "--language" and value in wording.LANGUAGES:
            return value
        name, _, value = flag.partition("=")
        if name == "--language" and value in wording.LANGUAGES:
            return value
    return wording.from_locale()
