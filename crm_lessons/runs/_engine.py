"""papermill's engine, leaving it to papermill to write the notebook once, at the end.

Writing before and after every cell takes a third of the time which a report costs outside its
kernel. A report is whole or absent, so nobody reads the half-written file.
"""

from typing import Any

from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

NAME = "crm-lessons"


class WrittenOnce(NBClientEngine):
    """Runs a notebook as papermill does, which writes it afterwards."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **how: Any
    ) -> Any:
        """Run the cells without saving in between."""
        path, nb_man.output_path = nb_man.output_path, None
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **how)
        except BaseException:  # such as a dead kernel: papermill does not come to its writing
            nb_man.output_path = path
            raise


papermill_engines.register(NAME, WrittenOnce)
