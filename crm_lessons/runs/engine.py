"""papermill's engine, writing the notebook once instead of before and after every cell.

That takes a third of the time which a report costs outside its kernel. A report is whole or absent,
so nobody reads the half-written file; after an error it is written too.
"""

from typing import Any

from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

NAME = "crm-lessons"


class WrittenOnce(NBClientEngine):
    """Runs a notebook as papermill does; `notebook_complete` writes it, whatever happened."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **how: Any
    ) -> Any:
        """Run the cells without saving in between."""
        path, nb_man.output_path = nb_man.output_path, None
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **how)
        finally:
            nb_man.output_path = path


papermill_engines.register(NAME, WrittenOnce)
