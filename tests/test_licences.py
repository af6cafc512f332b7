"""What runs may be passed on under the MIT licence: nothing in it is under the GPL."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.files

ROOT = Path(__file__).parents[1]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]
FREE = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software|MPL|Mozilla|ISC|HPND|Unlicense|[Pp]ublic [Dd]omain|CC0",
    re.I,
)
# Under the LGPL, which lets others use them as they are: asked for with the extra `postgres`.
LESSER = {"psycopg", "psycopg-binary"}
# Never imported by the package: figures are compared with theirs, or pages are built with them.
BESIDE = {"pingouin"}
# Offered under several licences, of which this one is taken.
CHOSEN = {"docutils": "BSD", "text-unidecode": "Artistic"}


def closure(extra):
    """What an extra brings to this Python on this system, the package's own needs with it."""
    text = (ROOT / "constraints-hashed.txt").read_text(encoding="utf-8")
    for users, pin in re.findall(r"^# for (.+)\n(.+?) \\$", text, re.MULTILINE):
        requirement = Requirement(pin)
        if extra in users.split() and (requirement.marker is None or requirement.marker.evaluate()):
            yield requirement.name


def licence(one):
    """What a package says of itself; the full text of a licence may name others.

    Where it says nothing it is the first line of its licence, which is its name.
    """
    told = [one.metadata.get("License-Expression"), one.metadata.get("License", "").split("\n")[0]]
    told += [line for line in one.metadata.get_all("Classifier") or [] if "License" in line]
    if not any(told):
        told = [file.read_text().split("\n")[0] for file in one.files if file.stem == "LICENSE"]
    return " ".join(filter(None, told))


@pytest.mark.parametrize("extra", ["core", *EXTRAS])
def test_everything_that_is_brought_may_be_passed_on(extra):
    names = set(closure(extra))
    assert len(names) > 80
    here = {canonicalize_name(one.name) for one in metadata.distributions()}
    if names - here:
        pytest.skip(f"not installed: {', '.join(sorted(names - here))}")
    for name in names - BESIDE:
        told = licence(metadata.distribution(name))
        if name in LESSER:
            assert "LGPL" in told, f"{name}: {told}"
        elif name in CHOSEN:
            assert CHOSEN[name] in told, f"{name}: {told}"
        else:
            assert FREE.search(told), f"{name}: {told or 'says nothing'}"
            assert "GPL" not in told and "GNU" not in told, f"{name}: {told}"


def test_what_is_under_the_gpl_or_lgpl_is_brought_by_nothing_that_runs():
    for extra in ("core", "lab", "data", "engines", "docs", "test"):
        assert not set(closure(extra)) & (LESSER | BESIDE), extra


def test_a_package_under_the_gpl_is_known_as_such():
    pytest.importorskip("pingouin")
    assert "GPL" in licence(metadata.distribution("pingouin"))
