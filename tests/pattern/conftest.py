"""Every lesson, found by itself: a new source is held to the same checks without a new test."""

import nbformat
import pytest

from crm_lessons import wording
from crm_lessons.runs import lessons, sources

SOURCES = sources.everything()


@pytest.fixture(params=SOURCES, ids=sources.name_of)
def source(request):
    return request.param


@pytest.fixture(params=wording.LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def edition(source, language):
    """The edition as it lies in the repository, with its outputs."""
    return nbformat.read(lessons.edition_path(sources.name_of(source), language), as_version=4)
