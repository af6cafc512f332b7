"""Whoever serves pages, by whatever server: its key, its cookies, who may ask, how it ends."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse

import psutil
import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
COMMAND = "from crm_lessons.cli import main; main()"
DOORS = {"learn": ["learn", "00"], "lab": ["lab", "--folder", "lessons"]}


@pytest.fixture(scope="module", params=DOORS)
def served(request, tmp_path_factory):
    """The process that a person started, and the address that it told."""
    home = tmp_path_factory.mktemp(request.param)
    line = [sys.executable, "-c", COMMAND, *DOORS[request.param], "--no-browser"]
    env = os.environ | {"XDG_CACHE_HOME": str(home), "CRM_LESSONS_RESULTS": str(home)}
    with subprocess.Popen(
        [*line, "--language", "en"], stdout=subprocess.PIPE, text=True, cwd=home, env=env
    ) as starter:
        told = ""
        while not (found := re.search(r"http://\S+", told)):
            told = starter.stdout.readline()
            assert told, "it ended before it told its address"
        try:
            yield starter, urllib.parse.urlsplit(found[0])
        finally:
            starter.kill()


def ask(address, path, method="GET", headers=None):
    """The status of an answer, its headers, and the cookies that let somebody in."""
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        kept = answer.headers.get_all("Set-Cookie") or []
        return answer.status, answer.headers, [one for one in kept if "xsrf" not in one]
    finally:
        connection.close()


def test_the_key_stands_on_no_command_line_and_nobody_comes_in_without_it(served):
    starter, address = served
    key = urllib.parse.parse_qs(address.query)["token"][0]
    everything = [psutil.Process(starter.pid)]
    everything += everything[0].children(recursive=True)
    assert not [one for one in everything if key in " ".join(one.cmdline())]
    for path in (address.path, f"{address.path}?token={key[::-1]}"):
        status, headers, cookies = ask(address, path)
        assert status >= 300 and not cookies and key not in str(headers)


def test_a_cookie_is_for_this_site_and_no_script_and_lets_no_page_of_another_site_act(served):
    _, address = served
    status, _, cookies = ask(address, f"{address.path}?{address.query}")
    assert status < 400 and cookies
    for cookie in cookies:
        assert re.search("samesite=(lax|strict)", cookie, re.I) and "httponly" in cookie.lower()
    held = "; ".join(cookie.partition(";")[0] for cookie in cookies)
    status, headers, _ = ask(address, address.path, headers={"Cookie": held})
    assert status < 400 and "login" not in headers.get("Location", ""), headers
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        foreign = {"Cookie": held, "Origin": origin, "Content-Type": "text/plain"}
        for path in (address.path, "/api/kernels", "/zh/answer"):
            assert ask(address, path, "POST", foreign)[0] >= 400


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "169.254.169.254", ""])
def test_a_name_that_leads_here_from_elsewhere_is_refused(served, host):
    _, address = served
    status, _, cookies = ask(address, f"{address.path}?{address.query}", headers={"Host": host})
    assert status >= 400 and not cookies


def run_as(process):
    """The command line of a process, empty if it has ended since it was listed."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def test_kill_9_ends_everything_that_was_started(served):
    starter, address = served
    # What keeps kernels warm belongs to nobody and ends by itself, a minute after the last one.
    begun = psutil.Process(starter.pid).children(recursive=True)
    started = [one for one in begun if "warm" not in run_as(one)]
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    assert psutil.wait_procs(started, timeout=40)[1] == []
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            ask(address, "/")
        except OSError:
            return
        time.sleep(0.1)
    pytest.fail("the server still answers")
