"""Every lesson, found by itself: a new source is held to the same checks without a new test."""

import nbformat
import pytest

from crm_lessons import wording
from crm_lessons.runs import editions, lessons

SOURCES = editions.sources()


@pytest.fixture(params=SOURCES, ids=lambda path: path.stem)
def source(request):
    return request.param


@pytest.fixture(params=wording.LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def edition(source, language):
    """The edition as it lies in the repository, with its outputs."""
    return nbformat.read(lessons.edition_path(source.stem, language), as_version=4)
