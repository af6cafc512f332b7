"""Chinese for the search of the manual: every two neighbouring characters are a word.

Sphinx's own Chinese wants a dictionary of words and leaves the search page broken without one.
"""

import re

from sphinx.search.en import SearchEnglish

RUNS = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9_]+")


class SearchChinesePairs(SearchEnglish):
    lang = "zh"
    language_name = "English"  # the stemmer that the page loads
    js_splitter_code = """
var splitQuery = (query) => (query.match(/[\\u4e00-\\u9fff]+|[A-Za-z0-9_]+/g) || []).flatMap(
  (run) => !/[\\u4e00-\\u9fff]/.test(run) || run.length < 3 ? [run]
    : [...Array(run.length - 1).keys()].map((at) => run.slice(at, at + 2)));
"""

    def split(self, input: str) -> list[str]:
        return [word for run in RUNS.findall(input) for word in pairs(run)]


def pairs(run: str) -> list[str]:
    """Neighbouring characters of Chinese, two and two; anything else as it is.

    >>> pairs("客户价值"), pairs("ABC")
    (['客户', '户价', '价值'], ['ABC'])
    """
    if run.isascii() or len(run) < 3:
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]
