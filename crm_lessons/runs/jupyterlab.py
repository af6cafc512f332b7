"""The second door: a working folder of one's own, with copies of the lessons, and JupyterLab on it.

The editions themselves are never opened for work, since running one would change it.
"""

import importlib.util
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from crm_lessons.course import results
from crm_lessons.errors import CrmError
from crm_lessons.runs import _serving, contents, jupyter_settings, lessons

# Where JupyterLab keeps open tabs and what the learner set, such as larger letters.
KEPT = ".jupyterlab"
LOCALES = {"zh": "zh_CN", "en": "default"}


def lay_out(folder: Path, chosen: Iterable[lessons.Lesson], language: str) -> list[Path]:
    """Copy editions into a folder; a copy that is there already keeps the learner's work."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for lesson in chosen:
        copy = folder / lessons.copy_name(lesson.name, language)
        if not copy.exists():
            shutil.copyfile(lesson.edition(language), copy)
        copies.append(copy)
    return copies


def open_lab(folder: Path, language: str, *, port: int = 0, ready: Callable[[str], None]) -> None:
    """Serve a working folder in JupyterLab until Ctrl-C; ``ready`` is called with its address.

    It opens with the contents page, which is kept up to date while the learner works.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise CrmError("lab_missing")
    at = _serving.place(port)
    lay_out(folder, lessons.everything(), language)
    answers = results.folder()
    page = contents.write(folder, answers, language)
    with jupyter_settings.furnished(settings(at, folder, language)) as room:
        kept = folder.resolve() / KEPT
        own = {
            "JUPYTERLAB_SETTINGS_DIR": str(kept / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(kept / "workspaces"),
        }
        _serving.serve(
            ["jupyterlab"],
            env=jupyter_settings.environment(room, language) | own,
            at=at,
            log=room / "server.log",
            ready=lambda: ready(at.address(f"/lab/tree/{page.name}")),
            meanwhile=lambda: contents.write(folder, answers, language),
        )


def settings(at: _serving.Place, folder: Path, language: str) -> dict[str, dict]:
    """The server's settings, then what JupyterLab starts with until changed."""
    return {
        "jupyter_lab_config": {
            "ServerApp": {
                "ip": _serving.HOST,
                "port": at.port,
                "port_retries": 0,
                "root_dir": str(folder.resolve()),
                "open_browser": False,
                "answer_yes": True,  # Ctrl-C ends it without a question
                "allow_root": True,  # containers often know no other user
                "tornado_settings": _serving.COOKIES,
            },
            "IdentityProvider": _serving.identity(at),
            "LabApp": {
                "news_url": "",
                "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
                "extension_manager": "readonly",
            },
        },
        "labconfig/default_setting_overrides": {
            "@jupyterlab/translation-extension:plugin": {"locale": LOCALES[language]},
            "@jupyterlab/apputils-extension:notification": {
                "fetchNews": "false",
                "checkForUpdates": False,
                "doNotDisturbMode": True,
            },
            "@jupyterlab/apputils-extension:themes": {
                "theme": "JupyterLab Light",
                "adaptive-theme": False,
            },
            "@jupyterlab/extensionmanager-extension:plugin": {"enabled": False},
            # Forms keep their state only while they are on the page.
            "@jupyterlab/notebook-extension:tracker": {
                "windowingMode": "none",
                "autoStartDefaultKernel": True,  # else who runs at once is asked for a kernel
            },
            # The contents page is to be read, not edited.
            "@jupyterlab/docmanager-extension:plugin": {
                "defaultViewers": {"markdown": "Markdown Preview"}
            },
        },
        "labconfig/page_config": {
            "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}
        },
    }
