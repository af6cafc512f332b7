"""datasets/README.md: the data dictionary in both languages, from datapackage.json.

The few words around it stand in dictionary.json; everything about columns in datapackage.json.
"""

import json
from pathlib import Path

WORDS = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def pages(package: dict) -> str:
    """The whole README: Chinese first, then English."""
    return "\n\n---\n\n".join(page(package, language) for language in WORDS) + "\n"


def page(package: dict, language: str) -> str:
    words = WORDS[language]
    parts = [f"# {package['titles'][language]}", words["made"], package["descriptions"][language]]
    parts.append(words["truth"])
    parts += [section(resource, language) for resource in package["resources"]]
    return "\n\n".join(parts)


def section(resource: dict, language: str) -> str:
    words = WORDS[language]
    fields = resource["schema"]["fields"]
    heads = words["heads"]
    rows = [heads, ["---"] * len(heads), *(row(field, language) for field in fields)]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in rows)
    return "\n\n".join(
        [
            f"## {resource['titles'][language]}",
            f"{words['file']}{words['mark']}`{resource['path']}`",
            resource["descriptions"][language],
            table,
        ]
    )


def row(field: dict, language: str) -> tuple[str, ...]:
    words = WORDS[language]
    constraints = field.get("constraints", {})
    return (
        f"`{field['name']}`",
        field["titles"][language],
        field["type"],
        field.get("unit", ""),
        words["yes"] if constraints.get("required") else "",
        bounds(constraints),
        described(field, language),
    )


def bounds(constraints: dict) -> str:
    low, high = constraints.get("minimum"), constraints.get("maximum")
    if low is None and high is None:
        return ""
    return f"{'' if low is None else low} … {'' if high is None else high}".strip()


def described(field: dict, language: str) -> str:
    words = WORDS[language]
    text = field["descriptions"][language]
    if field.get("personal"):
        text += words["personal"]
    if "categories" in field:
        codes = [f"`{c['value']}` {c['labels'][language]}" for c in field["categories"]]
        text += f"{words['stop']}{words['values']}{words['mark']}{words['join'].join(codes)}"
    return text
