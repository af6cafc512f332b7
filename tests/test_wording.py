"""Two languages, one truth: every text in both, with the same placeholders."""

import ast
import itertools
import re
from pathlib import Path
from string import Formatter

import pytest
import yaml
from english import UNENGLISH

import crm_lessons
from crm_lessons import wording
from crm_lessons.course import folders
from crm_lessons.errors import CrmError, DataFaults, Fault

PACKAGE = Path(crm_lessons.__file__).parent
CHINESE = re.compile("[\u4e00-\u9fff]")
# Modules that read Chinese rather than write it: numerals, dates, headings people type.
READERS_OF_CHINESE = {
    "course/_answers.py",
    "course/beginners/_writing.py",
    "course/_numerals.py",
    "course/written_plan.py",
    "customers/_shared.py",
    "data/_clocks.py",
    "data/_currency_signs.py",
    "data/_durations.py",
    "data/_discount_marks.py",
    "data/_discounts.py",
    "data/_headings.py",
    "data/_month_names.py",
    "data/_number_marks.py",
    "data/_options.py",
    "data/_other_years.py",
    "data/_parsing.py",
    "data/_parts.py",
    "data/_pivots.py",
    "data/_plain.py",
    "data/_refunds.py",
    "data/_senders.py",
    "data/_suggesting.py",
    "data/_sums.py",
    "data/personal/__init__.py",
    "data/personal/_accounts.py",
    "data/personal/_names.py",
    "data/personal/_numbers.py",
    "data/personal/_places.py",
    "data/surveys/_as_exported.py",
    "data/surveys/_days.py",
    "data/surveys/_heading_rows.py",
    "data/surveys/_heading_texts.py",
    "data/surveys/_headings.py",
    "data/surveys/_respondents.py",
    "data/surveys/_words.py",
    "data/surveys/drafting/_words.py",
    "records/_garbled.py",
    "records/_names.py",
    "records/_values.py",
    "runs/pace.py",
    "runs/sources.py",
    "talk/_listening.py",
    "talk/_said.py",
}


def subjects():
    """The files of texts of the package and of every lesson."""
    for lesson in folders.known():
        folders.say(lesson)
    return wording.subjects()


def placeholders(text):
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("subject", subjects())
def test_each_text_stands_in_both_languages_with_the_same_placeholders(subject):
    for name, entry in wording.entries(subject).items():
        if subject in folders.known() and not set(entry) & set(wording.LANGUAGES):
            continue  # a lesson's lists of codes
        # Beside the title of a column stands what its numbers are.
        assert set(entry) - {"kind"} == set(wording.LANGUAGES), name
        assert entry.get("kind", "share") in {"share", "percent", "money", "estimate", "p"}, name
        assert placeholders(entry["zh"]) == placeholders(entry["en"]), name
        assert not CHINESE.search(entry["en"]), f"Chinese in the English text of {name}"
        assert not UNENGLISH.search(entry["en"]), f"{name}: {entry['en']}"


def keys_twice(node):
    """Keys that stand twice in a mapping; YAML keeps the later one and says nothing."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        yield from {key for key in keys if keys.count(key) > 1}
        for _, value in node.value:
            yield from keys_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from keys_twice(one)


def test_no_key_stands_twice():
    root = PACKAGE.parent
    files = [
        path
        for folder in ("crm_lessons", "notebooks/lessons", "docs", "datasets")
        for path in (root / folder).rglob("*.yaml")
    ]
    assert len(files) > 50
    found = {path.name: [*keys_twice(yaml.compose(path.read_text("utf-8")))] for path in files}
    assert not {name: keys for name, keys in found.items() if keys}
    assert [*keys_twice(yaml.compose("a: {b: 1, b: 2}"))] == ["b"]


def test_keys_named_in_the_code_exist():
    """A key written out in a call must be in the files; a missing one would fail before a user."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            called = ast.unparse(node.func)
            key = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            if called == "wording.text" and isinstance(key, str):
                assert wording.has(key), f"{path.name}: {key}"
            if called == "CrmError" and isinstance(key, str):
                assert wording.has(f"errors.{key}"), f"{path.name}: {key}"


def test_code_holds_no_chinese_that_a_person_reads():
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).as_posix() in READERS_OF_CHINESE:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value in docs or not CHINESE.search(node.value), (path, node.value)


def test_using_a_language_ends_with_its_block():
    wording.use("zh")
    with wording.using("en"):
        assert wording.language() == "en"
    assert wording.language() == "zh"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh_CN.UTF-8", "zh"),
        ("en_GB.UTF-8", "en"),
        ("de_DE.UTF-8", "en"),
        ("C.UTF-8", "zh"),
        ("", "zh"),
    ],
)
def test_the_locale_chooses_the_language(monkeypatch, locale, language):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    assert wording.from_locale() == language


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="zh, en"):
        wording.use("fr")


def test_the_same_error_reads_well_in_both_languages():
    error = CrmError("file_not_found", path="orders.csv")
    for language, words in {"zh": "找不到文件", "en": "There is no file"}.items():
        with wording.using(language):
            assert words in str(error)
            assert error._render_traceback_() == [str(error)]


def test_faults_beyond_the_first_are_counted():
    error = DataFaults([Fault("empty_file", file="a.csv")], total=3)
    with wording.using("en"):
        assert "2 more" in str(error)


# --- one thing is told as one --------------------------------------------------------------------

# Where what is counted ends: before a verb, a preposition, another subject.
ENDS = (
    "adds appears are as at bears both by compares counts does ends for from goes has holds in is"
)
ENDS += " its lacks leaves makes matches means names needs of on or repeats seems stands takes than"
ENDS += " that the these this to was were which who with and always less across perhaps sales"
ENDS += " brings comes falls fits gives reaches"
ENDS += " series said grows says starts looks lies exists belongs keeps headings"
# What only many do: "1 line bear an amount", "1 row was empty and were filled".
OF_MANY = set(
    [
        "are",
        "were",
        "have",
        "bear",
        "count",
        "seem",
        "hold",
        "make",
        "repeat",
        "look",
        "add",
        "bring",
        "fall",
        "lack",
    ]
)
ASIDE = re.compile(r" \([^()]*\)")
OTHERS = re.compile(
    r"^(who|that|which|what|there|both|each|these|the)$|[^sui]s$"
)  # do it themselves
CLAUSE = re.compile(r"(?<![\w.,–-])1((?: [a-z]+(?:-[a-z]+)*)+)")
PLURAL = re.compile(r"(?<![\w.,–-])1((?: [a-z]+(?:-[a-z]+)*){1,3})")


def of_one(written):
    """An English text with every figure that may be a count filled with 1."""
    values = {}
    written = re.sub(r"(?<![\w{:.,])1(?![\w}%.,])", "7", written)  # a 1 of the text itself
    for _, name, how, _ in Formatter().parse(written):
        if name:
            count = how in ("", ",", "d", ",d", "g", ",.0f", ".0f", ",g") or how.endswith("d")
            values[name] = 1 if count else 0.5
    try:
        return wording.fill(written, values)
    except (ValueError, TypeError, AttributeError):
        return ""  # a date, or what is no number


@pytest.mark.parametrize("subject", [*wording.subjects(), *folders.known()])
def test_nothing_is_said_of_one_customers(subject):
    folders.say(subject)
    with wording.using("en"):
        for key, entry in wording.entries(subject).items() if subject in wording.subjects() else ():
            told = of_one(entry["en"]) if isinstance(entry.get("en"), str) else ""
            for found in PLURAL.findall(told):
                words = itertools.takewhile(lambda w: w not in ENDS.split(), found.split())
                plural = [word for word in words if re.search(r"[^s]s$", word)]
                assert not plural, f"{subject}.{key}: 1{found}"
            for found in CLAUSE.findall(ASIDE.sub("", told)):
                words = itertools.takewhile(lambda w: not OTHERS.search(w), found.split())
                assert OF_MANY.isdisjoint(words), f"{subject}.{key}: 1{found}"


@pytest.mark.parametrize(
    ("written", "one", "two"),
    [
        ("{n:,} customers were asked", "1 customer was asked", "2 customers were asked"),
        ("There are only {n} rows", "There is only 1 row", "There are only 2 rows"),
        ("{n:,.0f} earlier customers", "1 earlier customer", "2 earlier customers"),
        ("{n} of {m} branches", "1 of 30 branches", "2 of 30 branches"),
        ("{n} lines bear an amount", "1 line bears an amount", "2 lines bear an amount"),
        ("of 30 orders {n} have orders", "of 30 orders 1 has orders", "of 30 orders 2 have orders"),
        ("of 30 orders {n} have none", "of 30 orders 1 has none", "of 30 orders 2 have none"),
        ("{n} in all answers", "1 in all answers", "2 in all answers"),
        ("{n} enquiries, {n} people", "1 enquiry, 1 person", "2 enquiries, 2 people"),
        ("{n:.1f} points", "1.0 points", "2.0 points"),
        ("column {place} holds values", "column 1 holds values", "column 1 holds values"),
        ("in line {row} numbers are missing", *["in line 1 numbers are missing"] * 2),
        ("{n} holds values", "1 holds values", "2 holds values"),
        ("{n}customers", "1customers", "2customers"),
    ],
)
def test_words_behind_a_one_are_those_of_one(written, one, two):
    with wording.using("en"):
        assert wording.fill(written, {"n": 1, "m": 30, "row": 1, "place": 1}) == one
        assert wording.fill(written, {"n": 2, "m": 30, "row": 1, "place": 1}) == two
    with wording.using("zh"):
        assert wording.fill(written, {"n": 1, "m": 30, "row": 1, "place": 1}) == written.format(
            n=1, m=30, row=1, place=1
        )
