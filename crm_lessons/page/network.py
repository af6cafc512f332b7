"""The addresses of this machine, and an address as a QR code."""

import io
import socket

import segno

ANYWHERE = ("10.255.255.255", 1)  # nothing is sent there: the system says which way it would go


def addresses() -> list[str]:
    """The IPv4 addresses under which others may find this machine, the likeliest first."""
    found = [_outward(), *_named()]
    return [one for one in dict.fromkeys(found) if one and not one.startswith("127.")]


def _outward() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ANYWHERE)
            return probe.getsockname()[0]
        except OSError:
            return ""


def _named() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []


def qr_in_terminal(address: str) -> str:
    """A QR code of half blocks, for a terminal.

    >>> len(qr_in_terminal("http://192.168.1.5:8018/").splitlines()) > 10
    True
    """
    out = io.StringIO()
    segno.make(address, error="m").terminal(out=out, border=2, compact=True)
    return out.getvalue()


def qr_as_svg(address: str) -> bytes:
    """The same for a page, to be shown as large as there is room."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=2, scale=8, omitsize=True)
    return out.getvalue()
