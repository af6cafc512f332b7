"""Packages that cannot be installed beside pandas 3, unpacked by `make unpacked`."""

import os
import sys
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("UNPACKED", Path(sys.prefix) / "unpacked"))


def folder(package):
    """Where a package lies unpacked; without it the test is passed over, and says why."""
    found = FOLDER / package
    if not found.is_dir():
        pytest.skip(f"{package} asks for an older pandas; `make unpacked` lays it in {FOLDER}")
    return found
