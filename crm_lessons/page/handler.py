"""What every answer of a server of ours holds to.

Every request names a host that is ours (a page elsewhere cannot make its own name lead here); one
that changes something comes from our own pages, as JSON, within bounds. A page may load nothing
but what this server sends and runs no script that stands in it.
"""

import html
import json
import secrets
from typing import Any

import tornado.web

from crm_lessons import wording
from crm_lessons.errors import CrmError

MOST_BYTES = 64_000  # of a request's body
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_COOKIE = {"httponly": True, "samesite": "Strict", "path": "/"}
_MOVED_ON = (
    '<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={to}">'
    '<link rel="icon" href="data:,">'
    '<title>crm-lessons</title><a href="{to}">crm-lessons</a>'
)
_TOLD = (
    '<!DOCTYPE html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<link rel="icon" href="data:,"><title>crm-lessons</title><p>{told}</p>'
)


class Handler(tornado.web.RequestHandler):
    """What every answer holds to; handlers of one's own derive from it."""

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse what does not come from our own pages."""
        if not self._is_ours(self.request.host):
            raise tornado.web.HTTPError(421)
        if self.request.method not in ("GET", "HEAD"):
            self._refuse_foreign()
        if self.application.key:
            self.only_with(self.application.key, self.application.cookie)

    def body(self) -> dict[str, Any]:
        """The JSON object that was sent."""
        try:
            told = json.loads(self.request.body)
        except (ValueError, RecursionError) as error:
            raise tornado.web.HTTPError(400) from error
        if not isinstance(told, dict):
            raise tornado.web.HTTPError(400)
        return told

    def tell(self, told: object) -> None:
        """Answer with JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(told, ensure_ascii=False, allow_nan=False))

    def keep_cookie(self, name: str, value: str, *, days: int | None = None) -> None:
        """A cookie that no script can read and no other site can make a browser send."""
        secure = self.request.protocol == "https"
        self.set_cookie(name, value, expires_days=days, secure=secure, **_COOKIE)

    def write_error(self, status_code: int, **how: Any) -> None:
        """The sentence as JSON for our scripts, as a page for whoever followed a link."""
        error = (how.get("exc_info") or (None, None))[1]
        languages = [part for part in self.path_args or () if part in wording.LANGUAGES]
        with wording.using(languages[0] if languages else wording.language()):
            if isinstance(error, CrmError):
                self.set_status(409)
                key, told = error.key, str(error)
            else:
                text = f"serving.status_{status_code}"
                told = wording.text(text if wording.has(text) else "serving.status_500")
                key = f"status_{status_code}"
        if "text/html" in self.request.headers.get("Accept", ""):
            self.finish(_TOLD.format(told=html.escape(told)))
        else:
            self.tell({"error": told, "key": key})

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        if not isinstance(error, CrmError):
            super().log_exception(kind, error, trace)

    def only_with(self, key: str, cookie: str) -> None:
        """403 unless the request brings the key, in a cookie or as ``token`` of an address.

        An address with the key is answered by a page of ours that leads on without it: a redirect
        that began elsewhere brings no strict cookie.
        """
        if secrets.compare_digest(self.get_cookie(cookie, "").encode(), key.encode()):
            return
        given = self.get_query_argument("token", "").encode("utf-8", "replace")
        if self.request.method != "GET" or not secrets.compare_digest(given, key.encode()):
            raise tornado.web.HTTPError(403)
        self.keep_cookie(cookie, key)
        self.finish(_MOVED_ON.format(to=self.request.path))

    def _is_ours(self, host: str) -> bool:
        """Whether it is a name of this server, or, in a network, the address that was called."""
        if host in self.application.hosts:
            return True
        stream = getattr(self.request.connection, "stream", None)
        if not self.application.networked or stream is None or stream.socket is None:
            return False
        address, port = stream.socket.getsockname()[:2]
        return host == f"{address}:{port}"

    def _refuse_foreign(self) -> None:
        ours = f"{self.request.protocol}://{self.request.host}"
        site = self.request.headers.get("Sec-Fetch-Site", "same-origin")
        if self.request.headers.get("Origin") != ours or site != "same-origin":
            raise tornado.web.HTTPError(403)
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind != "application/json":
            raise tornado.web.HTTPError(415)


class Nothing(Handler):
    """Any other address."""

    def prepare(self) -> None:
        super().prepare()
        if not self._finished:
            raise tornado.web.HTTPError(404)


class File(Handler):
    """One file, as it is: a script, a style sheet."""

    def initialize(self, content: bytes, kind: str) -> None:
        self.content, self.kind = content, kind

    def get(self) -> None:
        """Send it; a browser asks once per version, by its ETag."""
        self.set_header("Content-Type", self.kind)
        self.set_header("Cache-Control", "no-cache")
        self.finish(self.content)
