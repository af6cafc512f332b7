"""Keys stay off command lines, servers end with whoever started them, Ctrl-C is an interruption."""

import html
import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crm_lessons import writing
from crm_lessons.cli import main
from crm_lessons.runs import jupyter_settings, opening

posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
ADDRESS = "http://127.0.0.1:1/lab?a=1&token=a-secret"


def test_a_browser_is_given_a_page_that_only_this_person_reads(monkeypatch, tmp_path):
    given = []

    def opened(address):
        given.append(address)
        file = Path(address.removeprefix("file://"))
        assert "a-secret" not in address
        assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600
        given.append(file.read_text(encoding="utf-8"))
        return True

    monkeypatch.setattr("crm_lessons.runs.lessons.cache", lambda name: tmp_path / name)
    monkeypatch.setattr("webbrowser.open", opened)
    with opening.browser() as show:
        show(ADDRESS)
    target = re.search('url=([^"]*)"', given[1])[1]
    assert html.unescape(target) == ADDRESS
    assert not list((tmp_path / "rooms").iterdir())


@posix
def test_what_a_killed_sitting_left_is_gone_with_the_next(monkeypatch, tmp_path):
    monkeypatch.setattr("crm_lessons.runs.lessons.cache", lambda name: tmp_path / name)
    code = "import os, signal, sys\nfrom pathlib import Path\nfrom crm_lessons import writing\n"
    code += "with writing.scratch(Path(sys.argv[1])):\n    os.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "rooms")])
    left = list((tmp_path / "rooms").iterdir())
    assert len(left) == 1
    with writing.scratch(tmp_path / "rooms") as mine, jupyter_settings.furnished({}) as room:
        assert set((tmp_path / "rooms").iterdir()) == {mine, room}, "nobody takes another's away"
        assert room.stat().st_mode & 0o077 == 0


@pytest.fixture
def as_in_a_terminal():
    """Ctrl-C is heard as Python hears it, whatever an earlier test has left."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before or signal.default_int_handler)


@pytest.mark.usefixtures("as_in_a_terminal")
@pytest.mark.parametrize("raised", [KeyboardInterrupt, ImportError("numpy"), SystemError("x")])
def test_ctrl_c_is_an_interruption_whatever_an_import_makes_of_it(monkeypatch, capsys, raised):
    def pressed(_):
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise raised from None

    monkeypatch.setattr("crm_lessons.cli._run", pressed)
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(SystemExit) as stopped:
        main(["--language", "en"])
    assert stopped.value.code == 130
    assert capsys.readouterr().err == "Interrupted.\n"
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_without_ctrl_c_stays_what_it_is(monkeypatch):
    def fails(_):
        raise ImportError("numpy")

    monkeypatch.setattr("crm_lessons.cli._run", fails)
    with pytest.raises(ImportError):
        main([])


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_a_terminal_that_cannot_show_a_sign_goes_on(monkeypatch, tmp_path, encoding):
    path = tmp_path / "orders.csv"
    path.write_text("订单号,日期,客户号,金额\n1,2024-01-01,𠮷é,5\n", encoding="utf-8")
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    for language in ("zh", "en"):
        try:
            main(["check", str(path), "--columns", "branch=𠮷é", "--language", language])
        except SystemExit as stopped:
            assert stopped.code == 2
    sys.stderr.flush()
    assert sys.stderr.buffer.getvalue()
