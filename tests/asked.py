"""A small questionnaire and its answers, as test files need them."""

import io

import xlsxwriter

QUESTIONNAIRE = """
name: visit
title: {zh: 到店调查, en: Visits}
missing: {codes: [99], words: [没去过]}
stems:
  expected: {zh: 您的期望, en: You expect}
  perceived: {zh: 实际感受, en: You found}
scales:
  agree:
    answers:
      - {code: 5, zh: 非常同意, en: Strongly agree}
      - {code: 4, zh: 同意, en: Agree}
      - {code: 3, zh: 一般, en: Neither}
      - {code: 2, zh: 不同意, en: Disagree}
      - {code: 1, zh: 非常不同意, en: Strongly disagree}
  satisfied:
    answers:
      - {code: 5, zh: 很满意, en: Very satisfied, also: [非常满意]}
      - {code: 4, zh: 满意, en: Satisfied}
      - {code: 3, zh: 一般, en: Neither}
      - {code: 2, zh: 不满意, en: Dissatisfied}
      - {code: 1, zh: 很不满意, en: Very dissatisfied}
  ten: {from: 0, to: 10}
  chance: {from: 0, to: 1}
aspects:
  care: {zh: 客户服务, en: Customer service}
items:
  kind: {aspect: care, scale: agree, zh: 接待热情, en: Kind reception, expected: true}
  wait: {aspect: care, scale: agree, reverse: true, zh: 等得太久, en: The wait was too long}
overall: {scale: satisfied, zh: 总体满意吗？, en: "Satisfied on the whole?"}
recommends: {scale: ten, zh: 愿意推荐吗？, en: "Would you recommend us?"}
repurchase_probability: {scale: chance, zh: 还会再来的可能, en: Likely to come again}
columns:
  customer_id:
  branch: {headings: [您去的是哪家店？], answers: {east: {zh: 城东店, en: East}}}
  answered_on:
"""

COLUMNS = ["respondent_id", "customer_id", "branch", "answered_on"]
QUESTIONS = ["perceived_kind", "expected_kind", "perceived_wait", "overall", "recommends"]
QUESTIONS += ["repurchase_probability"]
SOUND = [
    ["R1", "00456", "east", "2025-03-05", "5", "4", "2", "5", "9", "0.8"],
    ["R2", "00457", "west", "2025-03-06", "4", "5", "1", "4", "7", "0.5"],
]


def text(*rows, heading=(*COLUMNS, *QUESTIONS), sound=SOUND):
    """A CSV file as text: a heading, two sound rows (2 and 3), then these rows."""
    return "\n".join(",".join(row) for row in [heading, *sound, *rows]) + "\n"


def answered(**cells):
    """One more row, sound but for the cells given."""
    row = dict(zip([*COLUMNS, *QUESTIONS], SOUND[1], strict=True))
    row |= {"respondent_id": "R3", "customer_id": "00458"} | cells
    return list(row.values())


def workbook(rows):
    """The bytes of an Excel workbook with one sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for i, row in enumerate(rows):
        sheet.write_row(i, 0, row)
    book.close()
    return buffer.getvalue()


def write(folder, yaml=QUESTIONNAIRE):
    """The questionnaire as a file; its path."""
    path = folder / "visit.yaml"
    path.write_text(yaml, encoding="utf-8")
    return path
