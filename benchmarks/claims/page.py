"""The table of what was measured, on the page of the manual: ``python -m benchmarks.claims.page``.

`measured.yaml` beside this module holds what `benchmarks.claims` found; the tables of
``docs/zh/claims.md`` and ``docs/en/claims.md`` below their mark are made of it.
"""

from pathlib import Path

import yaml

from crm_lessons import sampling, writing

FILE = Path(__file__).with_name("measured.yaml")
DOCS = Path(__file__).parents[2] / "docs"
MARK = "<!-- made by python -m benchmarks.claims.page -->\n"
WORDS = {
    "zh": {
        "covers": "区间：罩得住真值的次数占多少",
        "errs": "规则：说错的次数占多少",
        "ratio": "承诺：许诺 ÷ 实得",
        "heads": "报告里的话|课|名义|算守住|什么情况|测得|次数|日期|守住没有|程序",
        "exact": "精确计算",
        "kept": ("没守住", "守住了"),
    },
    "en": {
        "covers": "Intervals: how often they hold the truth",
        "errs": "Rules: how often they say what is not so",
        "ratio": "Promises: what was promised over what came",
        "heads": "what is said|reports|nominal|kept if|under|measured|trials|date|kept|module",
        "exact": "exact",
        "kept": ("no", "yes"),
    },
}


def read(file: Path = FILE) -> dict[str, dict]:
    """What was measured, by the name of the claim."""
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def kept(claim: dict, run: dict) -> bool:
    """Whether what was measured lies where it was asked to lie, both ends included."""
    least, most = claim["asked"]
    return least <= run["measured"] <= most


def tables(measured: dict[str, dict], language: str) -> str:
    """The tables, one for each kind of claim, in Markdown."""
    words, parts = WORDS[language], []
    for kind in ("covers", "errs", "ratio"):
        claims = [claim for claim in measured.values() if claim["kind"] == kind]
        if not claims:
            continue
        heads = words["heads"].split("|")
        lines = [f"## {words[kind]}", "", _line(heads), _line(["---"] * len(heads))]
        for claim in claims:
            for place, run in enumerate(claim["runs"]):
                first = _of_claim(claim, language) if place == 0 else [""] * 4
                lines.append(_line([*first, *_of_run(claim, run, language)]))
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def page(text: str, measured: dict[str, dict], language: str) -> str:
    """The text of a page with its tables made anew."""
    head, mark, _ = text.partition(MARK)
    return f"{head}{mark or MARK}\n{tables(measured, language)}"


def _of_claim(claim: dict, language: str) -> list[str]:
    least, most = (_figure(claim, end) for end in claim["asked"])
    between = {"covers": f"≥ {least}", "errs": f"≤ {most}"}.get(claim["kind"], f"{least}–{most}")
    nominal = _figure(claim, claim["nominal"])
    return [claim["says"][language], ", ".join(claim["reports"]), nominal, between]


def _of_run(claim: dict, run: dict, language: str) -> list[str]:
    words, trials, found = WORDS[language], run["trials"], _figure(claim, run["measured"])
    if trials == "exact":
        trials = words["exact"]
    else:
        if claim["kind"] != "ratio":
            low, high = sampling.wilson(run["measured"] * trials, trials)
            found += f" ({low:.1%}–{high:.1%})"
        trials = f"{trials:,}"
    module = run.get("command", claim["command"]).split(" -m ")[1].split()[0]
    told = words["kept"][kept(claim, run)]
    return [run["truth"][language], found, trials, f"{run['date']}", told, f"`{module}`"]


def _figure(claim: dict, value: float) -> str:
    return f"{value:.2f}" if claim["kind"] == "ratio" else f"{value:.1%}"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    measured = read()
    for language in WORDS:
        file = DOCS / language / "claims.md"
        writing.text(file, page(file.read_text(encoding="utf-8"), measured, language))


if __name__ == "__main__":
    main()
