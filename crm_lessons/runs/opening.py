"""Opening an address in the browser without its key in a list of processes.

A browser is started by a command, and any user of the machine can read the commands of others. So
the browser gets a page that only this person may read and that leads on to the address.
"""

import html
import os
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from crm_lessons import writing
from crm_lessons.runs import lessons

_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}"><title>crm-lessons</title></head>
<body><a href="{address}">crm-lessons</a></body></html>
"""


@contextmanager
def browser() -> Iterator[Callable[[str], None]]:
    """What opens an address; the page that leads there is gone when the block ends."""
    with writing.scratch(lessons.cache("rooms")) as folder:
        yield lambda address: webbrowser.open(page(folder, address).as_uri()) and None


def page(folder: Path, address: str) -> Path:
    """A page that leads to the address; only this person may read it."""
    descriptor, name = tempfile.mkstemp(dir=folder, suffix=".html")  # as 0600
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(_PAGE.format(address=html.escape(address)))
    return Path(name)
