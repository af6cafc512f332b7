"""Build the manual as pages that open from a folder: ``python docs/pages.py site``.

With ``--no-gallery`` the charts are not drawn, which takes a minute a language.

The pages of `zh/` and `en/` are copied, what is derived (functions by task, gallery, glossary,
sentences of reports) is added to them, and Sphinx makes HTML of both languages. Nothing in it asks
another machine.
"""

import html
import importlib
import inspect
import shutil
import sys
import tempfile
from pathlib import Path

import yaml
from sphinx.cmd.build import build_main

from crm_lessons.course.glossary import terms

DOCS = Path(__file__).parent
LANGUAGES = {"zh": "zh_CN", "en": "en"}
TITLES = {"zh": "使用手册", "en": "The manual"}


def read(name: str) -> dict:
    return yaml.safe_load((DOCS / name).read_text(encoding="utf-8"))


def documented(room: str) -> str:
    """What a room is for, and every function and class that it offers, for Sphinx to look up."""
    module = importlib.import_module(f"crm_lessons.{room}")
    lines = [f".. automodule:: {module.__name__}", "   :no-members:", ""]
    for name in sorted(getattr(module, "__all__", vars(module))):
        if name.startswith("_"):
            continue
        what = getattr(module, name)
        if inspect.isclass(what):
            lines += [f".. autoclass:: {module.__name__}.{name}", "   :members:", ""]
        elif callable(what):
            lines += [f".. autofunction:: {module.__name__}.{name}", ""]
    return "\n".join(lines)


def tasks(language: str) -> dict[str, str]:
    """The pages of functions, one a task: file name → Markdown."""
    pages = {}
    for task, told in read("api.yaml").items():
        head = f"# {told['title'][language]}\n\n{told['says'][language]}\n"
        rooms = [f"## {room}\n\n```{{eval-rst}}\n{documented(room)}```\n" for room in told["rooms"]]
        pages[f"api-{task}.md"] = "\n".join([head, *rooms])
    return pages


def toctree(names: list[str]) -> str:
    listed = "\n".join(name.removesuffix(".md") for name in names)
    return f"\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"


def glossary(language: str) -> str:
    """The terms as a table: the word, the other language's word, what it means."""
    other = {"zh": "en", "en": "zh"}[language]
    heads = {"zh": "| 术语 | 英文 | 意思 |", "en": "| term | Chinese | meaning |"}[language]
    rows = []
    for term in terms():
        notes = f" ({term.notes})" if language == "zh" and term.notes else ""
        word = getattr(term, language) + notes
        rows.append(f"| {word} | {getattr(term, other)} | {term.means[language]} |")
    return "\n".join(["", heads, "|---|---|---|", *rows, ""])


def claimed(language: str) -> str:
    """What the sentences of reports rest on, as tables."""
    sys.path.insert(0, str(DOCS))
    import sentences

    return sentences.markdown(language)


def gallery(folder: Path, language: str) -> str:
    """The charts, drawn by `gallery.py` into the folder, as Markdown."""
    sys.path.insert(0, str(DOCS))
    import gallery as charts

    return charts.markdown(folder, language)


def fill(folder: Path, language: str, *, drawn: bool) -> None:
    """The pages of a language with what is derived, ready for Sphinx."""
    shutil.copytree(DOCS / language, folder)
    pages = tasks(language)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    added = {"api.md": toctree([*pages]), "glossary.md": glossary(language)}
    added["sentences.md"] = claimed(language)
    if drawn and (DOCS / "gallery.py").is_file():
        added["gallery.md"] = gallery(folder, language)
    for name, text in added.items():
        with (folder / name).open("a", encoding="utf-8") as page:
            page.write(text)


def build(out: Path, *, drawn: bool = True) -> None:
    """Both languages into ``out/zh`` and ``out/en``, and a page that leads to them."""
    with tempfile.TemporaryDirectory() as work:
        # Pages link to files of the project: these are found beside the copies too.
        for name in ("datasets", "notebooks"):
            (Path(work) / name).symlink_to(DOCS.parent / name)
        for language, code in LANGUAGES.items():
            pages = Path(work) / "docs" / language
            fill(pages, language, drawn=drawn)
            asked = ["-q", "-W", "--keep-going", "-c", DOCS, "-D", f"language={code}"]
            asked += ["-D", f"html_title={TITLES[language]}", "-d", Path(work) / f"kept-{language}"]
            if build_main([str(word) for word in [*asked, pages, out / language]]):
                sys.exit(1)
    links = " · ".join(
        f'<a href="{language}/index.html">{html.escape(TITLES[language])}</a>'
        for language in LANGUAGES
    )
    head = '<!DOCTYPE html><meta charset="utf-8"><title>crm_lessons</title>'
    (out / "index.html").write_text(f"{head}<h1>crm_lessons</h1><p>{links}</p>", encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]), drawn="--no-gallery" not in sys.argv)
