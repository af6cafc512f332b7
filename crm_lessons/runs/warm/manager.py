"""A kernel manager whose kernels are warm, whatever the kernelspec says."""

import copy

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from crm_lessons.runs.warm import PROVISIONER


class WarmKernelManager(AsyncKernelManager):
    """The manager of nbclient and papermill, with our provisioner."""

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernelspec with a word on who provides the kernel."""
        spec = copy.deepcopy(super().kernel_spec)
        if spec is not None:
            spec.metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER, "config": {}}
        return spec
