"""The command that puts a course on a calendar."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from crm_lessons import wording
from crm_lessons.cli._app import LANGUAGE, Language, command, use
from crm_lessons.errors import CrmError

LONGEST_SPAN = 400  # days of one span without class


def _help(name: str) -> str:
    return wording.text(f"plan.help_{name}")


Day = Annotated[str, typer.Option("--from", metavar="YYYY-MM-DD", help=_help("from"))]
Country = Annotated[str, typer.Option("--calendar", metavar="cn|none", help=_help("calendar"))]


@command("plan", "plan.plan", panel="teach")
def plan_course(
    role: Annotated[str, typer.Option(metavar="ROLE", help=_help("role"))],
    first: Day,
    hours: Annotated[int, typer.Option(metavar="N", help=_help("hours"))] = 12,
    hours_a_day: Annotated[int, typer.Option(metavar="N", help=_help("hours_a_day"))] = 2,
    at: Annotated[str, typer.Option(metavar="HH:MM", help=_help("at"))] = "09:00",
    not_on: Annotated[str, typer.Option(metavar="DAY,…", help=_help("not_on"))] = "",
    without: Annotated[str, typer.Option(metavar="LESSON,…", help=_help("without"))] = "",
    weekends: Annotated[bool, typer.Option("--weekends", help=_help("weekends"))] = False,
    calendar: Country = "cn",
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help=wording.text("teaching.out_folder"))
    ] = Path("teaching"),
    pdf: Annotated[bool, typer.Option("--pdf", help=wording.text("teaching.pdf"))] = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.runs import lessons, plan
    from crm_lessons.runs.timetable import Wish

    left_out = frozenset(lessons.find(one).name for one in _parts(without))
    wish = Wish(
        role=role,
        first=_day(first),
        hours=hours,
        hours_a_day=hours_a_day,
        begin=_time(at),
        not_on=frozenset(_days(not_on)),
        without=left_out,
        weekends=weekends,
        country=calendar,
    )
    made = plan.plan(wish, out=out, made=date.today(), pdf=pdf)
    for sentence in plan.remarks(made.timetable):
        print(sentence)
    for path in filter(None, (made.html, made.pdf, made.excel, made.calendar)):
        print(wording.text("teaching.made", path=path))


def _parts(given: str) -> list[str]:
    return [one.strip() for one in given.replace("，", ",").split(",") if one.strip()]


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise CrmError("plan_no_day", given=given) from None


def _days(given: str) -> list[date]:
    found = []
    for part in _parts(given):
        first, span, last = part.partition("..")
        begin = _day(first)
        end = _day(last) if span else begin
        if not 0 <= (end - begin).days <= LONGEST_SPAN:
            raise CrmError("plan_no_span", given=part, bound=LONGEST_SPAN)
        found += [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
    return found


def _time(given: str) -> time:
    try:
        return datetime.strptime(given.strip().replace("：", ":"), "%H:%M").time()
    except ValueError:
        raise CrmError("plan_no_time", given=given) from None


@command("check-plan", "written_plan.check_plan", panel="learn")
def check_written_plan(
    plan: Annotated[
        Path, typer.Argument(metavar="FILE", help=wording.text("written_plan.help_plan"))
    ],
    reports: Annotated[
        list[Path] | None,
        typer.Argument(metavar="REPORTS…", help=wording.text("written_plan.help_reports")),
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help=wording.text("written_plan.help_draft"))
    ] = False,
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help=wording.text("teaching.out_folder"))
    ] = Path("records"),
    pdf: Annotated[bool, typer.Option("--pdf", help=wording.text("teaching.pdf"))] = False,
    language: Language = LANGUAGE,
) -> None:
    use(language)
    from crm_lessons.course import plan_check, report_files
    from crm_lessons.runs import checked_plan

    if draft:
        print(wording.text("written_plan.drafted", path=checked_plan.draft(plan)))
        return
    made = checked_plan.check(plan, reports or [report_files.FOLDER], out=out, pdf=pdf)
    for sentence in plan_check.sentences(made):
        print(sentence)
    for row in checked_plan.table(made.found).itertuples():
        print(f"    {row.as_written:<12} {row.plan_check}  {row.report_figure}")
    for path in made.files:
        print(wording.text("teaching.made", path=path))
