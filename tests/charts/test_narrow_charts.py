"""Charts for a phone: drawn narrow, each is as readable as at full width, and none is too small."""

import importlib
from pathlib import Path

import pytest
from readable import assert_readable, drawn_texts, takes_names

from crm_lessons import charts, wording
from crm_lessons.charts import look

pytestmark = pytest.mark.filterwarnings("error")

MODULES = [
    importlib.import_module(path.stem)
    for path in sorted(Path(__file__).parent.glob("test_charts*.py"))
    if path.stem != "test_charts_names"
]
# The first case of each chart; what compares the reports of a batch is on no page of a lesson.
FIRST = {
    name: (make, dict(*options))
    for module in MODULES
    for name, make, *options in reversed(module.CHARTS.values())
    if not takes_names(make) and name != "compare_runs"
}


@pytest.mark.parametrize("name", sorted(FIRST))
def test_a_chart_can_be_read_on_a_phone_of_360_px(name):
    make, options = FIRST[name]
    result = make()
    for language in wording.LANGUAGES:
        with wording.using(language), look.narrow() as head:
            figure = charts.find(name)(result, **options).get_figure()
            assert figure.get_figwidth() == look.NARROW
            assert_readable(figure)
            texts = drawn_texts(figure)
        assert head.title, "it stands above the chart as text"
        assert not {head.title, head.subtitle} & {text.get_text() for text in texts}
        smallest = min((text.get_fontsize() for text in texts), default=look.SMALL)
        # A page of 360 px leaves 334 for a chart; see static/page.css.
        assert smallest / 72 * 334 / look.NARROW >= 11
