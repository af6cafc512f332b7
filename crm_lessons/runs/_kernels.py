"""How kernels are started, and what is told of one that stumbled."""

import functools
import os
import re
from importlib import metadata

from crm_lessons.course.adapted import ADAPTED
from crm_lessons.runs import warm

# ipykernel warns on stderr at each start that it listens on TCP; it does so on this machine only.
# And a report belongs into nobody's history of what they typed.
QUIET = ["--log-level=40", "--HistoryManager.enabled=False"]

_COLOUR = re.compile(r"\x1b\[[\d;]*m")
# In a traceback of IPython: the line of the cell that failed, not those of what it called.
_FAILED = re.compile(r"^Cell In\[\d+\], line \d+.*\n(?:.*\n)*?-+> *\d+ *(.+)$", re.MULTILINE)


def adapted() -> None:
    """Tell kernels started from here on that the prose fits the data, or is left out."""
    os.environ[ADAPTED] = "1"


def how() -> dict[str, object]:
    """Options of papermill and nbclient: quiet, and forked where kernels can be (see `warm`)."""
    told: dict[str, object] = {"extra_arguments": list(QUIET)}
    return told | {"kernel_manager_class": warm.MANAGER} if provided() else told


def stumbled(error: Exception) -> str:
    """What stopped a notebook: our own errors say all, others need their name and the line.

    >>> stumbled(KeyError("once"))
    "KeyError: 'once'"
    """
    name, value = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", error)
    if name in {"CrmError", "DataFaults"}:
        return str(value)
    trace = getattr(error, "traceback", "")
    trace = trace if isinstance(trace, str) else "\n".join(trace)
    line = _FAILED.search(_COLOUR.sub("", trace))
    return f"{name}: {value}" + (f" ← {line[1].strip()}" if line else "")


@functools.cache
def provided() -> bool:
    """Whether jupyter_client finds our provisioner: not in a copy that was never installed."""
    found = metadata.entry_points(group="jupyter_client.kernel_provisioners")
    return warm.PROVISIONER in found.names
