"""A page as PDF, by a Chromium on this machine."""

import shutil
import subprocess
import tempfile
from pathlib import Path

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


def chromium() -> str:
    """The command of a Chromium; CrmError tells what to do where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise CrmError("no_chromium", names=", ".join(NAMES[:4]))
    return found


def pdf(html: Path, command: str) -> Path:
    """Print a page to a PDF beside it."""
    target = html.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        draft = Path(profile) / "page.pdf"
        options = ["--headless", "--disable-gpu", "--no-pdf-header-footer"]
        # The sandbox needs rights that containers lack; the page is ours and has no script.
        options += ["--no-sandbox", f"--user-data-dir={profile}", f"--print-to-pdf={draft}"]
        try:
            done = subprocess.run(
                [command, *options, html.resolve().as_uri()],
                capture_output=True,
                timeout=SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CrmError("pdf_failed", command=command, page=html) from error
        if done.returncode or not draft.exists():
            raise CrmError("pdf_failed", command=command, page=html)
        shutil.copyfile(draft, target)
    return target
