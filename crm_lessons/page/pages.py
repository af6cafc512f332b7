"""Pages of our servers: templates filled in, and the scripts and style sheets that they name."""

from collections.abc import Iterable
from pathlib import Path

import tornado.template

from crm_lessons import wording
from crm_lessons.page.handler import File

HERE = Path(__file__).parent
STATIC = HERE / "static"
HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}
_KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_loader = tornado.template.Loader(str(HERE / "templates"))


def page(template: str, language: str, **values: object) -> bytes:
    """A page in a language; ``values`` are what its template asks for."""
    told = {"lang": HTML_LANGUAGE[language], "language": language}
    return _loader.load(template).generate(**told | values)


def texts(subject: str) -> dict[str, str]:
    """All texts of a subject, in the language in use, their placeholders not yet filled."""
    language = wording.language()
    return {name: told[language] for name, told in wording.entries(subject).items()}


def files(paths: Iterable[Path]) -> list[tuple]:
    """Routes of files under ``/static``, read once.

    >>> files([STATIC / "page.css"])[0][0]
    '/static/page.css'
    """
    return [
        (f"/static/{one.name}", File, {"content": one.read_bytes(), "kind": _KINDS[one.suffix]})
        for one in paths
    ]
