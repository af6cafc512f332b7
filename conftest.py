"""For nbval, which starts a kernel for each notebook, and for every test that runs a notebook.

What is set here is inherited by every process that a test starts.
"""

import os

from crm_lessons.runs import _kernels, warm

# Several processes test beside one another: more threads within each only get in their way.
# Nothing has imported numpy so far, which reads it.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
# One fork server for a whole run, however long no test needs it: to start one takes seconds.
os.environ.setdefault("CRM_LESSONS_WARM_IDLE", "180")
# Kernels are forked, see CONTRIBUTING.md.
if _kernels.provided():
    os.environ.setdefault("JUPYTER_DEFAULT_PROVISIONER_NAME", warm.PROVISIONER)
