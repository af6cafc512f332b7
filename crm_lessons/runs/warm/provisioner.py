"""What jupyter_client loads by its entry point: it gives a forked kernel, else an ordinary one."""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from crm_lessons.runs.warm import client
from crm_lessons.runs.warm._process import WarmProcess

LAUNCHER = "ipykernel_launcher"
_UNDERSTOOD = {"env", "cwd", "stdout", "stderr", "extra_arguments", "kernel_id"}


class WarmProvisioner(LocalProvisioner):
    """Asks the fork server for Python kernels of this very Python; starts all others itself."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel with a command."""
        arguments = _arguments(cmd)
        if arguments is not None and not kwargs.keys() - _UNDERSTOOD:
            # A thread, because the first kernel waits for the server's imports.
            process = await asyncio.to_thread(_order, arguments, kwargs)
            if process is not None:
                self.process, self.pid, self.pgid = process, process.pid, None
                self.cwd = kwargs.get("cwd") or Path.cwd()
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)

    async def wait(self) -> int | None:
        """Wait for the end of the kernel, looking more often than the base class does."""
        if isinstance(self.process, WarmProcess):
            while self.process.poll() is None:
                await asyncio.sleep(WarmProcess.SECONDS_BETWEEN_LOOKS)
        return await super().wait()


def _arguments(cmd: list[str]) -> list[str] | None:
    """What follows ``python -m ipykernel_launcher``; None if the command is another."""
    if LAUNCHER not in cmd or not os.path.samefile(cmd[0], sys.executable):
        return None
    place = cmd.index(LAUNCHER)
    options = [part for part in cmd[1:place] if not part.startswith("-Xfrozen_modules")]
    return cmd[place + 1 :] if options == ["-m"] else None


def _order(arguments: list[str], kwargs: dict[str, Any]) -> WarmProcess | None:
    with _open_files(kwargs) as files:
        if files is None:
            return None
        return client.order(
            arguments,
            environment=kwargs.get("env") or os.environ,
            cwd=kwargs.get("cwd"),
            stdout=files[0],
            stderr=files[1],
        )


@contextlib.contextmanager
def _open_files(kwargs: dict[str, Any]) -> Iterator[tuple[int, int] | None]:
    """What the kernel's standard output and error shall be; None where that is a pipe to us."""
    null = os.open(os.devnull, os.O_RDWR)
    try:
        stdout = _descriptor(kwargs.get("stdout"), 1, null)
        same = kwargs.get("stderr") == subprocess.STDOUT
        stderr = stdout if same else _descriptor(kwargs.get("stderr"), 2, null)
        yield None if stdout is None or stderr is None else (stdout, stderr)
    finally:
        os.close(null)


def _descriptor(given: Any, inherited: int, null: int) -> int | None:
    if given == subprocess.PIPE:
        return None
    if given == subprocess.DEVNULL:
        return null
    number = inherited if given is None else given if isinstance(given, int) else given.fileno()
    try:
        os.fstat(number)
    except OSError:  # closed, as in a process without a terminal
        return null
    return number
