"""A page with every error in both languages, to be looked at: ``python tests/hostile/page.py OUT``.

Those of `raising.RAISING` are raised as a person raises them; the others hold example values.
"""

import html
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import raising

from crm_lessons import wording

HEAD = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>Every error</title><style>
body {font: 15px/1.5 sans-serif; margin: 1em} table {border-collapse: collapse; width: 100%}
td {border: 1px solid #ccc; padding: .3em .5em; vertical-align: top; white-space: pre-line}
td:first-child {font: 12px monospace; width: 14em; word-break: break-all}
td + td {width: 44%}</style>"""


def main(out: str) -> None:
    """Write the page."""
    parts = [HEAD]
    for kind in raising.KINDS:
        rows = "".join(map(row, *zip(*[(kind, key) for key in wording.entries(kind)], strict=True)))
        parts.append(f"<h1>{kind}</h1><table>{rows}</table>")
    Path(out).write_text("\n".join(parts), encoding="utf-8")


def row(kind: str, key: str) -> str:
    """A key and its two sentences."""
    told = [key, *sentences(kind, key)]
    return f"<tr>{''.join(f'<td>{html.escape(one)}</td>' for one in told)}</tr>"


def sentences(kind: str, key: str) -> list[str]:
    """How the error reads in each language."""
    if kind == "errors" and key in raising.RAISING:
        with tempfile.TemporaryDirectory() as folder:
            error = raising.raised(key, Path(folder))
            told = []
            for language in wording.LANGUAGES:
                with wording.using(language):
                    told.append(str(error))
        return told
    return [raising.sentence(kind, key, language) for language in wording.LANGUAGES]


if __name__ == "__main__":
    main(sys.argv[1])
