"""The IPython side: a readable box first, the traceback folded away, the failure still reported."""

import json
import os
import re
import traceback
from html import escape
from pathlib import Path

from crm_lessons import wording
from crm_lessons.course.beginners._advice import advice
from crm_lessons.course.beginners._mistake import Scene
from crm_lessons.errors import CrmError

COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")
STATED_LANGUAGE = re.compile(r"^language\b[^=]*= *[\"'](zh|en)[\"']", re.MULTILINE)
# The error itself still goes out, for nbclient, papermill and nbval; beside the box it would say
# everything twice, so pages that know the classes of JupyterLab do not show it.
HIDE_THE_ERROR = (
    "<style>.jp-OutputArea-child:has(.crm-help) + .jp-OutputArea-child:has("
    '[data-mime-type="application/vnd.jupyter.error"], '  # JupyterLab
    '[data-mime-type="application/vnd.jupyter.stderr"]'  # nbconvert
    ") { display: none }</style>"
)
BOX = (
    "border-left: 5px solid #c2570c; background: #fff6ec; color: #222; padding: 10px 16px;"
    " max-width: 46em; line-height: 1.6; font-size: 15px"
)
CODE = "background: #f4e3d0; color: #222; padding: 1px 4px; overflow-wrap: anywhere"
DETAILS = (
    "overflow-x: auto; white-space: pre; font: 12px/1.4 monospace; background: #fff; color: #222;"
    " padding: 6px"
)


class ReadableErrors:
    """Stands in for the method with which a shell shows an error."""

    def __init__(self, shell) -> None:
        self.shell = shell
        self.source = ""
        self.send_error = shell._showtraceback

    def remember(self, info) -> None:
        """Keep the text of the cell that is about to run."""
        self.source = info.raw_cell

    def show(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        """Publish the box, then the error with the readable lines as its traceback."""
        try:
            scene = Scene(self.shell.user_ns, earlier_cells(notebook_cells(), self.source))
            message = advice(etype, evalue, self.source, scene=scene)
            message = message or wording.text("beginners.unusual")
            self._publish(message, technical(evalue, stb))
            lines = [*message.splitlines(), "", last_line(etype, evalue)]
        except Exception:  # help that fails must never hide the error it was about
            lines = stb
        self.send_error(etype, evalue, lines)

    def _publish(self, message: str, details: str) -> None:
        plain = message.partition("\n")[0]
        self.shell.display_pub.publish({"text/plain": plain, "text/html": box(message, details)})


def technical(evalue: BaseException, stb: list[str]) -> str:
    """The traceback as plain text. Our own errors hide theirs from IPython, so it is made here."""
    if isinstance(evalue, CrmError):
        return "".join(traceback.format_exception(evalue))
    return COLOUR_CODES.sub("", "\n".join(stb))


def last_line(etype: type[BaseException], evalue: BaseException) -> str:
    """What Python itself calls the error, as in the last line of every traceback."""
    return "".join(traceback.format_exception_only(etype, evalue)).strip().rpartition("\n")[2]


def box(message: str, details: str) -> str:
    """The message as HTML: first line bold, backticks as code, the traceback folded away."""
    first, *rest = [_with_code(escape(line)) for line in message.splitlines()]
    name = {"zh": "zh-CN", "en": "en"}[wording.language()]
    return (
        f'{HIDE_THE_ERROR}<div class="crm-help" role="alert" lang="{name}" style="{BOX}">'
        f'<p style="margin: 0 0 4px"><strong>{first}</strong></p>'
        + "".join(f'<p style="margin: 0 0 4px">{line}</p>' for line in rest)
        + f'<details style="margin-top: 8px"><summary style="cursor: pointer">'
        f"{escape(wording.text('beginners.technical'))}</summary>"
        f'<pre style="{DETAILS}">{escape(details)}</pre></details></div>'
    )


def _with_code(line: str) -> str:
    return re.sub("`([^`]+)`", rf'<code style="{CODE}">\1</code>', line)


def notebook_cells() -> list[str]:
    """The code cells of the open notebook; Jupyter's server tells the kernel where it lies."""
    path = Path(os.environ.get("JPY_SESSION_NAME", ""))
    if path.suffix != ".ipynb" or not path.is_file():
        return []
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def earlier_cells(cells: list[str], source: str) -> list[str]:
    """The cells before this one; all of them if it was changed since the notebook was saved."""
    return cells[: cells.index(source)] if source in cells else cells


def starting_language() -> str | None:
    """The language before any cell has run: CRM_LESSONS_LANGUAGE, else what the notebook states."""
    named = os.environ.get("CRM_LESSONS_LANGUAGE")
    if named in wording.LANGUAGES:
        return named
    stated = STATED_LANGUAGE.search("\n".join(notebook_cells()))
    return stated[1] if stated else None


def load_ipython_extension(shell) -> None:
    """Called by IPython when the kernel starts (``--ext=crm_lessons.course.beginners``)."""
    language = starting_language()
    if language:
        wording.use(language)
    errors = ReadableErrors(shell)
    shell.events.register("pre_run_cell", errors.remember)
    # IPython names this method as the one to replace for showing errors elsewhere; unlike
    # set_custom_exc it also sees errors from before a cell runs, such as a wrong indentation.
    shell._showtraceback = errors.show
    shell.readable_errors = errors


def unload_ipython_extension(shell) -> None:
    """Give the shell its own way of showing errors back (``%unload_ext``)."""
    shell.events.unregister("pre_run_cell", shell.readable_errors.remember)
    del shell._showtraceback
