"""Who may come in: host, key, origin, kind and size of what is sent; how a server ends."""

import socket

import pytest

from crm_lessons.errors import CrmError
from crm_lessons.page import serving
from crm_lessons.page.serving import Handler


class Echo(Handler):
    def get(self):
        self.tell({"here": True})

    def post(self):
        self.tell(self.body())


class Done(Handler):
    def post(self):
        self.tell({})
        self.application.end(self.body()["answer"])


ROUTES = [(r"/echo", Echo), (r"/done", Done)]


@pytest.fixture
def own(site):
    application, sockets, address = serving.local(ROUTES)
    one = site(application, sockets)
    one.address = address
    return one


@pytest.fixture
def inside(own):
    client = own.client()
    assert client.get(own.address).status_code == 200
    return client


def test_the_key_opens_once_and_then_a_cookie_that_no_script_reads(own):
    client = own.client()
    assert client.get("/echo").status_code == 403
    assert client.get("/echo?token=wrong").status_code == 403
    first = client.get(own.address)
    cookie = first.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert "url=/" in first.text and own.application.key not in first.text
    assert client.get("/echo").json() == {"here": True}
    assert own.client().post("/echo?token=" + own.application.key, json={}).status_code == 403


def test_only_its_own_names_lead_here(inside):
    for host in ("evil.example", "127.0.0.1:1", "127.0.0.1"):
        assert inside.get("/echo", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 200), ({"Origin": "http://evil.example"}, 403), ({"Origin": "null"}, 403),
     ({"Origin": ""}, 403), ({"Sec-Fetch-Site": "cross-site"}, 403),
     ({"Sec-Fetch-Site": "same-origin"}, 200), ({"Content-Type": "text/plain"}, 415),
     ({"Content-Type": "application/x-www-form-urlencoded"}, 415)],
)  # fmt: skip
def test_what_changes_something_comes_from_our_own_page_as_json(inside, headers, status):
    assert inside.post("/echo", content=b'{"a": 1}', headers=headers).status_code == status


@pytest.mark.parametrize("sent", [b"", b"[1]", b"nothing", b"\xff", b"[" * 60_000])
def test_what_is_no_object_is_refused_in_words(inside, sent):
    told = inside.post("/echo", content=sent)
    assert told.status_code == 400 and told.json()["error"]


def test_a_body_beyond_bounds_is_not_read(inside):
    sent = b'{"a": "' + b"x" * serving.MOST_BYTES + b'"}'
    try:
        assert inside.post("/echo", content=sent).status_code in (400, 413)
    except Exception as error:  # closed while it was being sent
        assert "Error" in type(error).__name__


def test_every_answer_says_what_a_page_may_load_and_nothing_of_the_server(inside):
    for path in ("/echo", "/nowhere"):
        told = inside.get(path).headers
        assert "default-src 'none'" in told["Content-Security-Policy"]
        assert "unsafe" not in told["Content-Security-Policy"]
        assert "Server" not in told and told["X-Content-Type-Options"] == "nosniff"
    assert inside.get("/nowhere").status_code == 404


def test_a_handler_ends_the_server_with_a_result(own, inside):
    inside.post("/done", json={"answer": 42})
    own._thread.join(20)
    assert own.result == 42


def test_a_port_in_use_is_said_before_anything_starts():
    with socket.socket() as other:
        other.bind((serving.HOST, 0))
        other.listen()
        with pytest.raises(CrmError) as told:
            serving.sockets(other.getsockname()[1])
    assert told.value.key == "port_taken"
