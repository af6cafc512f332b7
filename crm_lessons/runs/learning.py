"""The first door: a lesson as a page in the browser, everything run, code hidden, forms alive."""

import importlib.util
from collections.abc import Callable

from crm_lessons import wording
from crm_lessons.errors import CrmError
from crm_lessons.runs import rooms, serving
from crm_lessons.runs.editions import SECONDS_A_CELL
from crm_lessons.runs.lessons import Lesson

# A kernel without a page, such as after a lost connection, is ended after this time.
IDLE_SECONDS = 600
TORNADO = {
    # A page that is left ends its kernel by a message that cannot carry the XSRF key. It does
    # carry the cookie of the token, which a browser sends for a page from this address only.
    "disable_check_xsrf": True,
}
WIDGETS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]


def learn(lesson: Lesson, language: str, *, port: int = 0, ready: Callable[[str], None]) -> None:
    """Serve a lesson as a page until Ctrl-C; ``ready`` is called with its address.

    The edition itself is opened; a page cannot change it.
    """
    if importlib.util.find_spec("voila") is None:
        raise CrmError("lab_missing")
    at = serving.place(port)
    with rooms.furnished({"voila": settings(at, language)}) as room:
        serving.serve(
            ["voila", str(lesson.edition(language))],
            env=rooms.environment(room, language),
            at=at,
            log=room / "server.log",
            ready=lambda: ready(at.address()),
        )


def settings(at: serving.Place, language: str) -> dict[str, dict]:
    """Voilà's settings, as in its file voila.json."""
    return {
        "Voila": {
            "ip": serving.HOST,
            "port": at.port,
            "port_retries": 0,
            "token": at.token,
            "open_browser": False,
            "tornado_settings": TORNADO,
        },
        "VoilaConfiguration": {
            "template": rooms.TEMPLATE,
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
