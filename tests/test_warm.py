"""Warm kernels: forked, and no different from others; none outlives the one who asked for it."""

import asyncio
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import nbformat
import psutil
import pytest
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.utils import run_sync
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from crm_lessons.runs import _kernels, warm
from crm_lessons.runs.warm import _address, _manager, client, provisioner
from crm_lessons.runs.warm import _server as server

SPEC = Path(warm.__file__).parent / "kernelspec" / "kernel.json"
WHO = "import json, os; print(json.dumps([os.getpid(), os.getppid()]))"
PATIENCE = 60

pytestmark = pytest.mark.skipif(not _address.supported(), reason="kernels cannot be forked here")


@pytest.fixture(autouse=True)
def forked(monkeypatch):
    """The kernels of this file are asked for by `kernels.how`, whoever else provides others."""
    monkeypatch.delenv("JUPYTER_DEFAULT_PROVISIONER_NAME", raising=False)
    monkeypatch.delenv(_address.SWITCH, raising=False)


@pytest.fixture
def own():
    """Variables for a server of its own, so that no other test loses its kernel with it."""
    with tempfile.TemporaryDirectory(prefix="warm") as folder:  # a socket's path must be short
        yield {"TMPDIR": folder, "XDG_RUNTIME_DIR": folder, "CRM_LESSONS_WARM_IDLE": "20"}


def run(*cells, **how):
    """What the cells print, one text for each."""
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    told = {"kernel_name": "python3", "timeout": PATIENCE, **_kernels.how(), **how}
    NotebookClient(notebook, **told).execute()
    return ["".join(o.get("text", "") for o in cell.outputs) for cell in notebook.cells]


def who(**how):
    return json.loads(run(WHO, **how)[0])


def is_server(pid):
    return client.SERVER in " ".join(psutil.Process(pid).cmdline())


def gone(pid, within=PATIENCE):
    until = time.monotonic() + within
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


# A server that imports nothing beforehand is there at once; it ends and is ended as any other.
BARE = f"""import {client.SERVER} as it
it._imports.import_everything = it._imports.use_once = lambda: None
it.main()"""


@contextmanager
def client_in_a_process(tmp_path, boot=client.BOOT, **environment):
    """A process that has started a kernel and waits; yields it, the kernel and the server."""
    code = f"""if True:
        import time
        from crm_lessons.runs.warm import client
        client.BOOT = {boot!r}
        from jupyter_client.manager import AsyncKernelManager
        from jupyter_client.utils import run_sync
        from crm_lessons.runs.warm._manager import WarmKernelManager
        async def main():
            km = WarmKernelManager(kernel_name="python3")
            await km.start_kernel()
            channels = km.client()
            channels.start_channels()
            await channels.wait_for_ready(timeout={PATIENCE})
            print(km.provisioner.pid, flush=True)
            time.sleep(1000)
        run_sync(main)()"""
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=os.environ | environment,
        text=True,
    )
    try:
        kernel = int(process.stdout.readline())
        yield process, kernel, psutil.Process(kernel).ppid()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_kernels_are_forked_from_one_server():
    (first, server), (second, same) = who(), who()
    assert server == same and first != second
    assert is_server(server)


def test_a_prepared_server_is_the_one_that_forks(own, monkeypatch):
    started, start = [], client._start
    monkeypatch.setattr(client, "_start", lambda *how: started.append(start(*how)) or started[-1])
    monkeypatch.setattr(client, "BOOT", BARE)
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    client.prepare()
    _, server = who()
    assert server in {process.pid for process in started}
    count = len(started)
    client.prepare()  # one is there
    assert len(started) == count
    for process in started:
        process.kill()
        process.wait()


def test_each_kernel_starts_fresh():
    spoil = """
import sys, os, random, numpy as np, pandas as pd, matplotlib.pyplot as plt
from crm_lessons import wording
x = 1; wording.use("en"); os.environ["SPOILT"] = "1"; plt.rcParams["font.size"] = 40
pd.options.display.max_rows = 3; sys.path.append("/spoilt"); plt.plot([1]); os.chdir("/")
"""
    look = """
import sys, os, json, numpy as np, pandas as pd, matplotlib.pyplot as plt
from crm_lessons import wording
print(json.dumps(["x" in globals(), wording._process_language, "SPOILT" in os.environ,
  os.getcwd(), plt.rcParams["font.size"], pd.options.display.max_rows, "/spoilt" in sys.path,
  plt.get_fignums()]))
"""
    before = run(look)[0]
    run(spoil)
    assert run(look)[0] == before
    assert json.loads(before)[:3] == [False, [], False]


def test_two_kernels_draw_different_random_numbers():
    draw = "import random, numpy as np; print(random.random(), np.random.random())"
    first, second = run(draw)[0].split(), run(draw)[0].split()
    assert first[0] != second[0] and first[1] != second[1]


def test_a_forked_kernel_is_set_up_as_an_ordinary_one(monkeypatch):
    monkeypatch.delenv("MPLBACKEND", raising=False)
    look = """
import json, os, sys, matplotlib.pyplot as plt
plt.close(plt.figure())
names = set(plt.rcParams) - {"backend", "interactive"}  # "inline" by its long or short name
settings = {k: str(plt.rcParams[k]) for k in sorted(names)}
print(json.dumps([settings, plt.get_backend().split("_")[-1], os.path.basename(sys.argv[0])[:18],
  sys.argv[1:2], __name__, os.environ["MPLBACKEND"], sys.path, sys.flags.dev_mode]))
"""
    ours = json.loads(run(look)[0])
    monkeypatch.setenv(_address.SWITCH, "0")
    assert ours == json.loads(run(look)[0])


def test_what_the_server_does_once_starts_no_thread():
    """A fork copies one thread only; a lock that another one holds would never be let go."""
    code = """if True:
        import os, threading
        from crm_lessons.runs.warm import _imports
        tasks = lambda: len(os.listdir("/proc/self/task"))
        _imports.import_everything()
        before = tasks()
        _imports.use_once()
        print(threading.active_count(), tasks() - before)"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "0"]


@pytest.mark.skipif(sys.platform != "linux", reason="sockets without a file are Linux's")
def test_no_neighbour_can_take_what_a_kernel_will_listen_on(monkeypatch):
    """Whatever is free is taken between the choice of the places and the start of the kernel."""
    neighbours, order, found = [], provisioner._order, []

    def late(arguments, kwargs):
        file = next(one.partition("=")[2] or arguments[arguments.index(one) + 1]
                    for one in arguments if one.startswith("-f"))  # fmt: skip
        chosen = json.loads(Path(file).read_text(encoding="utf-8"))
        found.append(chosen["ip"])
        if chosen["transport"] == "tcp":
            ports = [number for name, number in chosen.items() if name.endswith("_port")]
            neighbours.extend(socket.create_server((chosen["ip"], port)) for port in ports)
        return order(arguments, kwargs)

    monkeypatch.setattr(provisioner, "_order", late)
    try:
        assert run("print(1)") == run("print(1)") == ["1\n"]
    finally:
        for one in neighbours:
            one.close()
    assert len({*found}) == 2  # nor does one kernel take another's


def test_a_figure_appears_below_its_cell(monkeypatch):
    monkeypatch.delenv("MPLBACKEND", raising=False)
    cell = new_code_cell("import matplotlib.pyplot as plt; _ = plt.plot([1, 2])")
    notebook = new_notebook(cells=[cell])
    NotebookClient(notebook, kernel_name="python3", timeout=PATIENCE, **_kernels.how()).execute()
    assert "image/png" in cell.outputs[-1].data


def test_two_kernels_at_once_do_not_know_of_each_other():
    managers = [_manager.WarmKernelManager(kernel_name="python3") for _ in range(2)]

    async def both():
        clients = []
        for one in managers:
            await one.start_kernel()
            kernel_client = one.client()
            kernel_client.start_channels()
            clients.append(kernel_client)
        answers = []
        for number, one in enumerate(clients):
            await one.wait_for_ready(timeout=PATIENCE)
            await one._async_execute_interactive(f"x = {number}", timeout=PATIENCE)
        for one in clients:
            told = await one._async_execute_interactive(
                "", user_expressions={"x": "x"}, timeout=PATIENCE
            )
            answers.append(told["content"]["user_expressions"]["x"]["data"]["text/plain"])
        pids = [one.provisioner.pid for one in managers]
        for one, kernel_client in zip(managers, clients, strict=True):
            kernel_client.stop_channels()
            await one.shutdown_kernel()
        return answers, pids

    answers, pids = run_sync(both)()
    assert answers == ["0", "1"]
    assert all(gone(pid) for pid in pids)


def test_environment_folder_and_output_are_the_clients(monkeypatch, tmp_path, capfd):
    monkeypatch.setenv("CRM_TEST_客户", "a\nb=ü")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    look = """
import json, os, time
os.write(2, b"to the client's own stderr")
print(json.dumps([os.environ["CRM_TEST_客户"], os.getcwd(), time.tzname[0],
  "CRM_LEFT" in os.environ]))
"""
    where = {"resources": {"metadata": {"path": str(tmp_path)}}}
    told = json.loads(run(look, **where)[0])
    assert told == ["a\nb=ü", str(tmp_path), "CST", False]
    monkeypatch.setenv("CRM_LEFT", "1")
    assert json.loads(run(look, **where)[0])[3] is True


def test_a_client_that_is_killed_leaves_no_kernel_behind(tmp_path):
    with client_in_a_process(tmp_path) as (process, kernel, server):
        assert is_server(server)
        process.send_signal(signal.SIGKILL)
        assert gone(kernel)


def test_a_server_that_is_killed_leaves_no_kernel_behind_and_is_replaced(tmp_path, own):
    with client_in_a_process(tmp_path, BARE, **own) as (_, kernel, server):
        assert is_server(server)
        os.kill(server, signal.SIGKILL)
        assert gone(kernel)
        with client_in_a_process(tmp_path, BARE, **own) as (_, _, another):
            assert is_server(another) and another != server
            os.kill(another, signal.SIGKILL)


def test_a_server_that_nobody_needs_ends(tmp_path, own):
    own["CRM_LESSONS_WARM_IDLE"] = "0.2"
    with client_in_a_process(tmp_path, BARE, **own) as (_, kernel, server):
        assert is_server(server)
        time.sleep(0.5)
        assert psutil.pid_exists(kernel)
    assert gone(kernel) and gone(server)


def test_reading_data_in_forked_kernels_never_hangs():
    read = "from crm_lessons import data, customers\n"
    read += "print(len(customers.summarise(data.read('shop'))))"
    assert len({run(read)[0] for _ in range(3)}) == 1


def test_a_word_that_no_client_would_say_costs_one_kernel_and_not_the_server():
    ours, theirs = socket.socketpair()
    with subprocess.Popen(["sleep", "1000"], start_new_session=True) as kernel, ours, theirs:
        answering = server.Server(ours, lock=-1)
        theirs.sendall(b"rubbish\n")
        answering._heard(server.Kernel(kernel.pid, ours))
        assert kernel.wait(PATIENCE) == -signal.SIGKILL


def test_an_interrupt_reaches_the_kernel():
    notebook = new_notebook(cells=[new_code_cell("import time; time.sleep(1000)")])
    how = {"kernel_name": "python3", "timeout": 1, "interrupt_on_timeout": True, **_kernels.how()}
    NotebookClient(notebook, allow_errors=True, **how).execute()
    # As an error of the cell, or where the cell has hardly begun as a word of IPython on stderr.
    assert "KeyboardInterrupt" in str(notebook.cells[0].outputs)


def test_a_kernel_that_is_done_ends_without_a_word(capfd):
    for _ in range(3):
        run("1")
    assert capfd.readouterr().err == ""


def test_a_kernel_that_is_told_to_end_lets_the_telling_thread_finish():
    """ipykernel's control thread else waits for a thread that has ended, until it is killed."""
    slow = """
def _slow():  # a function's own names, as those of the session are forgotten at its end
    import contextlib, sys, threading, time, zmq
    output = sys.stdout.pub_thread
    schedule = output.schedule
    def slow(f):
        if threading.current_thread().name != "Control" or f.__name__ != "set":
            return schedule(f)
        output._events.append(f)  # the thread was alive when it was looked at,
        time.sleep(0.2)
        with contextlib.suppress(zmq.ZMQError):
            output._event_pipe.send(b"")  # and may have ended since
    output.schedule = slow
_slow()
"""
    ending = _manager.WarmKernelManager(kernel_name="python3")

    async def until_told_to_end():
        await ending.start_kernel()
        process, told = ending.provisioner.process, ending.client()
        told.start_channels()
        await told.wait_for_ready(timeout=PATIENCE)
        await told._async_execute_interactive(slow, timeout=PATIENCE)
        told.stop_channels()
        await ending.shutdown_kernel()
        return process

    assert run_sync(until_told_to_end)().returncode == 0


def test_nbval_and_whoever_names_no_kernel_get_forked_ones_in_our_tests(monkeypatch):
    """The variable is set in conftest.py; jupyter_client reads it once in a process."""
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", warm.PROVISIONER)
    KernelProvisionerFactory.clear_instance()
    try:
        cell = new_code_cell(WHO)
        NotebookClient(new_notebook(cells=[cell]), kernel_name="python3").execute()
    finally:
        KernelProvisionerFactory.clear_instance()
    assert is_server(json.loads(cell.outputs[0].text)[1])


class SlowKernel(_manager.WarmKernelClient):
    """Answers one question after the other, and takes longer than anybody waits at first."""

    SECONDS = 3 * _manager.PATIENCE

    def __init__(self) -> None:
        super().__init__()
        self.replies, self.words, self.asked, self.free_at = (
            asyncio.Queue(),
            asyncio.Queue(),
            0,
            0.0,
        )

    def kernel_info(self) -> str:
        self.asked += 1
        loop, name = asyncio.get_running_loop(), str(self.asked)
        self.free_at = max(self.free_at, loop.time()) + self.SECONDS
        told = {"msg_type": "kernel_info_reply", "parent_header": {"msg_id": name}}
        told |= {"content": {"execution_state": "idle"}}
        loop.call_at(self.free_at - self.SECONDS, self.replies.put_nowait, told)
        loop.call_at(self.free_at, self.words.put_nowait, told)
        return name

    async def get_shell_msg(self, *, timeout: float) -> dict:
        return await self._next(self.replies, timeout)

    async def get_iopub_msg(self, *, timeout: float) -> dict:
        return await self._next(self.words, timeout)

    async def _next(self, told: asyncio.Queue, timeout: float) -> dict:
        try:
            return await asyncio.wait_for(told.get(), timeout)
        except TimeoutError:
            raise queue.Empty from None

    async def _async_is_alive(self) -> bool:
        return True

    def _handle_kernel_info_reply(self, reply: dict) -> None:
        pass


def test_a_kernel_that_is_slower_than_we_are_patient_is_ready_all_the_same():
    async def start() -> int:
        kernel = SlowKernel()
        await kernel.wait_for_ready(timeout=60)
        return kernel.asked

    assert asyncio.run(start()) < 6


def test_where_kernels_cannot_be_forked_ordinary_ones_run(monkeypatch):
    monkeypatch.delattr(os, "fork")
    assert who()[1] == os.getpid()


def test_a_server_that_cannot_start_means_ordinary_kernels(monkeypatch):
    monkeypatch.setattr(client, "SERVER", "crm_lessons.no_such_module")
    monkeypatch.setattr(_address, "_key", lambda environment: "cannot_start")
    assert who()[1] == os.getpid()


def test_a_folder_that_others_can_enter_is_not_used(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / f"crm-lessons-{os.getuid()}").mkdir(mode=0o755)
    assert _address.socket_path(os.environ) is None
    assert who()[1] == os.getpid()


def test_a_server_is_shared_only_by_those_who_import_the_same():
    ours = _address.socket_path({"A": "1"})
    assert _address.socket_path({"A": "2"}) == ours
    assert _address.socket_path({"OMP_NUM_THREADS": "3"}) != ours


def test_papermill_and_nbval_use_the_kernelspec_unchanged(tmp_path):
    kernels_folder = tmp_path / "jupyter" / "kernels" / warm.PROVISIONER
    kernels_folder.mkdir(parents=True)
    (kernels_folder / "kernel.json").write_text(SPEC.read_text(encoding="utf-8"), encoding="utf-8")
    check = new_code_cell(
        "import os; print(b'warm._server' in open(f'/proc/{os.getppid()}/cmdline', 'rb').read())",
        metadata={"tags": ["nbval-check-output"]},
        execution_count=1,
        outputs=[nbformat.v4.new_output("stream", text="True\n")],
    )
    spec = {"name": warm.PROVISIONER, "display_name": "", "language": "python"}
    notebook = new_notebook(cells=[check], metadata={"kernelspec": spec})
    nbformat.write(notebook, tmp_path / "a.ipynb")
    commands = [
        ["papermill", "a.ipynb", "b.ipynb"],
        ["pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "a.ipynb"],
    ]
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            env=os.environ | {"JUPYTER_PATH": str(tmp_path / "jupyter")},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "True" in nbformat.read(tmp_path / "b.ipynb", as_version=4).cells[-1].outputs[0].text
