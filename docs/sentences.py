"""What the computed sentences of reports rest on, as pages: `sentences.yaml` beside this module.

`markdown(language)` is what `pages.py` adds to the page of the manual; `listed()` gives each
sentence with its row, and `problems()` what has no row, or is a row of nothing.
"""

import fnmatch
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from crm_lessons import wording
from crm_lessons.course import folders

FILE = Path(__file__).with_name("sentences.yaml")
# Of these files of `crm_lessons/wording` only what rows name is said in reports.
SHARED = ("course", "schemes")
PLACE = re.compile(r"\{[^{}]*\}")
_NO_SENTENCE = ("codes", "codes_of", "questionnaire")
HEADS = {
    "zh": {
        "kinds": "| 哪一种 | 什么时候成立 | 什么时候不说 | 不能说成 |",
        "rows": "| 句子 | 哪一种 | 什么时候成立 | 不能说成 |",
        "head": "## 各种句子",
        "shared": ("购买模型", "每份报告都有的", "分群", "读数据时的", "问卷的"),
    },
    "en": {
        "kinds": "| kind | what makes it true | when it is left out | what it may not say |",
        "rows": "| sentence | kind | what makes it true | what it may not say |",
        "head": "## Kinds of sentences",
        "shared": (
            "The models of buying",
            "In every report",
            "Clusters",
            "When data are read",
            "Of surveys",
        ),
    },
}


def read() -> dict[str, dict]:
    """The kinds and the rows."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def sentences(subject: str) -> dict[str, dict[str, str]]:
    """The computed sentences of a lesson, or of a file of `crm_lessons/wording`, by key."""
    folders.say(subject)
    texts = wording.entries(subject)
    cards = {
        f"{name.removesuffix('_title')}{ending}"
        for name in texts
        if name.endswith("_title") and f"{name.removesuffix('_title')}_value" in texts
        for ending in ("_title", "_value")
    }
    return {
        key: text
        for key, text in texts.items()
        if key not in cards and key not in _NO_SENTENCE and not key.startswith("sheet_")
    }


def row_of(rows: dict[str, dict], key: str) -> str | None:
    """The name of the row of a sentence: its own, else the first that fits."""
    if key in rows:
        return key
    return next((name for name in rows if fnmatch.fnmatchcase(key, name)), None)


def listed() -> Iterator[tuple[str, str, dict[str, str], dict]]:
    """Subject, key, text and row of every sentence that has one."""
    for subject, rows in read()["rows"].items():
        for key, text in sentences(subject).items():
            if name := row_of(rows, key):
                yield subject, key, text, rows[name]


def problems() -> list[str]:
    """Sentences without a row, rows without a sentence, lessons without rows, unknown kinds."""
    told = read()
    lessons = {name for name in folders.known() if sentences(name)}
    found = [f"no rows for {name}" for name in sorted(lessons - told["rows"].keys())]
    for subject, rows in told["rows"].items():
        keys = sentences(subject)
        named = {key: row_of(rows, key) for key in keys}
        if subject not in SHARED:
            found += [f"no row for {subject}.{key}" for key, name in named.items() if not name]
        used = set(named.values())
        found += [f"no sentence for the row {subject}.{name}" for name in rows if name not in used]
        kinds = {name: row["kind"] for name, row in rows.items()}
        found += [f"{subject}.{n}: no kind {k}" for n, k in kinds.items() if k not in told["kinds"]]
    return found


def markdown(language: str) -> str:
    """The tables: the kinds, then the sentences of each lesson and of what lessons share."""
    told, heads = read(), HEADS[language]
    shared = dict(
        zip(("buying", "course", "schemes", "data", "remarks"), heads["shared"], strict=True)
    )
    lines = [heads["head"], "", heads["kinds"], "|---|---|---|---|"]
    for kind in told["kinds"].values():
        cells = [kind[part][language] for part in ("says", "true_if", "left_out_if", "never")]
        lines.append(f"| {' | '.join(cells)} |")
    last = ""
    for subject, _, text, row in listed():
        if subject != last:
            title = shared.get(subject) or folders.header(subject)["title"][language]
            lines += ["", f"## {title}", "", heads["rows"], "|---|---|---|---|"]
            last = subject
        kind = told["kinds"][row["kind"]]
        said = PLACE.sub("…", " ".join(text[language].split())).replace("|", "/")
        why = [(row.get(part) or kind[part])[language] for part in ("true_if", "never")]
        lines.append(f"| {said} | {kind['says'][language]} | {' | '.join(why)} |")
    return "\n".join(["", *lines, ""])
