"""A kernel manager whose kernels are warm, whatever the kernelspec says, and that does not idle.

jupyter_client waits 0.2 s in silence when a kernel starts, to be sure that nothing of the start
comes later, and looks every 0.1 s whether it has ended. Of a report that takes a second, that is
much: here the kernel's own word that it is idle counts, and the looks are closer.

It also picks five ports that are free and lets go of them until the kernel takes them: whatever
takes one meanwhile, a browser or another kernel, ends the kernel. Names of sockets are drawn, so
that nobody takes one.
"""

import asyncio
import copy
import queue
import sys
import time
import uuid

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.client import KernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import DottedObjectName, Type, default

from crm_lessons.runs.warm import PROVISIONER

SECONDS_BETWEEN_LOOKS = 0.01
# How long the kernel's word may take, at first and at most. What it said before we listened does
# not come at all, so at first not long; but who asks again sooner than a busy machine answers is
# always one answer behind.
PATIENCE, MOST_PATIENCE = 0.05, 5.0


class WarmKernelClient(AsyncKernelClient):
    """The client of nbclient and papermill, ready as soon as the kernel says so."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel has answered on both channels; RuntimeError if it does not."""
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        patience = PATIENCE
        while not await self._answers(patience):
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > until:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")
            patience = min(2 * patience, MOST_PATIENCE)

    async def _answers(self, patience: float) -> bool:
        """Ask for the kernel's description; whether it came, and the word that nothing follows."""
        asked = self.kernel_info()
        try:
            reply = await self.get_shell_msg(timeout=max(1, patience))
            while reply["parent_header"].get("msg_id") != asked:  # to an earlier question
                reply = await self.get_shell_msg(timeout=max(1, patience))
            self._handle_kernel_info_reply(reply)
            while True:
                told = await self.get_iopub_msg(timeout=patience)
                is_idle = told["content"].get("execution_state") == "idle"
                if is_idle and told["parent_header"].get("msg_id") == asked:
                    return True
        except queue.Empty:  # not listening yet, or we to it
            return False


class WarmKernelManager(AsyncKernelManager):
    """The manager of nbclient and papermill, with our provisioner."""

    client_class = DottedObjectName(f"{__name__}.WarmKernelClient")
    client_factory = Type(WarmKernelClient, klass=KernelClient)

    @default("transport")
    def _transport_default(self) -> str:
        return "ipc" if sys.platform == "linux" else "tcp"

    @default("ip")
    def _ip_default(self) -> str:
        """A name in Linux's abstract namespace: no file is left behind, however all ends."""
        return f"@crm-lessons-{uuid.uuid4()}" if self.transport == "ipc" else super()._ip_default()

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernelspec with a word on who provides the kernel."""
        spec = copy.deepcopy(super().kernel_spec)
        if spec is not None:
            spec.metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER, "config": {}}
        return spec

    async def _async_wait(self, pollinterval: float = 0.1) -> None:
        while await self._async_is_alive():
            await asyncio.sleep(min(pollinterval, SECONDS_BETWEEN_LOOKS))

    async def _async_interrupt_kernel(self) -> None:
        """Before an end that is asked for no interrupt: it would be told as an error on stderr."""
        if not self.shutting_down:
            await super()._async_interrupt_kernel()
