"""A page as PDF, by a Chromium on this machine."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from crm_lessons import writing
from crm_lessons.errors import CrmError

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
SECONDS = 120
_PAGE = re.compile(rb"/Type\s*/Page\b")


def chromium() -> str:
    """The command of a Chromium; CrmError tells what to do where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise CrmError("no_chromium", names=", ".join(NAMES[:4]))
    return found


def pdf(html: Path, command: str) -> Path:
    """Print a page to a PDF beside it, which is whole or absent."""
    target = html.with_suffix(".pdf")
    made = printed(html.read_text(encoding="utf-8"), command, name=html.name)
    with writing.beside(target) as draft:
        draft.write_bytes(made)
    return target


def printed(page: str, command: str, *, name: str = "") -> bytes:
    """A page as PDF; ``name`` is what an error calls it.

    It is printed from a file of its own in a temporary folder, without the header and footer that
    would show where; page numbers are the style sheet's (Chromium from 131 on).
    """
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--disable-gpu", "--no-pdf-header-footer"]
        # The sandbox needs rights that containers lack; the page is ours and has no script.
        options += ["--no-sandbox", f"--user-data-dir={folder}", f"--print-to-pdf={made}"]
        try:
            done = subprocess.run(
                [command, *options, source.as_uri()], capture_output=True, timeout=SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CrmError("pdf_failed", command=command, page=name) from error
        if done.returncode or not made.exists():
            raise CrmError("pdf_failed", command=command, page=name)
        return made.read_bytes()


def pages(made: bytes) -> int:
    """How many pages a PDF of Chromium has, whose page objects stand in it as they are."""
    return len(_PAGE.findall(made))
