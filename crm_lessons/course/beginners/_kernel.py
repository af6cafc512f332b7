"""The kernel of the lessons: an ordinary Python kernel that loads the readable errors itself."""

import json
from pathlib import Path

from crm_lessons import wording

NAME = "crm-lessons"
LOG_LEVEL_ERROR = 40  # below it ipykernel writes a warning about TCP at every start


def install_kernelspec(prefix: str | Path, *, name: str = NAME) -> Path:
    """Write ``prefix/share/jupyter/kernels/<name>/kernel.json`` and return that folder.

    ``prefix`` is an environment (``sys.prefix``), or a private folder whose ``share/jupyter`` is
    then named in ``JUPYTER_PATH``. There the name ``python3`` lends the readable errors to every
    notebook, while the environment's own ``python3`` stays as it is.
    """
    folder = Path(prefix) / "share" / "jupyter" / "kernels" / name
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(kernelspec(), ensure_ascii=False, indent=1)
    (folder / "kernel.json").write_text(text + "\n", encoding="utf-8")
    return folder


def kernelspec() -> dict[str, object]:
    """The content of kernel.json; Jupyter replaces ``python`` by the Python it runs on itself."""
    return {
        "argv": [
            "python",
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
            "--ext=crm_lessons.course.beginners",
            f"--log-level={LOG_LEVEL_ERROR}",
        ],
        "display_name": wording.text("beginners.kernel_name"),
        "language": "python",
        "metadata": {"debugger": True},
    }
