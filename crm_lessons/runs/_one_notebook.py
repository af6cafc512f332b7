"""``python -m crm_lessons.runs._one_notebook NOTEBOOK FILE``: run a notebook, tell its kernel's id.

Exit code 1 if a cell fails. The notebook itself is only read. The kernel's process id is written
to FILE, so that the caller can end it when the time is up.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from crm_lessons.runs import _kernels


def main(path: str, kernel: str) -> int:
    """Run the notebook at ``path`` in the working folder."""
    try:
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook, kernel_name="python3", timeout=None, extra_arguments=_kernels.QUIET
        )
        client.on_notebook_start = lambda notebook: Path(kernel).write_text(
            str(client.km.provisioner.pid)
        )
        client.execute()
    except Exception as error:  # whatever is wrong with a stranger's notebook, it did not run
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
