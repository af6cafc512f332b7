"""The first door: a lesson as a page in the browser, everything run, code hidden, forms alive."""

import importlib.util
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell

from crm_lessons import wording
from crm_lessons.course import parameters as checked
from crm_lessons.errors import CrmError
from crm_lessons.runs import _serving, jupyter_settings
from crm_lessons.runs.editions import SECONDS_A_CELL
from crm_lessons.runs.lessons import Lesson

# A kernel without a page, such as after a lost connection, is ended after this time.
IDLE_SECONDS = 600
TORNADO = {
    # A page that is left ends its kernel by a message that cannot carry the XSRF key. It does
    # carry the cookie of the token, which a browser sends for a page from this address only.
    "disable_check_xsrf": True,
    **_serving.COOKIES,
}
WIDGETS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]


def learn(
    lesson: Lesson,
    language: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    latest: date | None = None,
    port: int = 0,
    ready: Callable[[str], None],
) -> None:
    """Serve a lesson as a page until Ctrl-C; ``ready`` is called with its address.

    The edition itself is opened; a page cannot change it. With ``parameters``, such as a company's
    own order file, a copy that holds them is opened, and paths count from the current folder;
    ``latest`` is then the day after which an order counts as a fault.
    """
    if importlib.util.find_spec("voila") is None:
        raise CrmError("lab_missing")
    notebook = with_parameters(lesson, language, parameters, latest) if parameters else None
    at = _serving.place(port)
    with jupyter_settings.furnished({"voila": settings(at, language)}) as room:
        opened = lesson.edition(language)
        if notebook is not None:
            opened = room / opened.name
            nbformat.write(notebook, opened)
        _serving.serve(
            ["voila", str(opened)],
            env=jupyter_settings.environment(room, language),
            at=at,
            log=room / "server.log",
            ready=lambda: ready(at.address()),
        )


def with_parameters(
    lesson: Lesson, language: str, parameters: Mapping[str, Any], latest: date | None = None
) -> nbformat.NotebookNode:
    """An edition with these values after its own parameters; CrmError if one does not fit."""
    notebook = nbformat.read(Path(lesson.edition(language)), as_version=4)
    known = checked.read(notebook)
    given = checked.check(known, dict(parameters) | {"language": language})
    if latest is not None and "latest" in known:
        given.setdefault("latest", latest.isoformat())
    # A page's kernel starts beside its notebook, not where the command was given.
    lines = ["import os", "", f"os.chdir({os.getcwd()!r})"]
    lines += [f"{name} = {value!r}" for name, value in given.items()]
    place = next(
        i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])
    )
    notebook.cells.insert(place + 1, new_code_cell("\n".join(lines), id="parameters-given"))
    return notebook


def settings(at: _serving.Place, language: str) -> dict[str, dict]:
    """Voilà's settings, as in its file voila.json."""
    return {
        "Voila": {
            "ip": _serving.HOST,
            "port": at.port,
            "port_retries": 0,
            "token": at.token,
            "open_browser": False,
            "tornado_settings": TORNADO,
        },
        "IdentityProvider": {"cookie_options": _serving.SAME_SITE},
        "VoilaConfiguration": {
            "template": jupyter_settings.TEMPLATE,
            "theme": "light",
            "show_margins": False,
            "file_allowlist": ["$^"],
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "extension_allowlist": WIDGETS,
            "resources": {"lesson": page_texts(language)},
        },
        "VoilaExporter": {"language_code": language},
        "VoilaExecutor": {"timeout": SECONDS_A_CELL},
        "MappingKernelManager": {"cull_idle_timeout": IDLE_SECONDS, "cull_interval": 60},
    }


def page_texts(language: str) -> dict[str, str]:
    """What the page's template says; ``{step}`` and ``{steps}`` are filled in by the page."""
    with wording.using(language):
        return {
            "opening": wording.text("learning.opening"),
            "running": wording.text("learning.running", step="{step}", steps="{steps}"),
        }
