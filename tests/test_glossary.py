"""Words that say what they mean: marked in running text, once, where they disturb nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lessons.course import glossary
from crm_lessons.page import fragments

pytestmark = pytest.mark.files


def test_every_word_has_both_languages_and_stands_once():
    for language in ("zh", "en"):
        words = [glossary.word(term, language).lower() for term in glossary.terms()]
        assert len(words) == len(set(words)) and all(words)
        assert all(term.means[language].strip() for term in glossary.terms())


@pytest.mark.parametrize(
    ("language", "html", "words"),
    [
        ("en", "<p>The churn rate, and the Churn rates.</p>", ["churn rate"]),
        ("en", "<p>churn rate</p><p>retention rate</p>", ["churn rate", "retention rate"]),
        ("en", "<h2>Churn rate</h2><table><td>churn rate</td></table>", []),
        ("en", "<p>a leader, misleading</p>", []),  # "lead" only as a word of its own
        ("en", '<p><a href="x">churn rate</a> and churn rate</p>', ["churn rate"]),
        ("zh", "<p>看流失率和客户流失率</p>", ["流失率"]),
        ("zh", "<p>客户终身价值</p>", ["客户终身价值"]),  # not the shorter word inside it
    ],
)
def test_the_first_of_each_word_in_running_text_is_marked(language, html, words):
    marked = glossary.marked(html, language, set())
    assert re.findall(r"<span class=\"crm-term\"[^>]*>([^<]*)</span>", marked) == words


def test_what_was_marked_before_is_left_alone():
    seen = set()
    first = glossary.marked("<p>churn rate</p>", "en", seen)
    assert (
        "crm-term" in first
        and glossary.marked("<p>churn rate</p>", "en", seen) == "<p>churn rate</p>"
    )


@given(st.lists(st.sampled_from(["流失率", "<b>", "x & y", "<h2>", "churn rate", '"', "<td>"])))
def test_marks_change_nothing_that_is_read(pieces):
    html = fragments.cleaned("".join(pieces))
    for language in ("zh", "en"):
        marked = glossary.marked(html, language, set())
        assert re.sub(r"<span class=\"crm-term\"[^>]*>([^<]*)</span>", r"\1", marked) == html
