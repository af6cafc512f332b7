"""What runs may be passed on under the MIT licence: nothing in it is under the GPL."""

from importlib import metadata

import pytest
from packaging.requirements import Requirement

# psycopg, of the extra `postgres`, is under the LGPL, which lets others use it as it is.
EXTRAS = ("", "lab", "data", "engines")


def installed(name, extra=""):
    """A package that is installed and all it needs, each with its distribution."""
    found, waiting = {}, [(name, extra)]
    while waiting:
        name, extra = waiting.pop()
        try:
            one = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system, or of an extra not chosen
            continue
        found[name.lower()] = one
        for requirement in map(Requirement, one.requires or []):
            wanted = requirement.marker is None or requirement.marker.evaluate({"extra": extra})
            if wanted and requirement.name.lower() not in found:
                waiting.append((requirement.name, ",".join(requirement.extras)))
    return found


def licence(one):
    """What a package says of itself; the full text of a licence may name others."""
    told = [one.metadata.get("License-Expression"), one.metadata.get("License", "").split("\n")[0]]
    told += [line for line in one.metadata.get_all("Classifier") or [] if "License" in line]
    return " ".join(filter(None, told))


@pytest.mark.parametrize("extra", EXTRAS)
def test_nothing_that_runs_is_under_the_gpl(extra):
    found = installed("crm-lessons", extra)
    assert "pandas" in found
    for name, one in found.items():
        told = licence(one)
        assert "GPL" not in told and "GNU" not in told, f"{name}: {told}"


def test_a_package_under_the_gpl_is_known_as_such():
    pytest.importorskip("pingouin")
    assert "GPL" in licence(metadata.distribution("pingouin"))
