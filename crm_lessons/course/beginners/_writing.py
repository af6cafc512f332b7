"""Mistakes in how a cell is written: Python cannot read it, so nothing of it has run."""

import re
from decimal import Decimal

from crm_lessons.course.beginners._mistake import Mistake, Rule

QUOTES = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")
# What a Chinese input method types in place of a sign that Python knows.
SIGNS = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        **dict(zip("。、【】×÷—–−", ".,[]*/---", strict=True)),
        **{"≥": ">=", "≤": "<=", "≠": "!=", "¥": "", "￥": ""},
        **{"\u3000": " ", "\u00a0": " ", "\u200b": "", "\ufeff": ""},
    }
)
QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
PERCENT_AT_END = re.compile(r"\d\s*%\s*($|[,)\]}#])")
UNIT = re.compile(r"(\d)\s*([\u4e00-\u9fff]+)")
DATE = re.compile(r"\b(\d{4}-\d{1,2}-\d{1,2})\b")
THOUSANDS = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")
LEADING_ZEROS = re.compile(r"(?<![\w.\"'])(0\d+)\b")
CLOSING = {"(": ")", "[": "]", "{": "}"}


def plain_signs(line: str) -> str:
    """Full-width and Chinese signs become ASCII, except inside quotes.

    >>> plain_signs('f（"你好，", 0。75）')
    'f("你好，", 0.75)'
    """
    parts = QUOTED.split(line)
    return "".join(p if i % 2 else p.translate(SIGNS) for i, p in enumerate(parts))


def plain_quotes(line: str) -> str:
    """Chinese quotes become straight ones, then signs outside the quotes ASCII."""
    return plain_signs(line.translate(QUOTES))


def fraction(line: str) -> str:
    """
    >>> fraction("a_share = 75%")
    'a_share = 0.75'
    """
    return PERCENT.sub(lambda m: f"{Decimal(m[1]) / 100:f}", plain_signs(line))


def quoted_date(line: str) -> str:
    return DATE.sub(r'"\1"', line)


def no_thousands(line: str) -> str:
    return THOUSANDS.sub(lambda m: m[0].replace(",", ""), line)


def quoted_id(line: str) -> str:
    return LEADING_ZEROS.sub(r'"\1"', line)


def no_unit(line: str) -> str:
    """万, 千, 百 and 成 change the number: then no suggestion is better than a wrong one."""
    return line if re.search(r"\d\s*[万千百十亿成]", line) else UNIT.sub(r"\1", line)


def forward_slashes(line: str) -> str:
    return line.replace("\\", "/")


def _ending(sign: str):
    return lambda line: line.rstrip() + sign


def _line_has(pattern: re.Pattern[str]):
    """Details of a rule that applies when the faulty line holds the pattern."""

    def details(mistake: Mistake, found: re.Match[str]) -> dict[str, object] | None:
        in_line = pattern.search(mistake.line)
        return {"written": in_line[0].strip()} if in_line else None

    return details


def _unit(mistake: Mistake, found: re.Match[str]) -> dict[str, object] | None:
    in_line = UNIT.search(mistake.line)
    return {"unit": in_line[2]} if in_line else None


def _sign(mistake: Mistake, found: re.Match[str]) -> dict[str, object]:
    wrong = found["wrong"]
    return {"wrong": wrong, "right": wrong.translate(QUOTES).translate(SIGNS)}


def _bracket(mistake: Mistake, found: re.Match[str]) -> dict[str, object]:
    return {**found.groupdict(), "right": CLOSING[found["opening"]]}


def _chinese_quote_in_line(mistake: Mistake, found: re.Match[str]) -> dict[str, object] | None:
    return {} if re.search("[“”‘’]", mistake.line) else None


def _written_sign(key: str, signs: str) -> Rule:
    """A sign of a Chinese input method, which Python refuses as an invalid character."""
    pattern = f"invalid character '(?P<wrong>[{signs}])'"
    return Rule(key, SyntaxError, pattern, _sign, mends=(plain_signs, plain_quotes, fraction))


RULES = (
    _written_sign("full_width_comma", "，"),
    _written_sign("enumeration_comma", "、"),
    _written_sign("chinese_stop", "。"),
    _written_sign("full_width_bracket", "（）［］｛｝【】"),
    _written_sign("full_width_colon", "：；"),
    _written_sign("full_width_equals", "＝"),
    _written_sign("full_width_digits", "０-９"),
    _written_sign("full_width_percent", "％"),
    _written_sign("chinese_quotes", "“”‘’"),
    _written_sign("currency_sign", "¥￥€£"),
    Rule("sign_python_does_not_know", SyntaxError, "invalid character '(?P<wrong>.)'", _sign,
         mends=(plain_signs, plain_quotes)),
    Rule("invisible_space", SyntaxError, "invalid non-printable character",
         mends=(plain_signs, plain_quotes)),
    Rule("chinese_quotes_mixed", SyntaxError, "unterminated string", _chinese_quote_in_line,
         mends=(plain_quotes,)),
    Rule("missing_triple_quote", SyntaxError, "unterminated triple-quoted"),
    Rule("missing_quote", SyntaxError, "unterminated (f-)?string",
         mends=(_ending('"'), _ending("'"))),
    Rule("windows_path", SyntaxError, r"\(unicode error\)", mends=(forward_slashes,)),
    Rule("bracket_not_closed", SyntaxError, r"'(?P<opening>.)' was never closed", _bracket,
         mends=(_ending(")"), _ending("]"), _ending("}"))),
    Rule("bracket_too_many", SyntaxError, r"unmatched '(?P<closing>.)'"),
    Rule("bracket_mismatch", SyntaxError,
         r"parenthesis '(?P<closing>.)' does not match .*'(?P<opening>.)'", _bracket),
    Rule("date_unquoted", SyntaxError, "leading zeros", _line_has(DATE), mends=(quoted_date,)),
    Rule("thousands_comma", SyntaxError, "leading zeros|positional argument follows",
         _line_has(THOUSANDS), mends=(no_thousands,)),
    Rule("leading_zeros", SyntaxError, "leading zeros", _line_has(LEADING_ZEROS),
         mends=(quoted_id,)),
    Rule("percent_sign", SyntaxError, "invalid syntax", _line_has(PERCENT_AT_END),
         mends=(fraction,)),
    Rule("unit_behind_number", SyntaxError, "invalid syntax|invalid decimal", _unit,
         mends=(no_unit,)),
    Rule("equals_for_comparison", SyntaxError, "Maybe you meant '=='|perhaps you meant \"==\""),
    Rule("missing_comma", SyntaxError, "forgot a comma"),
    Rule("missing_colon", SyntaxError, "expected ':'", mends=(_ending(":"),)),
    Rule("missing_print_brackets", SyntaxError, "Missing parentheses in call to '(?P<name>.+?)'"),
    Rule("name_before_value", SyntaxError, "positional argument follows keyword"),
    Rule("not_indented", IndentationError, "expected an indented block"),
    Rule("indented", IndentationError, "unexpected indent"),
    Rule("indented_unevenly", IndentationError),
    Rule("unreadable", SyntaxError),
)  # fmt: skip
