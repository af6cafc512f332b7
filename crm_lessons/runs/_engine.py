"""papermill's engine, leaving it to papermill to write the notebook once, at the end.

Writing before and after every cell takes a third of the time which a report costs outside its
kernel. A report is whole or absent, so nobody reads the half-written file.

papermill imports this module wherever it runs (see the entry points of this package), so here an
error that a person can mend learns to end ``papermill`` with its sentence alone.
"""

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any

from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from crm_lessons.errors import CrmError

NAME = "crm-lessons"
Hook = Callable[[type[BaseException], BaseException, TracebackType | None], Any]


class WrittenOnce(NBClientEngine):
    """Runs a notebook as papermill does, which writes it afterwards.

    It is to be called with ``request_save_on_cell_execute=False``: else papermill writes the
    notebook before the first cell too. ``half_run`` is where it goes if it cannot be run to its
    end, as when the kernel dies: papermill does not come to its writing then.
    """

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, half_run: str, **how: Any
    ) -> Any:
        """Run the cells without saving in between."""
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **how)
        except BaseException:
            nb_man.output_path = half_run
            raise


papermill_engines.register(NAME, WrittenOnce)


def _ours(kind: type[CrmError] = CrmError) -> set[str]:
    """The names of the errors that a person can mend; a kernel hands over no more than the name."""
    return {kind.__name__}.union(*map(_ours, kind.__subclasses__()))


def in_a_sentence(before: Hook) -> Hook:
    """A hook for errors that end a program: of one that a person can mend it prints the sentence.

    The stack of papermill says nothing about it. Every other error goes ``before``.
    """

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        lines = getattr(error, "traceback", None)
        if kind.__name__ == "PapermillExecutionError" and error.ename in _ours() and lines:
            print("\n".join(lines), file=sys.stderr)
        else:
            before(kind, error, trace)

    return told


sys.excepthook = in_a_sentence(sys.excepthook)
