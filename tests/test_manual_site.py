"""The manual as pages: they open from a folder, ask no other machine, and hold every function."""

import html.parser
import importlib
import inspect
import json
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest
import yaml

pytest.importorskip("sphinx", reason="comes with the extra `docs`")

DOCS = Path(__file__).parents[1] / "docs"
TASKS = yaml.safe_load((DOCS / "api.yaml").read_text(encoding="utf-8"))
# What a browser fetches by itself when it opens a page.
FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.path, self.fetched, self.links, self.ids = path, [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.ids.add(told.get("id"))
        if told.get(FETCHED.get(tag)):
            self.fetched.append(told[FETCHED[tag]])
        if tag == "a" and told.get("href"):
            self.links.append(told["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Both languages, built without a warning; the gallery without its charts."""
    out = tmp_path_factory.mktemp("site")
    subprocess.run([sys.executable, DOCS / "pages.py", out, "--no-gallery"], check=True)
    return {path: Page(path) for path in out.rglob("*.html")}


def test_the_pages_ask_no_other_machine(site):
    assert len(site) > 40
    for path, page in site.items():
        away = [url for url in page.fetched if urllib.parse.urlsplit(url).netloc]
        assert not away, (path.name, away)
    folder = min(site, key=lambda path: len(path.parts)).parent
    for sheet in folder.rglob("*.css"):
        assert not {"@import", "url(http", "url(//"} & {*sheet.read_text("utf-8").split()}
        assert "url(http" not in sheet.read_text("utf-8"), sheet.name


def test_links_within_the_pages_lead_somewhere(site):
    for path, page in site.items():
        for link in [*page.links, *page.fetched]:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            name = urllib.parse.unquote(parts.path)
            target = (path.parent / name).resolve() if name else path
            assert target.is_file(), (path.name, link)
            if parts.fragment and target in site:
                assert urllib.parse.unquote(parts.fragment) in site[target].ids, (path.name, link)


def test_every_function_that_is_offered_stands_on_a_page(site):
    for language in ("zh", "en"):
        for task, told in TASKS.items():
            (page,) = [p for f, p in site.items() if f.parts[-2:] == (language, f"api-{task}.html")]
            for room in told["rooms"]:
                module = importlib.import_module(f"crm_lessons.{room}")
                for name in getattr(module, "__all__", vars(module)):
                    if name[0] != "_" and inspect.isroutine(getattr(module, name)):
                        assert f"crm_lessons.{room}.{name}" in page.ids


def test_chinese_words_are_found_by_the_search(site):
    (index,) = {path.parent / "searchindex.js" for path in site if path.parts[-2] == "zh"}
    told = json.loads(index.read_text("utf-8").removeprefix("Search.setIndex(").removesuffix(")"))
    assert "订单" in told["terms"] and "客户" in told["terms"]
