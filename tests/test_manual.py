"""The manual and the READMEs: languages in step, links that lead somewhere, commands that exist."""

import importlib
import pkgutil
import re
import shlex
from pathlib import Path

import pytest
import typer.main

from crm_lessons import cli

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
NAMES = sorted(page.name for page in (DOCS / "zh").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *DOCS.glob("??/*.md")]
PAIRS = {name: (DOCS / "zh" / name, DOCS / "en" / name) for name in NAMES}
PAIRS["README"] = (ROOT / "README.zh.md", ROOT / "README.md")
CHINESE = re.compile("[\u4e00-\u9fff]")
FENCE = re.compile(r"^```(\S*)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def text(page):
    return page.read_text(encoding="utf-8")


def blocks(page):
    """Language and text of each block of code."""
    return FENCE.findall(text(page))


def commands(page):
    """Every line that calls the command, in blocks and in running text, as words."""
    shown = [line for _, block in blocks(page) for line in block.splitlines()]
    shown += re.findall(r"`([^`\n]+)`", FENCE.sub("", text(page)))
    called = (re.search(r"(?:^|[\\/ ])crm-lessons( .*)$", line) for line in shown)
    return [shlex.split(one[1].split(" 2>>")[0]) for one in called if one and "…" not in one[1]]


def shape(page):
    """What must be the same in both languages: headings, tables, lists, languages of code."""
    lines = FENCE.sub("", text(page)).splitlines()
    starts = [re.match(r"#+ |\|(?=-)|- |\d+\. ", line) for line in lines]
    tables = [line.count("|") for line in lines if line.startswith("|")]
    return [s[0] for s in starts if s], tables, [kind for kind, _ in blocks(page)]


def test_both_languages_have_the_same_pages():
    assert sorted(page.name for page in (DOCS / "en").glob("*.md")) == NAMES


@pytest.mark.parametrize("name", PAIRS)
def test_a_page_has_the_same_shape_in_both_languages(name):
    zh, en = PAIRS[name]
    assert shape(zh) == shape(en)


@pytest.mark.parametrize("name", PAIRS)
def test_both_languages_call_the_same_commands(name):
    def called(page):
        return [
            [word for word in words if word.isascii() and re.match(r"-|[a-z-]+$|\d\d$", word)]
            for words in commands(page)
        ]

    def plain(words):
        return [word for word in words if word not in ("zh", "en", "handed_in")]

    zh, en = PAIRS[name]
    assert [*map(plain, called(zh))] == [*map(plain, called(en))]


def test_every_command_and_option_shown_exists():
    for module in pkgutil.iter_modules(cli.__path__, "crm_lessons.cli."):
        importlib.import_module(module.name)  # each declares its commands
    known = typer.main.get_command(importlib.import_module("crm_lessons.cli._app").app).commands
    for page in PAGES:
        for words in commands(page):
            if words[0].startswith("-"):
                continue
            command = known[words[0]]
            options = {opt for param in command.params for opt in param.opts}
            used = {word for word in words[1:] if re.match(r"--?[a-z]", word)}
            assert used <= options, (page.name, words)


def test_links_lead_to_files_that_are_there():
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#\s]+)", FENCE.sub("", text(page))):
            assert "://" in target or (page.parent / target).exists(), (page.name, target)


def test_a_readme_is_one_screen():
    for page in ("README.md", "README.zh.md"):
        assert len(text(ROOT / page).splitlines()) <= 50


def test_examples_in_python_are_the_same_and_can_be_read():
    def code(page):
        found = [block for kind, block in blocks(page) if kind == "python"]
        return [re.sub(r'\s+#.*|"[^"]*"', "", block) for block in found]

    for zh, en in PAIRS.values():
        assert code(zh) == code(en)
        for block in (block for kind, block in blocks(zh) if kind == "python"):
            compile(block, zh.name, "exec")


def test_the_example_of_the_functions_runs():
    ((_, block),) = [one for one in blocks(DOCS / "en" / "api.md") if one[0] == "python"]
    names = {}
    exec(block, names)
    assert set(names["classes"]["class"]) == {"A", "B", "C"}


def test_english_pages_hold_chinese_only_where_files_do():
    for _, en in PAIRS.values():
        prose = re.sub(r"`[^`]*`|\[[^\]]*\]\([^)]*\)", "", FENCE.sub("", text(en)))
        shown = set(CHINESE.findall(prose))
        assert shown <= set("中文说明不适用跳过金额万元合计"), en.name


def test_whatever_is_added_touches_five_places_at_most():
    told = text(ROOT / "CONTRIBUTING.md").split("## How to add")[1].split("\n## ")[0]
    parts = re.findall(r"^\*\*(.+?)\.\*\*(.+?)(?=\n\n|\Z)", told, re.DOTALL | re.MULTILINE)
    assert len(parts) >= 15
    for name, how in parts:
        places = set(re.findall(r"`([\w/<>.*-]+\.(?:py|yaml|yml|md|json|toml|csv|css))`", how))
        assert len(places) <= 5, (name, places)
