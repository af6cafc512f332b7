"""Jupyter's settings for one sitting: made fresh in a private folder, gone when the sitting ends.

====================================  ==========================================================
``share/jupyter/kernels/python3``     readable errors in every notebook opened from here
``etc/jupyter``                       the servers' settings, with the key of the address
``own``                               what Jupyter would otherwise keep in the person's own folders
====================================  ==========================================================

A person's own Jupyter settings are neither changed nor read, so they cannot spoil a lesson.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from crm_lessons import writing
from crm_lessons.course import beginners, results
from crm_lessons.runs import lessons


@contextmanager
def furnished(settings: Mapping[str, Mapping]) -> Iterator[Path]:
    """A room that only this person may enter, with ``settings`` (name of the file → content)."""
    with writing.scratch(lessons.cache("rooms")) as room:
        beginners.install_kernelspec(room, name="python3")
        for name, content in settings.items():
            file = room / "etc/jupyter" / f"{name}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        (room / "own/data").mkdir(parents=True)  # older Jupyters want it to exist
        yield room


def environment(room: Path, language: str) -> dict[str, str]:
    """The variables under which a server finds the room; its kernels inherit them.

    Results go where the command was started, unless ``CRM_LESSONS_RESULTS`` names another folder.
    """
    own = room / "own"
    return os.environ | {
        "JUPYTER_PATH": _first(room / "share/jupyter", "JUPYTER_PATH"),
        "JUPYTER_CONFIG_PATH": str(room / "etc/jupyter"),
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_DATA_DIR": str(own / "data"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "IPYTHONDIR": str(own / "ipython"),
        "CRM_LESSONS_LANGUAGE": language,
        results.FOLDER: str(results.folder()),
    }


def _first(path: Path, name: str) -> str:
    # Kept behind ours: on some machines it says where Jupyter itself lies.
    return os.pathsep.join(filter(None, [str(path), os.environ.get(name)]))
