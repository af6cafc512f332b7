"""A working folder of one's own: copies of the lessons, and JupyterLab on it.

The editions themselves are never opened for work, since running one would change it.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from crm_lessons.errors import CrmError
from crm_lessons.runs import lessons


def lay_out(folder: Path, chosen: Iterable[lessons.Lesson], language: str) -> list[Path]:
    """Copy editions into a folder; a copy that is there already keeps the learner's work."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for lesson in chosen:
        copy = folder / f"{lesson.name}_{language}.ipynb"
        if not copy.exists():
            shutil.copyfile(lesson.edition(language), copy)
        copies.append(copy)
    return copies


def open_lab(folder: Path, language: str) -> int:
    """Start JupyterLab on a working folder and return its exit code when it ends."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise CrmError("lab_missing")
    lay_out(folder, [lessons.find(name) for name in lessons.names()], language)
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}"]
    try:
        return subprocess.call(command, env=os.environ | {"CRM_LESSONS_LANGUAGE": language})
    except KeyboardInterrupt:
        return 0
