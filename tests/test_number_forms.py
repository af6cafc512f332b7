"""Numbers of other countries: right, or a question; never a wrong number.

The columns are written by babel, in the way of each country, or by the rules that accounting
programs follow; what they mean is known beforehand as a Decimal.
"""

import random
from decimal import Decimal

import polars as pl
import pytest
from babel.numbers import format_currency, format_decimal

from crm_lessons import data, wording
from crm_lessons.data import _collecting, _number_forms, _parsing
from crm_lessons.data._collecting import collected
from crm_lessons.data.findings import Findings
from crm_lessons.errors import DataFaults

HEADING = "order_id;order_date;customer_id;amount"
LOCALES = ("de_DE", "de_CH", "de_AT", "fr_FR", "en_US", "en_IN", "es_ES", "it_IT", "pt_BR", "nl_NL")
LOCALES += ("sv_SE", "pl_PL", "ru_RU", "tr_TR", "zh_CN", "ja_JP", "fr_CH", "da_DK", "cs_CZ")
COMMAS = {"de_DE", "de_AT", "fr_FR", "es_ES", "it_IT", "pt_BR", "nl_NL", "sv_SE", "pl_PL", "ru_RU"}
COMMAS |= {"tr_TR", "da_DK", "cs_CZ", "fr_CH"}
CURRENCIES = {"de_CH": "CHF", "en_US": "USD", "en_IN": "INR", "pt_BR": "BRL", "pl_PL": "PLN"}
CURRENCIES |= {"sv_SE": "SEK", "zh_CN": "CNY", "ru_RU": "RUB", "cs_CZ": "CZK"}
QUESTIONS = {"thousands_or_decimals", "two_decimal_signs"}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    path = tmp_path_factory.mktemp("numbers") / "orders.csv"

    def read(cells, separator=";", **options):
        rows = [f"{i};2024-03-05;a{i};@" for i in range(len(cells))]
        text = "\n".join([HEADING, *rows, ""]).replace(";", separator)
        for cell in cells:
            text = text.replace("@", '"' + cell.replace('"', '""') + '"', 1)
        path.write_text(text, encoding="utf-8")
        return data.read(path, **options).lines.collect()["amount"].to_list()

    return read


def column(cells, *, separator=";", decimal=""):
    """The numbers of a column, in the steps of reading; DataFaults where it must be asked."""
    findings = Findings()
    frame = pl.LazyFrame({"c": cells}, schema={"c": pl.String})
    with _collecting.fitting([]):
        if _number_forms.look(frame, ["c"], decimal).odd:
            how = dict(separator=separator, decimal=decimal)
            frame = _number_forms.settled(frame, {"amount": "c"}, "x", findings, **how)
        findings.stop()
        number = _parsing.number(_parsing.present(pl.col("c")))
        return collected(frame.select(number)).to_series().to_list()


def right_or_asked(read, cells, values, **options):
    """Whether the numbers are these, or else the run stopped with a question."""
    try:
        found = read(cells, **options)
    except DataFaults as error:
        keys = {fault.key for fault in error.faults}
        assert keys <= QUESTIONS, (cells, str(error))
        for language in wording.LANGUAGES:
            with wording.using(language):
                assert "decimal=" in str(error)
        return False
    assert found == [float(value) for value in values], (cells, found)
    return True


def amounts(rng, cents):
    """Amounts as shops have them: small and large, minus now and then."""
    size = rng.choice((1e2, 1e3, 1e4, 1e6))
    value = Decimal(str(round(rng.uniform(-0.2 * size, size), 2 if cents else 0)))
    return value if cents else value.to_integral_value()


@pytest.mark.parametrize("locale", LOCALES)
def test_columns_as_babel_writes_them_in_each_country(locale, seeds):
    """Forty columns a country; with decimals always read, whole numbers read or asked about."""
    rng = random.Random(locale)
    asked, columns = 0, seeds(40)
    for turn in columns:
        cents = turn % 3 != 0
        values = [amounts(rng, cents) for _ in range(rng.randint(2, 9))]
        values += [Decimal("0.05"), Decimal("12.50")] if cents else []
        pattern = "#,##0.00" if cents else "#,##0"
        if turn % 2:
            cells = [format_decimal(v, pattern, locale=locale) for v in values]
        else:
            code, whole = CURRENCIES.get(locale, "EUR"), None if cents else "#,##0 ¤"
            cells = [
                format_currency(v, code, whole, locale=locale, currency_digits=cents)
                for v in values
            ]
            if locale == "ja_JP" and cents:
                continue  # no cents there
        was_read = right_or_asked(column, cells, values, separator=rng.choice(";\t"))
        assert was_read or not cents, cells
        asked += not was_read
        sign = "," if locale in COMMAS else "."
        assert column(cells, decimal=sign) == [float(v) for v in values], cells
    assert asked < 0.6 * len(columns)


def styled(value, rng, sign, group):
    """A number as programs for accounts print it."""
    digits = f"{abs(value):,.2f}".replace(",", "@").replace(".", sign).replace("@", group)
    money = rng.choice(("", "", "CHF ", "€", "EUR ", "US$", "kr "))
    if value >= 0:
        return rng.choice((f"{money}{digits}", digits, f" {digits} ", f"{digits} {money}".strip()))
    return rng.choice(
        (
            f"-{digits}",
            f"{digits}-",
            f"({digits})",
            f"−{digits}",
            f"{money}-{digits}",
            f"({money}{digits})",
        )
    )


def test_a_minus_may_follow_and_brackets_may_stand_for_it(seeds):
    """Six hundred columns in six ways of grouping, each with the signs of bookkeepers."""
    rng = random.Random(14)
    ways = [(".", ","), (".", "'"), (".", " "), (",", "."), (",", "\u202f"), (",", "’"), (".", "")]
    for _ in seeds(600):
        sign, group = rng.choice(ways)
        values = [amounts(rng, True) for _ in range(rng.randint(2, 6))] + [Decimal("3.10")]
        cells = []
        for value in values:
            cell = styled(value, rng, sign, group)
            cells.append(cell)
        signs = {c for cell in cells for c in ("CHF", "€", "EUR", "US$", "kr") if c in cell}
        if len({"€" if s == "EUR" else s for s in signs}) > 1:
            for money in (
                "CHF ",
                "EUR ",
                "US$",
                "kr ",
                " CHF",
                " EUR",
                " kr",
                "€",
                "CHF",
                "EUR",
                "kr",
            ):
                cells = [cell.replace(money, "") for cell in cells]
        assert column(cells) == [float(v) for v in values], cells


def test_whole_thousands_with_a_point_are_never_guessed(seeds):
    """Three hundred columns that hold 1.250 and whole numbers: asked, and read as answered."""
    rng = random.Random(15)
    for _ in seeds(300):
        values = [rng.randint(1, 999) for _ in range(rng.randint(0, 5))] + [
            rng.randint(1000, 999999)
        ]
        rng.shuffle(values)
        cells = [f"{v:,}".replace(",", ".") for v in values]
        with pytest.raises(DataFaults) as caught:
            column(cells, separator=rng.choice(",;\t"))
        assert [fault.key for fault in caught.value.faults] == ["thousands_or_decimals"]
        assert column(cells, decimal=",") == values
        assert column(cells, decimal=".") == [float(cell) for cell in cells]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["₹1,23,456.00", "₹12,34,567"], [123456, 1234567]),
        (["CHF 1'234.50", "CHF 2’000.00"], [1234.5, 2000]),
        (["200.00-", "1234.50"], [-200, 1234.5]),
        (["1.234.567", "1.250"], [1234567, 1250]),  # two points: they divide thousands
        (["1.250", "12,5"], [1250, 12.5]),
        (["1.250", "0.125"], [1.25, 0.125]),
        (["1.250", "12.5"], [1.25, 12.5]),
        (["1,250", "12.5"], [1250, 12.5]),
        (["1.5e3", "2"], [1500, 2]),
        (["１.２３４,５０", "－５,００"], [1234.5, -5]),
        (["(1.234,50 €)", "12,00 €"], [-1234.5, 12]),
    ],
)
def test_what_one_cell_tells_holds_for_the_column(read, cells, values):
    assert read(cells) == values


@pytest.mark.parametrize(
    ("cells", "separator"),
    [(["1.250", "3,500"], ","), (["1,250", "890"], ";"), (["12.5", "12,5"], ";"), (["1.250"], ",")],
)
def test_what_a_column_leaves_open_is_a_question(read, cells, separator):
    assert not right_or_asked(read, cells, [], separator=separator)


@pytest.mark.parametrize(
    "cell", ["12.34.56", "1,2,3", "1'23", "5--", "-(5)", "€5€5", "1.2.3,4", "1 2"]
)
def test_what_is_no_number_is_a_fault_of_its_cell(read, cell):
    with pytest.raises(DataFaults) as caught:
        read(["7.5", cell])
    assert [(fault.key, fault.row) for fault in caught.value.faults] == [("not_a_number", 3)]


def test_an_optional_column_that_tells_nothing_is_empty_and_said(tmp_path):
    path = tmp_path / "orders.csv"
    rows = ["1,2024-03-05,a,5.5,1.250", "2,2024-03-05,b,6.5,3"]
    path.write_text("\n".join(["order_id,order_date,customer_id,amount,profit", *rows]))
    table = data.read(path)
    assert table.lines.collect()["profit"].to_list() == [None, None]
    assert [note.key for note in table.notes] == ["numbers_doubtful"]
    assert data.read(path, decimal=".").lines.collect()["profit"].to_list() == [1.25, 3]


def test_numbers_of_a_workbook_are_not_asked_about(tmp_path):
    path = tmp_path / "orders.xlsx"
    frame = pl.DataFrame(
        {"order_id": ["1", "2"], "order_date": ["2024-03-05"] * 2, "customer_id": ["a", "b"]}
    ).with_columns(amount=pl.Series([1.125, 3.0]))
    frame.write_excel(path)
    assert data.read(path).lines.collect()["amount"].to_list() == [1.125, 3.0]
