"""How Sphinx builds the manual; `pages.py` runs it, once a language."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
project = "crm_lessons"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "crm_lessons"
html_show_sphinx = False
html_copy_source = False
html_show_copyright = False
myst_heading_anchors = 3
# Docstrings write names in single backticks, as NumPy's do.
default_role = "code"
autodoc_typehints = "signature"
add_module_names = False
napoleon_google_docstring = False
html_show_search_summary = False  # it would fetch pages, which a folder does not allow


def setup(app) -> None:
    from chinese_search import SearchChinesePairs

    app.add_search_language(SearchChinesePairs)
