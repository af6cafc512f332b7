"""For nbval, which starts a kernel for each notebook, and for every test that runs a notebook."""

import os

from crm_lessons.runs import _kernels, warm

# Inherited by every process that a test starts. Kernels are forked, see CONTRIBUTING.md.
if _kernels.provided():
    os.environ.setdefault("JUPYTER_DEFAULT_PROVISIONER_NAME", warm.PROVISIONER)
