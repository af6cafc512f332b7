"""``python -m crm_lessons.runs.one_notebook FILE``: run a notebook; exit code 1 if a cell fails.

The notebook is only read; the caller's process group and time limit are around it.
"""

import sys

import nbformat
from nbclient import NotebookClient

from crm_lessons.runs import kernels


def main(path: str) -> int:
    """Run the notebook at ``path`` in the working folder."""
    try:
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(notebook, kernel_name="python3", extra_arguments=kernels.QUIET).execute()
    except Exception as error:  # whatever is wrong with a stranger's notebook, it did not run
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
