"""Warm kernels: each forked from a process that has imported the scientific libraries already.

Importing pandas, seaborn, scikit-learn and this package is nearly all that a short report costs. A
kernel that is forked from a process where it is done starts in a few hundredths of a second, and
its state is as fresh as that of any other kernel.

===============  ===============================================================================
`provisioner`    what jupyter_client asks for a kernel (entry point of the same name)
`manager`        a kernel manager that uses it whatever the kernelspec says
`client`         finds or starts the fork server and asks it for a kernel
`process`        a forked kernel, as the one who asked for it sees it
`address`        which server a process may use: same Python, same code, same settings
`server`         the fork server: one process, one thread, ends when nobody needs it
`imports`        what it imports, and the little it does once for all
`forked`         from a fresh fork to a running kernel
===============  ===============================================================================

Where there is no fork (Windows), where it is not safe (macOS), or when ``CRM_LESSONS_WARM=0`` is
set, ordinary kernels are started; so they are when anything goes wrong here.
"""

PROVISIONER = "crm-lessons-warm"
MANAGER = "crm_lessons.runs.warm._manager.WarmKernelManager"
"""The name of the class, as nbclient and papermill take it (``kernel_manager_class``)."""
