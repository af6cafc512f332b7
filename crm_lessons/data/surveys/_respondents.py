"""The columns about respondents: who, where, when, in which round; known to every questionnaire."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crm_lessons import wording
from crm_lessons.data import _schema as schemas
from crm_lessons.data._headings import plain
from crm_lessons.data._schema import Field
from crm_lessons.data.surveys._heading_texts import asked_for
from crm_lessons.wording import LANGUAGES


def _titles(name: str) -> dict[str, str]:
    return {language: wording.template(f"labels.{name}", language) for language in LANGUAGES}


# Titles and the headings of the usual form tools. Those of ids, branches and staff stand in
# datapackage.json already and are taken from there.
_OWN = {
    "respondent_id": Field(
        "respondent_id",
        "string",
        _titles("respondent_id"),
        headings=(
            *("序号", "编号", "答卷序号", "答卷编号", "答卷ID", "提交序号", "数据编号"),
            *("respondent", "respondent id", "response id", "submission id", "submission #", "ID"),
            *(
                "token",
                "entry id",
                "answer id",
                "record id",
                "答卷号",
                "回答编号",
                "数据ID",
                "表单编号",
            ),
        ),
        unit="id",
    ),
    "answered_on": Field(
        "answered_on",
        "date",
        _titles("answered_on"),
        # In the order of preference where a file has several: when it was sent, when it ended,
        # when it was recorded, when it began.
        headings=(
            *(
                "提交答卷时间",
                "提交时间",
                "答卷提交时间",
                "提交日期",
                "结束答题时间",
                "答题结束时间",
            ),
            *("结束时间", "完成时间", "填写时间", "填写日期", "答题时间", "答卷时间", "作答时间"),
            *(
                "填表时间",
                "回收时间",
                "调查日期",
                "答卷日期",
                "答题日期",
                "日期",
                "时间",
                "时间戳",
                "时间戳记",
            ),
            *("submitted at", "submit date", "submit date (utc)", "submitdate", "date submitted"),
            *("submission date", "submission time", "submitted on", "submitted", "completion time"),
            *("completion date", "completed at", "completed on", "date completed", "completed"),
            *(
                "end date",
                "end time",
                "ended at",
                "recorded date",
                "response date",
                "response time",
            ),
            *("survey date", "answered", "answered at", "date answered", "timestamp", "date"),
            *(
                "date/time",
                "date and time",
                "datetime",
                "time",
                "created at",
                "created",
                "created on",
            ),
            *("date created", "date modified", "last modified time", "date last action"),
            *("last action", "datelastaction", "datestamp", "modified", "更新时间", "创建时间"),
            *("开始答题时间", "答题开始时间", "开始时间", "start date", "start time", "started at"),
            *("startdate (utc)", "start date (utc)", "startdate", "started"),
        ),
        minimum="2000-01-01",
    ),
    "round": Field(
        "round",
        "string",
        _titles("round"),
        headings=("调查轮次", "期次", "批次", "wave"),
    ),
    "group": Field(
        "group",
        "string",
        _titles("group"),
        headings=("分组", "对照组", "是否培训", "arm"),
    ),
    "weight": Field(
        "weight",
        "number",
        _titles("weight"),
        headings=("加权", "答卷权重", "respondent weight"),
        minimum=0,
        maximum=1_000_000,
    ),
}
# Respondent column → the column of order lines that it is.
_FROM_ORDERS = {"customer_id": "customer_id", "branch": "branch", "adviser": "salesperson"}

# Words of headings that may name a person. Such columns are never read, and a note says so.
_PERSONAL = ("姓名", "名字", "称呼", "电话", "手机", "联系方式", "微信", "邮箱", "地址", "身份证")
_PERSONAL += ("车牌", "来自ip", "ip地址", "昵称", "提交者", "填写者", "name", "phone", "mobile")
_PERSONAL += ("email", "e-mail", "address", "network id", "openid", "工号", "部门成员", "用户名")

# Heading (plain) → what a form tool writes there of a response that is a test or unsound.
DOUBTFUL = dict.fromkeys(
    ("status", "responsetype"), ("survey preview", "survey test", "spam", "preview", "test")
)
DOUBTFUL |= dict.fromkeys(
    ("清洗数据结果", "智能清洗数据结果", "答卷状态", "数据状态"), ("无效", "无效答卷")
)

NAMES = ("respondent_id", "customer_id", *("branch", "adviser", "answered_on"))
NAMES += ("round", "group", "weight")


def known(name: str) -> Field:
    """The field of a respondent column, before a questionnaire adds to it."""
    if name in _OWN:
        return _OWN[name]
    origin = schemas.load("orders").fields[_FROM_ORDERS[name]]
    title = _titles(name) if name == "adviser" else origin.title
    own = (*origin.headings, *origin.title.values())
    return replace(origin, name=name, title=title, headings=own, required=False)


def field(name: str, title: Mapping, headings: tuple[str, ...], codes: Mapping[str, str]) -> Field:
    """A respondent column as a questionnaire asks for it; its own texts come first."""
    origin = known(name)
    own = tuple(asked_for(text) for text in (*headings, *title.values()))
    return replace(
        origin,
        title={**origin.title, **title},
        headings=(*own, *origin.headings),
        codes=codes or origin.codes,
    )


def other(heading: str) -> Field:
    """A column of the file that somebody asks for by its heading, as text."""
    title = dict.fromkeys(LANGUAGES, heading)
    return Field(heading, "string", title, headings=(asked_for(heading),))


def without_rivals(
    headings: Sequence[str], columns: Mapping[str, Field], by_hand: Mapping[str, str]
) -> list[str]:
    """The headings with but one for the day of the answer and one for its number, the best ones.

    Form tools write when an answer began, ended, was sent and was changed, and several numbers.
    """
    left = list(headings)
    for name in {"answered_on", "respondent_id"} & columns.keys() - by_hand.keys():
        preferred = _preferred(columns[name])
        order = {plain(one): -place for place, one in enumerate(reversed(preferred))}
        rivals = [i for i, one in enumerate(left) if plain(one) in order]
        best = min(rivals, key=lambda i: order[plain(left[i])], default=None)
        lost = {i for i in rivals if plain(left[i]) != plain(left[best])}
        left = ["" if i in lost else one for i, one in enumerate(left)]
    return left


def _preferred(field: Field) -> list[str]:
    """Headings that a questionnaire gives, then the name and titles, then the usual ones."""
    usual = _OWN[field.name].headings
    own = [name for name in field.headings if name not in usual]
    return [*own, field.name, *field.title.values(), *usual]


def is_personal(heading: str) -> bool:
    """Whether a column of this heading may name a person.

    >>> is_personal("5、您的手机号"), is_personal("来自IP"), is_personal("所用时间")
    (True, True, False)
    """
    return any(word in heading.casefold() for word in _PERSONAL)
