# ruff: noqa: E501
"""One survey as ten form tools export it; layouts after public descriptions, people invented."""

import csv
import io
import json

import numpy as np
import pandas as pd

ITEMS = {"explained": 5, "waited": 5, "frames": 5, "on_day": 5}
AGREE = {
    "en": ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"),
    "zh": ("非常不同意", "不同意", "一般", "同意", "非常同意"),
}
HAPPY = {
    "en": ("Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"),
    "zh": ("非常不满意", "不满意", "一般", "满意", "非常满意"),
}
TEXTS = {
    "en": {
        "stem": "Please rate your visit",
        "explained": "Eye test explained clearly",
        "waited": "Waited too long",
        "frames": "Choice of frames",
        "on_day": "Glasses ready on the promised day",
        "overall": "All in all, how satisfied are you?",
        "recommends": "How likely are you to recommend us?",
        "branch": "Which shop did you visit?",
        "remark": "Anything else?",
    },
    "zh": {
        "stem": "请评价本次配镜",
        "explained": "验光讲解清楚",
        "waited": "等位时间太长",
        "frames": "镜架选择多",
        "on_day": "按约定日期取镜",
        "overall": "您对本店的满意度",
        "recommends": "您有多大可能向朋友推荐本店？",
        "branch": "您光顾的门店",
        "remark": "您的建议",
    },
}
BRANCHES = {"en": ("Harbour", "Station", "Mill Lane"), "zh": ("河东店", "河西店", "老街店")}


def questionnaire(language):
    """The questionnaire in one language only."""
    text = TEXTS[language]

    def words(answers):
        rows = reversed(list(enumerate(answers, 1)))
        return "\n".join(f"      - {{code: {c}, {language}: {word}}}" for c, word in rows)

    items = "\n".join(
        f"  {name}: {{aspect: shop, scale: agree, {language}: {json.dumps(text[name], ensure_ascii=False)}"
        + (", reverse: true}" if name == "waited" else "}")
        for name in ITEMS
    )
    asked = {
        n: json.dumps(text[n], ensure_ascii=False) for n in ("overall", "recommends", "branch")
    }
    return f"""
name: optician
title: Visits
scales:
  agree:
    answers:
{words(AGREE[language])}
  happy:
    answers:
{words(HAPPY[language])}
  ten: {{from: 0, to: 10}}
aspects: {{shop: Shop}}
items:
{items}
overall: {{scale: happy, {language}: {asked["overall"]}}}
recommends: {{scale: ten, {language}: {asked["recommends"]}}}
columns:
  branch: {{{language}: {asked["branch"]}}}
  answered_on:
"""


def truth(n=14, seed=0):
    """What was answered: codes, NaN for a gap; branch by number; the day."""
    random = np.random.default_rng(seed)
    mood = random.integers(1, 6, n)
    frame = pd.DataFrame({name: np.clip(mood + random.integers(-1, 2, n), 1, 5) for name in ITEMS})
    frame["waited"] = 6 - frame["waited"]
    frame["overall"] = mood
    frame["recommends"] = np.clip(2 * mood + random.integers(-2, 1, n), 0, 10)
    frame = frame.astype("float64")
    frame.iloc[2, 1] = np.nan
    frame["branch"] = random.integers(0, 3, n)
    frame["day"] = pd.date_range("2025-03-05", periods=n, freq="37h")
    return frame


class Rows:
    """The answers in words, for a tool that speaks one language."""

    def __init__(self, frame, language):
        self.text, self.language, self.frame = TEXTS[language], language, frame

    def __iter__(self):
        for number, row in enumerate(self.frame.itertuples(), 1):
            items = [self._word(AGREE, getattr(row, name)) for name in ITEMS]
            branch = BRANCHES[self.language][row.branch]
            yield (
                number,
                row.day,
                branch,
                items,
                self._word(HAPPY, row.overall),
                int(row.recommends),
            )

    def _word(self, words, code):
        return "" if np.isnan(code) else words[self.language][int(code) - 1]


def google(frame, day="%Y/%m/%d %I:%M:%S %p GMT"):
    rows = Rows(frame, "en")
    text = rows.text
    items = [f"{text['stem']} [{text[name]}]" for name in ITEMS]
    head = [
        "Timestamp",
        text["branch"],
        *items,
        text["overall"],
        text["recommends"],
        text["remark"],
    ]
    body = [[d.strftime(day), b, *i, o, r, ""] for _, d, b, i, o, r in rows]
    return [head, *body]


def qualtrics(frame):
    rows = Rows(frame, "en")
    text = rows.text
    meta = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "RecordedDate"]
    meta += ["ResponseId", "RecipientEmail", "UserLanguage"]
    codes = [*meta, "Q1", *(f"Q2_{i}" for i in range(1, 5)), "Q3", "Q4_NPS_GROUP", "Q4"]
    items = [f"{text['stem']} - {text[name]}" for name in ITEMS]
    long = ["Start Date", "End Date", "Response Type", "IP Address", "Progress", "Finished"]
    long += ["Recorded Date", "Response ID", "Recipient Email", "User Language"]
    long += [text["branch"], *items, text["overall"], f"{text['recommends']} - Group"]
    long += [text["recommends"]]
    ids = [json.dumps({"ImportId": code}) for code in codes]
    body = []
    for n, d, b, i, o, r in rows:
        when = d.strftime("%Y-%m-%d %H:%M:%S")
        told = [when, when, "IP Address", "10.0.0.1", "100", "True", when, f"R_{n:04}", "", "EN"]
        body.append([*told, b, *i, o, "Promoter" if r > 8 else "Detractor", r])
    return [codes, long, ids, *body]


def surveymonkey(frame):
    rows = Rows(frame, "en")
    text = rows.text
    meta = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"]
    meta += ["Email Address", "First Name", "Last Name"]
    head = [*meta, text["branch"], text["stem"], "", "", "", text["overall"], text["recommends"]]
    below = ["" for _ in meta] + [
        "Response",
        *(text[name] for name in ITEMS),
        "Response",
        "Response",
    ]
    when = "%m/%d/%Y %I:%M:%S %p"
    body = [
        [11800 + n, 42, d.strftime(when), d.strftime(when), "10.0.0.1", "", "", "", b, *i, o, r]
        for n, d, b, i, o, r in rows
    ]
    return [[*head, text["remark"]], [*below, "Open-Ended Response"], *([*row, ""] for row in body)]


def msforms(frame, quiz=False):
    rows = Rows(frame, "en")
    text = rows.text
    asked = [text["branch"], *(text[name] for name in ITEMS), text["overall"], text["recommends"]]
    head = ["ID", "Start time", "Completion time", "Email", "Name"]
    for question in asked:
        head += [question, f"Points - {question}", f"Feedback - {question}"] if quiz else [question]
    body = []
    for n, d, b, i, o, r in rows:
        cells = [b, *i, o, r]
        told = [x for cell in cells for x in (cell, 1, "")] if quiz else cells
        when = d.strftime("%d %b %Y %H:%M:%S")
        body.append([n, when, when, "anonymous", "", *told])
    return [head, *body]


def typeform(frame):
    rows = Rows(frame, "en")
    text = rows.text
    head = ["#", text["branch"], *(f"{text['stem']}: {text[name]}" for name in ITEMS)]
    head += [text["overall"], text["recommends"], "Response Type", "Start Date (UTC)"]
    head += ["Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags"]
    body = []
    for n, d, b, i, o, r in rows:
        when = d.strftime("%Y-%m-%d %H:%M:%S")
        body.append([f"x{n}k", b, *i, o, r, "completed", when, "", when, "9f2c", ""])
    return [head, *body]


def limesurvey(frame, dated=True):
    rows = Rows(frame, "en")
    text = rows.text
    head = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page"]
    head += ["startlanguage. Start language", f"G01Q01. {text['branch']}"]
    head += [f"G01Q02[SQ{i:03}]. {text['stem']} [{text[n]}]" for i, n in enumerate(ITEMS, 1)]
    head += [f"G02Q03. {text['overall']}", f"G02Q04. {text['recommends']}"]
    body = []
    for n, d, b, i, o, r in rows:
        when = d.strftime("%Y-%m-%d %H:%M:%S") if dated else "1980-01-01 00:00:00"
        body.append([n, when, 2, "en", b, *i, o, r])
    return [head, *body]


def wjx(frame):
    rows = Rows(frame, "zh")
    text = rows.text
    names = list(ITEMS)
    head = [
        "序号",
        "提交答卷时间",
        "所用时间",
        "来源",
        "来源详情",
        "来自IP",
        f"1、{text['branch']}",
    ]
    head += [f"2、{text['stem']}—{text[names[0]]}", *(text[name] for name in names[1:])]
    head += [f"3、{text['overall']}", f"4、{text['recommends']}", f"5、{text['remark']}"]
    body = []
    for n, d, b, i, o, r in rows:
        when = f"{d.year}/{d.month}/{d.day} {d.hour}:{d.minute:02}:{d.second:02}"
        items = [cell or "(跳过)" for cell in i]
        body.append([n, when, "81秒", "微信", "N/A", "10.0.0.1", b, *items, o, r, "(空)"])
    return [head, *body]


def tencent(frame):
    rows = Rows(frame, "zh")
    text = rows.text
    head = [
        "编号",
        "开始答题时间",
        "结束答题时间",
        "答题时长",
        "清洗数据结果",
        "地理位置省",
        "用户ID",
        "昵称",
    ]
    head += ["IP", f"Q1.{text['branch']}", *(f"Q2.{text['stem']}_{text[name]}" for name in ITEMS)]
    head += [f"Q3.{text['overall']}", f"Q4.{text['recommends']}", f"Q5.{text['remark']}"]
    body = []
    for n, d, b, i, o, r in rows:
        when = d.strftime("%Y-%m-%d %H:%M:%S")
        likely = f"{r}\n(非常可能)" if r == 10 else r
        body.append(
            [n, when, when, "80秒", "有效", "安徽", "o1", "阿明", "10.1", b, *i, o, likely, ""]
        )
    return [head, *body]


def jinshuju(frame):
    rows = Rows(frame, "zh")
    text = rows.text
    head = ["序号", text["branch"], *(f"{text['stem']}-{text[name]}" for name in ITEMS)]
    head += [
        text["overall"],
        text["recommends"],
        "提交人",
        "提交时间",
        "更新时间",
        "填写设备",
        "IP",
    ]
    body = []
    for n, d, b, i, o, r in rows:
        when = d.strftime("%Y-%m-%d %H:%M:%S")
        body.append([n, b, *i, o, f"{r}分", "微信用户", when, when, "手机", "10.0.0.1"])
    return [head, *body]


def wecom(frame):
    rows = Rows(frame, "zh")
    text = rows.text
    head = ["提交者（自动）", "提交时间（自动）", f"1.{text['branch']}（必填）"]
    head += [f"{i}.{text[name]}（必填）" for i, name in enumerate(ITEMS, 2)]
    head += [f"6.{text['overall']}（必填）", f"7.{text['recommends']}（必填）"]
    body = []
    for _, d, b, i, o, r in rows:
        when = f"{d.year}年{d.month}月{d.day}日 {d.hour:02}:{d.minute:02}"
        body.append(["匿名", when, b, *i, o, r])
    return [head, *body]


TOOLS = {
    "Google Forms": ("en", google),
    "Google Forms, month first": ("en", lambda frame: google(frame, "%m/%d/%Y %H:%M:%S")),
    "Qualtrics": ("en", qualtrics),
    "SurveyMonkey": ("en", surveymonkey),
    "Microsoft Forms": ("en", msforms),
    "Microsoft Forms, quiz": ("en", lambda frame: msforms(frame, quiz=True)),
    "Typeform": ("en", typeform),
    "LimeSurvey": ("en", limesurvey),
    "LimeSurvey, undated": ("en", lambda frame: limesurvey(frame, dated=False)),
    "wjx": ("zh", wjx),
    "Tencent": ("zh", tencent),
    "Jinshuju": ("zh", jinshuju),
    "WeCom": ("zh", wecom),
}


def as_csv(rows, encoding="utf-8-sig"):
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode(encoding)
