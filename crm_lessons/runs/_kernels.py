"""How kernels are started."""

import functools
from importlib import metadata

from crm_lessons.runs import warm

# ipykernel warns on stderr at each start that it listens on TCP; it does so on this machine only.
# And a report belongs into nobody's history of what they typed.
QUIET = ["--log-level=40", "--HistoryManager.enabled=False"]


def how() -> dict[str, object]:
    """Options of papermill and nbclient: quiet, and forked where kernels can be (see `warm`)."""
    told: dict[str, object] = {"extra_arguments": list(QUIET)}
    return told | {"kernel_manager_class": warm.MANAGER} if provided() else told


@functools.cache
def provided() -> bool:
    """Whether jupyter_client finds our provisioner: not in a copy that was never installed."""
    found = metadata.entry_points(group="jupyter_client.kernel_provisioners")
    return warm.PROVISIONER in found.names
