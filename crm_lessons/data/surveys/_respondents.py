"""The columns about respondents: who, where, when, in which round; known to every questionnaire."""

from collections.abc import Mapping
from dataclasses import replace

from crm_lessons import wording
from crm_lessons.data import _schema as schemas
from crm_lessons.data._schema import Field
from crm_lessons.data.surveys._headings import asked_for
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
            *("respondent", "response id", "submission id", "ID"),
        ),
        unit="id",
    ),
    "answered_on": Field(
        "answered_on",
        "date",
        _titles("answered_on"),
        headings=(
            *("提交答卷时间", "提交时间", "填写时间", "填写日期", "答题时间", "答卷时间"),
            *("结束答题时间", "调查日期", "完成时间"),
            *("answered", "survey date", "submitted at", "end date", "completed at"),
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
_PERSONAL += ("email", "e-mail", "address")

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


def is_personal(heading: str) -> bool:
    """Whether a column of this heading may name a person.

    >>> is_personal("5、您的手机号"), is_personal("来自IP"), is_personal("所用时间")
    (True, True, False)
    """
    return any(word in heading.casefold() for word in _PERSONAL)
