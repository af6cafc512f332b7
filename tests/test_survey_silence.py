"""What used to be wrong in silence: mixed scales, scores on other scales, numbers for customers."""

import functools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inside import report

from crm_lessons import data, loyalty, survey
from crm_lessons.errors import CrmError

HEAD = """
name: made
title: Made
scales: {{five: {{from: 1, to: 5}}, ten: {{from: 0, to: 10}}, rec: {recommends}}}
aspects: {{a: Service, b: Price, c: Uniform}}
items:
  speed: {{aspect: a, scale: five, zh: 快不快, en: Speed}}
  kind: {{aspect: a, scale: five, zh: 亲切, en: Kind}}
  price: {{aspect: b, scale: {price}, zh: 贵不贵, en: Price}}
  dress: {{aspect: c, scale: five, zh: 着装, en: Dress}}
overall: {{scale: five, zh: 总的来说, en: All in all}}
recommends: {{scale: rec, zh: 会推荐吗, en: Recommend}}
columns: {{{columns}}}
"""


def read(folder, frame, *, recommends="{from: 0, to: 10}", price="five", columns="", **options):
    (folder / "q.yaml").write_text(
        HEAD.format(recommends=recommends, price=price, columns=columns), encoding="utf-8"
    )
    frame.to_csv(folder / "a.csv", index=False)
    return data.read(folder / "a.csv", schema=folder / "q.yaml", **options)


def answers(n=60, seed=1):
    random = np.random.default_rng(seed)
    mood = random.normal(3.3, 1, n)
    near = lambda: np.clip(np.round(mood + random.normal(0, 0.7, n)), 1, 5).astype(int)  # noqa: E731
    names = ("Speed", "Kind", "Price", "Dress", "All in all")
    frame = pd.DataFrame({name: near() for name in names})
    frame.insert(0, "Response ID", range(1, n + 1))
    return frame.assign(
        Recommend=np.clip(frame["All in all"] * 2 + random.integers(-1, 2, n), 0, 10)
    )


# --- items of different scales -------------------------------------------------------------------


@given(low=st.integers(0, 3), width=st.sampled_from([1, 4, 6, 10, 100]), seed=st.integers(0, 9))
@settings(max_examples=10)
def test_means_of_mixed_scales_are_those_of_one_scale(tmp_path_factory, low, width, seed):
    folder, frame = tmp_path_factory.mktemp("mixed"), answers(20, seed)
    frame["Price"] = low + frame["Price"] % (width + 1)
    frame.loc[0, "Price"] = low + width  # where nobody goes beyond 5 of 10, a question is asked
    found = survey.responses(_mixed(folder, frame, low, low + width))
    share = (frame["Price"] - low) / width
    expected = pd.concat(
        [(frame[name] - 1) / 4 for name in ("Speed", "Kind", "Dress")] + [share], axis=1
    ).mean(axis=1)
    assert np.allclose(found.score().sort_index(key=lambda i: i.astype(int)), 1 + 4 * expected)
    told = dict(survey.remarks(found))
    assert ("one_scale" in told) == ((low, width) != (1, 4))


def _mixed(folder, frame, low, high):
    text = HEAD.format(recommends="{from: 0, to: 10}", price="other", columns="")
    text = text.replace("scales: {", f"scales: {{other: {{from: {low}, to: {high}}}, ")
    (folder / "q.yaml").write_text(text, encoding="utf-8")
    frame.to_csv(folder / "a.csv", index=False)
    return data.read(folder / "a.csv", schema=folder / "q.yaml")


def test_the_two_best_levels_of_each_item_stay_those_of_its_own_scale(tmp_path):
    frame = answers().assign(Price=lambda table: 2 * table["Price"])  # 2 … 10, of 0 … 10
    found = survey.responses(read(tmp_path, frame, price="ten"))
    items = survey.study(found).items["top_two"]
    assert items["price"] == pytest.approx((frame["Price"] >= 9).mean())
    assert items["speed"] == pytest.approx((frame["Speed"] >= 4).mean())


# --- net promoter score --------------------------------------------------------------------------

LISTED = "{{answers: [{}]}}"


def listed(codes):
    return LISTED.format(", ".join(f"{{code: {c}, zh: 第{c}级, en: level {c}}}" for c in codes))


SCALES = {
    "0 to 10": ("{from: 0, to: 10}", range(0, 11), None),
    "0 to 10, listed": (listed(range(11)), range(0, 11), None),
    "1 to 10": ("{from: 1, to: 10}", range(1, 11), "nps_from_one"),
    "1 to 5": ("{from: 1, to: 5}", range(1, 6), "no_nps"),
    "1 to 7": ("{from: 1, to: 7}", range(1, 8), "no_nps"),
    "0 to 100": ("{from: 0, to: 100}", range(0, 101, 10), "no_nps"),
    "0, 5 or 10, listed": (listed((0, 5, 10)), (0, 5, 10), "no_nps"),
    "1 to 3, listed": (listed((1, 2, 3)), (1, 2, 3), "no_nps"),
}


@pytest.mark.parametrize("name", SCALES)
def test_a_net_promoter_score_stands_on_0_to_10_and_on_no_other_scale(tmp_path, name):
    scale, codes, remark = SCALES[name]
    codes = list(codes)
    frame = answers(66).assign(Recommend=[codes[i % len(codes)] for i in range(66)])
    found = survey.responses(read(tmp_path, frame, recommends=scale))
    done, told = survey.study(found), dict(survey.remarks(found))
    assert (done.nps is None) == (remark == "no_nps")
    assert {"nps_from_one", "no_nps"} & set(told) == ({remark} if remark else set())
    if done.nps is not None:
        score = 100 * ((frame["Recommend"] >= 9).mean() - (frame["Recommend"] <= 6).mean())
        assert done.nps["nps"].iloc[0] == pytest.approx(score)
    levels = loyalty.study(found).found["recommendation"]
    assert levels.max() == 3 and levels.min() == 1  # the ends of a scale mean its ends


# --- an item that runs against the others --------------------------------------------------------


def test_an_item_that_was_not_turned_is_named_and_no_other(tmp_path):
    for seed in range(8):
        frame = answers(40, seed)
        found = survey.responses(read(tmp_path, frame))
        assert "contradicting" not in dict(survey.remarks(found))
        turned = survey.responses(read(tmp_path, frame.assign(Price=6 - frame["Price"])))
        assert dict(survey.remarks(turned))["contradicting"]["items"] == ["price"]
    rest = found.perceived.drop(columns="price").mean(axis=1)
    seen = survey.contradicting(turned.perceived)["price"]
    assert seen == pytest.approx(turned.perceived["price"].corr(rest))


# --- who stands on a list ------------------------------------------------------------------------


def test_a_response_number_is_never_called_a_customer(tmp_path):
    frame = answers().assign(**{"All in all": 1, "Recommend": 0})
    for numbers in (None, "all", "some"):
        named, columns = frame, ""
        if numbers:
            known = [f"K{i}" if numbers == "all" or i % 2 else "" for i in range(len(frame))]
            named, columns = frame.assign(**{"Customer number": known}), "customer_id: null"
        found = survey.responses(read(tmp_path, named, columns=columns))
        people = found.people.assign(repurchase_probability=0.1)
        done = loyalty.study(replace(found, people=people))
        customers = done.people.get("customer_id")
        todo = loyalty.actions(done.found, done.classes, as_of=None, customers=customers, limit=500)
        assert len(todo) == len(frame)
        told = set(todo.get("customer_id", pd.Series(dtype="str"))) - {""}
        assert told == {number for number in (known if numbers else ()) if number}
        assert ("respondent_id" in todo) == (numbers != "all")
        rung = survey.actions(found.people, survey.study(found).mended, limit=500)
        rung = rung[rung["reason"] == "ring_back"]
        assert (rung["is_response"] == ~rung["subject"].str.startswith("K")).all()


# --- a driver on which all agree -----------------------------------------------------------------


def test_a_driver_that_never_varies_is_named_and_the_others_are_as_without_it(tmp_path):
    frame = answers()
    found = survey.responses(read(tmp_path, frame.assign(Dress=5)))
    driven = loyalty.study(found).driven
    assert driven.constant == ("c",)
    parts = pd.DataFrame({"a": frame[["Speed", "Kind"]].mean(axis=1), "b": frame["Price"]})
    alone = survey.drivers(parts, frame["All in all"], seed=20251020)
    pd.testing.assert_series_equal(driven.table["share"], alone.table["share"])
    with pytest.raises(CrmError) as error:
        survey.drivers(parts * 0 + 1, frame["All in all"])
    assert error.value.key == "driver_constant"


# --- scope ---------------------------------------------------------------------------------------


def scoped(folder, where, frame=None):
    frame = answers() if frame is None else frame
    frame = frame.assign(门店=["城东店 ", "城西店"] * 30, **{"会员?": ["是", "否", "否"] * 20})
    table = read(folder, frame, columns="branch: null", others=where)
    return frame, survey.within(survey.responses(table), where=where)


@pytest.mark.parametrize(
    "where", [{"branch": "城东店"}, {"门店": "城东店"}, {"会员?": "是"}, {"All in all": "4"}]
)
def test_a_scope_keeps_by_columns_and_by_headings_of_the_file_and_says_so(tmp_path, where):
    frame, found = scoped(tmp_path, where)
    (name, value), renamed = next(iter(where.items())), {"branch": "门店"}
    held = frame[renamed.get(name, name)].astype("str").str.strip()
    assert sorted(map(int, found.people.index)) == sorted(frame.loc[held == value, "Response ID"])
    told = dict(survey.remarks(found))["kept"]
    assert (told["read"], told["n"]) == (60, int((held == value).sum()))
    survey.check_scope(where, found)


def test_a_scope_that_nothing_has_is_refused_with_what_there_is(tmp_path):
    with pytest.raises(CrmError, match="east, west") as error:
        scoped(tmp_path, {"branch": "城南店"})
    assert error.value.key == "scope_without_lines"
    where = {"Region": "south"}
    _, found = scoped(tmp_path, where)
    survey_asks = functools.partial(survey.work, "", found, where=where)
    loyalty_asks = functools.partial(loyalty.study, found, where=where)
    for asks in (survey_asks, loyalty_asks):
        with pytest.raises(CrmError, match="branch") as error:
            asks()
        assert error.value.key == "scope_unknown"


def test_the_line_of_the_index_changes_the_report(tmp_path):
    """A parameter that changes nothing would be a promise that nobody keeps."""
    text = HEAD.format(recommends="{from: 0, to: 10}", price="five", columns="")
    again = "repurchase_probability: {scale: chance, zh: 还来吗, en: Again}\ncolumns"
    text = text.replace("\ncolumns", "\n" + again)
    text = text.replace("scales: {", "scales: {chance: {from: 0, to: 1}, ")
    (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
    answers().assign(Again=[i % 11 / 10 for i in range(60)]).to_csv(tmp_path / "a.csv", index=False)
    given = dict(responses=str(tmp_path / "a.csv"), questionnaire=str(tmp_path / "q.yaml"))
    said = {report("10", loyal_from=line, **given).said for line in ("0.5", "0.95")}
    assert len(said) == 2
