"""A job through a 4S shop: stages, waiting, promises, extra work; check lists and kappa."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lessons import service, wording
from crm_lessons.errors import CrmError

MOMENTS = ["in_at", "received_at", "quoted_at", "approved_at", "started_at"]
MOMENTS += ["finished_at", "checked_at", "delivered_at"]
START = pd.Timestamp("2025-03-07 09:00")
LENGTHS = (10, 15, 5, 40, 60, 8, 20)  # minutes from one moment to the next


def job(lengths=LENGTHS, *, reached=8, extra=None, answered=None, start=START, **more):
    """One job; ``extra`` and ``answered`` in minutes after the workshop began."""
    at = start + pd.to_timedelta(np.concatenate([[0], np.cumsum(lengths)]), unit="min")
    row = {name: at[n] if n < reached else pd.NaT for n, name in enumerate(MOMENTS)}
    for name, minutes in {"extra_asked_at": extra, "extra_answered_at": answered}.items():
        row[name] = pd.NaT if minutes is None else at[4] + pd.Timedelta(minutes=minutes)
    return row | more


def jobs(*rows):
    return pd.DataFrame(list(rows)).astype(
        {n: "datetime64[us]" for n in [*MOMENTS, "extra_asked_at", "extra_answered_at"]}
    )


def minutes(times, of=0):
    return times[times["job"] == of].set_index("stage")["minutes"].to_dict()


def test_the_stages_of_a_job_are_its_whole_time():
    told = service.stage_times(jobs(job()))
    assert told["minutes"].sum() == sum(LENGTHS) and told["stopped"].all()
    assert minutes(told)["bay"] == 40 and minutes(told)["repair"] == 60
    waiting = told.groupby("waiting")["minutes"].sum()
    assert waiting[True] == 5 + 40 + 20 and waiting[False] == 10 + 15 + 60 + 8


def test_waiting_for_an_answer_is_no_repair():
    told = minutes(service.stage_times(jobs(job(extra=10, answered=35))))
    assert (told["repair"], told["extra_answer"]) == (35, 25)


def test_a_car_that_is_still_there_has_taken_so_long_at_least():
    told = service.stage_times(jobs(job(reached=4)), as_of=START + pd.Timedelta(minutes=100))
    assert minutes(told)["bay"] == 70 and not told.set_index("stage").loc["bay", "stopped"]
    assert "repair" not in minutes(told)


def test_nothing_later_than_the_data_is_known():
    told = service.stage_times(jobs(job()), as_of=START + pd.Timedelta(minutes=100))
    assert told["stage"].iloc[-1] == "repair" and minutes(told)["repair"] == 30


def test_a_moment_that_was_not_written_down_is_no_endless_wait():
    row = job() | {"approved_at": pd.NaT}
    told = service.stage_times(jobs(row, job()), as_of=START + pd.Timedelta(days=3))
    assert not {"approval", "bay"} & set(minutes(told)) and minutes(told)["repair"] == 60
    assert service.stages(told).loc["bay", "n"] == 1


LENGTH = st.integers(0, 400)


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.tuples(*[LENGTH] * 7, st.none() | st.floats(0, 1)), min_size=1, max_size=6),
    st.randoms(),
)
def test_whatever_happens_stages_add_up_and_the_order_of_jobs_changes_nothing(rows, random):
    table = jobs(
        *(
            job(
                row[:7],
                extra=None if row[7] is None else 0,
                answered=None if row[7] is None else round(row[4] * row[7]),
            )
            for row in rows
        )
    )
    told = service.stage_times(table)
    assert told.groupby("job")["minutes"].sum().to_list() == pytest.approx(
        [sum(row[:7]) for row in rows]
    )
    shuffled = table.iloc[random.sample(range(len(table)), len(table))]
    pd.testing.assert_frame_equal(service.stage_times(shuffled), told)
    share = service.stages(told)["share"]
    assert share.isna().all() or share.sum() == pytest.approx(1)


def test_the_bottleneck_is_where_cars_wait_not_what_takes_longest():
    many = jobs(*(job((10, 15, 5, 40 + n, 90, 8, 20 - n % 3)) for n in range(12)))
    told = service.bottleneck(service.stage_times(many))
    assert told.stage == "bay" and told.next == "hand_back" and told.clear and told.jobs == 12
    assert told.minutes == pytest.approx(40 + 5.5) and told.lower < told.difference


def test_a_bottleneck_of_few_and_uneven_jobs_is_not_clear():
    many = jobs(
        job((10, 15, 5, 90, 60, 8, 2)),
        job((10, 15, 5, 2, 60, 8, 70)),
        job((10, 15, 5, 9, 60, 8, 9)),
    )
    told = service.bottleneck(service.stage_times(many))
    assert told.stage == "bay" and not told.clear


def test_before_a_job_is_through_there_is_no_bottleneck():
    assert service.bottleneck(service.stage_times(jobs(job(reached=5)))) is None


def test_means_are_of_jobs_that_are_through_and_quantiles_of_all():
    many = jobs(job(), job((10, 15, 5, 80, 60, 8, 20)), job(reached=4))
    told = service.stages(service.stage_times(many, as_of=START + pd.Timedelta(minutes=330)))
    assert told.loc["bay", "mean"] == pytest.approx(60) and told.loc["bay", "n"] == 3
    assert told.loc["bay", "p50"] == 80 and np.isnan(told.loc["bay", "p90"])  # 300 and waiting
    assert told["duty"].is_monotonic_increasing


def test_moments_in_the_wrong_order_are_refused_with_the_job():
    row = job() | {"quoted_at": START + pd.Timedelta(minutes=3)}
    with pytest.raises(CrmError) as refused:
        service.stage_times(jobs(job(), row))
    told = refused.value.values
    assert refused.value.key == "service_stops_first" and told["case"] == "1"
    assert (told["starts"], told["stops"]) == ("received_at", "quoted_at")


def test_a_job_has_one_row():
    with pytest.raises(CrmError) as refused:
        service.stage_times(jobs(job(), job()).set_axis(["G1", "G1"]))
    assert refused.value.key == "service_jobs_twice" and refused.value.values["job"] == "G1"


def test_no_jobs_and_no_columns_are_told():
    with pytest.raises(CrmError) as refused:
        service.stage_times(jobs(job(reached=0)))
    assert refused.value.key == "service_nothing_started"
    with pytest.raises(CrmError) as refused:
        service.stage_times(jobs(job()).drop(columns="checked_at"))
    assert refused.value.values["column"] == "checked_at"


# --- promises ---


def test_on_the_minute_is_kept_and_one_later_is_not():
    end = START + pd.Timedelta(minutes=sum(LENGTHS))
    late = end - pd.Timedelta(minutes=1)
    table = jobs(job(promised_at=end), job(promised_at=late), job(promised_at=pd.NaT))
    told = service.promised(table.astype({"promised_at": "datetime64[us]"}))
    assert told["verdict"].to_list() == ["kept", "late"] and told["minutes"].to_list() == [0, 1]


def test_an_overdue_car_is_late_and_one_not_due_is_neither():
    now = START + pd.Timedelta(minutes=90)
    table = jobs(*(job(reached=4, promised_at=now + pd.Timedelta(minutes=m)) for m in (-1, 0, 30)))
    told = service.promised(table, as_of=now)
    assert told["verdict"].to_list() == ["late", "open", "open"]
    assert service.in_time(told).loc["all", ["n", "kept", "late", "unanswered"]].to_list() == [
        1,
        0,
        1,
        1,
    ]


def test_without_promises_nothing_is_kept():
    with pytest.raises(CrmError):
        service.promised(jobs(job(promised_at=pd.NaT)).astype({"promised_at": "datetime64[us]"}))


def test_extra_work_is_accepted_by_those_who_answered():
    table = jobs(
        job(extra=1, answered=5, extra_accepted=True),
        job(extra=1, answered=5, extra_accepted=False),
        job(extra=1, extra_accepted=None),
        job(extra_accepted=None),
        job(reached=3, extra_accepted=None),
    )
    told = service.extra_work(table).loc["all"]
    assert told[["n", "asked", "answered", "accepted"]].to_list() == [4, 3, 2, 1]
    assert told["accepted_share"] == 0.5 and told["asked_share"] == 0.75


# --- check lists ---


def marks(one, other, items=("bow",), visits=None):
    rows = []
    for observer, seen in {"a": one, "b": other}.items():
        for n, met in enumerate(seen):
            rows.append((f"v{n // len(items)}", observer, items[n % len(items)], met))
    table = pd.DataFrame(rows, columns=["visit", "observer", "item", "met"])
    return table.astype({"met": "boolean"})


def test_kappa_as_cohen_worked_it_out():
    # The textbook table of 50: both yes 20, only a 5, only b 10, both no 15: kappa 0.4.
    one = [True] * 25 + [False] * 25
    other = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    told = service.observers(marks(one, other))
    assert told.loc["all", "n"] == 50 and told.loc["all", "agreement"] == pytest.approx(0.7)
    assert told.loc["all", "kappa"] == pytest.approx(0.4)
    assert told.loc["all", "lower"] < 0.4 < told.loc["all", "upper"]
    assert told.loc["bow", "kappa"] == pytest.approx(0.4)


def test_high_agreement_may_be_no_more_than_chance():
    one, other = [True] * 19 + [False], [False] + [True] * 19
    told = service.observers(marks(one, other)).loc["all"]
    assert told["agreement"] == pytest.approx(0.9) and told["kappa"] < 0


def test_who_always_says_the_same_has_no_kappa():
    told = service.observers(marks([True] * 4, [True] * 4)).loc["bow"]
    assert told["agreement"] == 1 and np.isnan(told["kappa"])


def test_what_did_not_apply_is_not_counted():
    told = marks([True, None, False], [True, True, True])
    assert service.observers(told).loc["bow", "n"] == 2
    assert service.scores(told, by="observer")["n"].to_dict() == {"a": 2, "b": 3}


def test_scores_by_visit_and_by_item():
    told = marks([True, False, True, True], [True, False, False, True], items=("bow", "tray"))
    assert service.scores(told, by="item").loc["bow", "share"] == pytest.approx(0.75)
    assert service.scores(told)["n"].to_list() == [4, 4]


def test_two_observers_with_one_mark_each_are_needed():
    three = pd.concat([marks([True], [True]), marks([True], [True]).assign(observer="c")])
    for wrong in (three, pd.concat([marks([True], [True])] * 2), marks([True], [])):
        with pytest.raises(CrmError) as refused:
            service.observers(wrong)
        assert refused.value.key == "service_observers"


def test_observers_of_different_visits_cannot_be_compared():
    told = marks([True, None], [None, True])
    with pytest.raises(CrmError) as refused:
        service.observers(told)
    assert refused.value.key == "nothing_known"
    with pytest.raises(CrmError):
        service.scores(told.drop(columns="met"))


@pytest.mark.parametrize("name", service.CHECKLISTS)
def test_every_item_of_a_check_list_has_words(name):
    texts = []
    for language in wording.LANGUAGES:
        with wording.using(language):
            texts.append(service.checklist(name)["text"].to_list())
    assert len(texts[0]) == 12 == len(set(texts[0])) and not set(texts[0]) & set(texts[1])


def test_an_unknown_check_list_is_a_slip_of_the_programmer():
    with pytest.raises(ValueError, match="sales_centre"):
        service.checklist("kitchen")
