"""A forked kernel, as the process that asked for it sees it."""

import json
import signal
import socket
import time


class WarmProcess:
    """Stands where jupyter_client expects a `subprocess.Popen`.

    The kernel is the server's child, so all that is asked of it goes through the connection over
    which it was ordered. When that connection ends, because this process ends in whatever way, the
    server ends the kernel.
    """

    stdin = stdout = stderr = None
    SECONDS_BETWEEN_LOOKS = 0.01

    def __init__(self, connection: socket.socket, pid: int) -> None:
        connection.setblocking(False)
        self._connection = connection
        self._told = b""
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal as in subprocess; None while the kernel runs."""
        while self.returncode is None:
            try:
                told = self._connection.recv(1024)
            except BlockingIOError:
                return None
            except OSError:
                told = b""
            self._told += told
            if not told:  # the server is gone, and its kernels with it
                self.returncode = 1
            elif self._told.endswith(b"\n"):
                self.returncode = int(json.loads(self._told)["exit"])
        self._connection.close()
        return self.returncode

    def wait(self) -> int:
        """Wait for the end of the kernel and return its exit code."""
        while (code := self.poll()) is None:
            time.sleep(self.SECONDS_BETWEEN_LOOKS)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and all it started, unless it has ended."""
        if self.poll() is None:
            line = json.dumps({"signal": int(number)}) + "\n"
            try:
                self._connection.send(line.encode())
            except OSError as error:
                raise ProcessLookupError(self.pid) from error

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)
