"""What is kept: one's own record and certificate, the signed list of a class."""

import hashlib
import json
from datetime import date
from html import unescape

import pytest
from test_cli import run
from test_reports import Outside

from crm_lessons import wording
from crm_lessons.course import exercise, guide, record, signing
from crm_lessons.course.results import Line
from crm_lessons.errors import CrmError
from crm_lessons.runs import record as pages

TODAY = date(2026, 3, 9)
LESSON, OTHER = "05_pareto", "00_start"


@pytest.fixture(autouse=True)
def language_restored():
    yield
    wording.use("zh")


def line(item, outcome="correct", *, lesson=LESSON, mistake=None, day=2, who="小李", answer="1"):
    time = f"2026-03-{day:02}T10:00:00+08:00"
    told = {"outcome": outcome, "mistake": mistake, "answer": answer, "fingerprint": "sample"}
    return Line(who, lesson, item, "answer", time, **told)


def lines(who="小李"):
    """All of the core path right in the end, one known mistake twice, one deeper exercise."""
    core = [n for n, item in exercise.load(LESSON).items() if not item.deeper]
    mistake = next(iter(exercise.load(LESSON)["customers_in_a"].mistakes))
    made = [line("customers_in_a", "not_yet", mistake=mistake, who=who) for _ in range(2)]
    made += [line(name, day=3, who=who) for name in core] + [line("class_counts", day=4, who=who)]
    return [*made, line("share_of_top_fifth", "not_yet", lesson=OTHER, who=who)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder in which two people left results."""
    made = tmp_path / "handed_in"
    made.mkdir()
    for who in ("小李", "Ann"):
        written = "".join(f"{one.to_json()}\n" for one in lines(who))
        (made / f"{who}.jsonl").write_text(written, encoding="utf-8")
    monkeypatch.setenv("CRM_LESSONS_RESULTS", str(made))
    return made


@pytest.fixture
def wanted(folder):
    return pages.Wanted(folder / "小李.jsonl", "小李", TODAY)


def test_a_record_counts_what_was_right_in_the_end_and_names_days_and_mistakes():
    start, pareto = record.worked(lines())
    core = [i for i in exercise.load(LESSON).values() if not i.deeper and not i.is_guess]
    assert (pareto.items, pareto.answered, pareto.correct) == (len(core),) * 3
    assert pareto.whole and pareto.deeper == 1
    assert (pareto.first, pareto.last) == (date(2026, 3, 2), date(2026, 3, 4))
    assert (start.correct, start.whole) == (0, False)
    (mistake,) = pareto.mistakes
    item = exercise.load(LESSON)["customers_in_a"]
    assert mistake.times == 2
    assert mistake.advice == guide.mistakes(item)[next(iter(item.mistakes))]


def test_a_mistake_of_an_earlier_edition_and_an_unknown_lesson_are_passed_over():
    old = [line("customers_in_a", "not_yet", mistake="no_longer"), line("x", lesson="77_gone")]
    (found,) = record.worked(old)
    assert found.mistakes == ()


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_certificate_and_course_say_what_was_done_how_it_was_checked_and_ask_nobody(
    wanted, language
):
    with wording.using(language):
        done = record.worked(record.lines(wanted.file, wanted.nickname))
        for page in (pages.render_course(wanted, done), pages.render_certificate(wanted, done)):
            text, seen = unescape(page), Outside()
            seen.feed(page)
            assert (seen.asked, seen.scripts) == ([], 0)
            assert hashlib.sha256(wanted.file.read_bytes()).hexdigest() in text
            assert f"{done[1].correct}/{done[1].items}" in text
        assert all(wording.text(f"record.checked_{n}") in text for n in range(1, pages.CHECKED + 1))


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_each_lesson_gives_three_sentences_to_take_away(language):
    from crm_lessons.runs import lessons

    found = {name: pages.take_away(name, language) for name in lessons.names()}
    assert {name: len(told) for name, told in found.items() if len(told) != 3 and told} == {}
    assert sum(map(bool, found.values())) >= 10


@pytest.mark.reports
def test_the_record_of_a_lesson_holds_ones_own_decisions_and_list(wanted, tmp_path):
    fingerprint_free = [
        line("call_first", day=2, answer=["01"]),
        line("first_word", answer=next(iter(exercise.load(LESSON)["first_word"].options))),
    ]
    with wanted.file.open("a", encoding="utf-8") as file:
        file.write("".join(f"{one.to_json()}\n" for one in fingerprint_free))
    (made,) = pages.of_lesson(wanted, "05", out=tmp_path)
    text = unescape(made.read_text(encoding="utf-8"))
    item = exercise.load(LESSON)["first_word"]
    assert str(next(iter(item.options.values())).label) in text
    assert all(one.split("；")[0] in text for one in pages.take_away(LESSON, "zh"))
    assert text.count("<tr>") > 3
    with pytest.raises(CrmError, match="11_service"):
        pages.of_lesson(wanted, "11", out=tmp_path)


def test_a_signed_list_holds_no_answers_and_tells_any_change(folder, tmp_path):
    out = tmp_path / "signed.json"
    told = signing.sign(folder, out, by="王老师", made=TODAY)
    assert signing.verify(out, folder).holds
    written = out.read_text(encoding="utf-8")
    assert "answer" not in written and "mistake" not in written
    whole = {(row["nickname"], row["lesson"]): row["whole"] for row in told["rows"]}
    assert whole == {
        (who, name): name == LESSON for who in ("小李", "Ann") for name in (LESSON, OTHER)
    }
    (folder / "Ann.jsonl").open("a", encoding="utf-8").write(line("net_sales").to_json() + "\n")
    (folder / "小李.jsonl").unlink()
    (folder / "new.jsonl").write_text(lines("new")[0].to_json(), encoding="utf-8")
    found = signing.verify(out, folder)
    assert found.list_is_sound and not found.holds
    assert (found.changed, found.missing, found.added) == (
        ("Ann.jsonl",),
        ("小李.jsonl",),
        ("new.jsonl",),
    )


@pytest.mark.parametrize("place", ["by", "made", "rows", "files"])
def test_a_list_in_which_anything_was_changed_is_told(folder, tmp_path, place):
    out = tmp_path / "signed.json"
    told = signing.sign(folder, out, by="王老师", made=TODAY)
    changed = {
        "by": "another",
        "made": "2026-03-10",
        "rows": [*told["rows"][1:], told["rows"][0] | {"whole": True, "correct": 99}],
        "files": dict.fromkeys(told["files"], "0" * 64),
    }[place]
    out.write_text(json.dumps(told | {place: changed}), encoding="utf-8")
    assert not signing.verify(out, folder).list_is_sound
    out.write_text(json.dumps(told, indent=7), encoding="utf-8")  # blanks are no change
    assert signing.verify(out, folder).holds


def test_the_commands_make_sign_and_verify_and_say_what_is_wrong(
    capsys, folder, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    en = ("--language", "en")
    assert run(capsys, "record", "--nickname", "Ann", *en)[0] == 0
    assert run(capsys, "record", "--nickname", "Ann", "--certificate", *en)[0] == 0
    assert len(list((tmp_path / "records").glob("Ann_*_en.html"))) == 2
    assert "Nobody" in run(capsys, "record", "--nickname", "Nobody", *en)[2]
    assert run(capsys, "record", "05", "--certificate", "--nickname", "Ann", *en)[0] == 2
    code, out, _ = run(capsys, "sign", str(folder), "--by", "Ms Wang", *en)
    assert code == 0 and "People: 2" in out
    assert run(capsys, "verify", "class_signed.json", str(folder), *en)[0] == 0
    assert run(capsys, "sign", str(folder), "--by", " ", *en)[0] == 2
    assert run(capsys, "sign", str(tmp_path / "records"), "--by", "x", *en)[0] == 2
    assert run(capsys, "verify", str(folder / "Ann.jsonl"), str(folder), *en)[0] == 2
    assert run(capsys, "verify", "nowhere.json", str(folder), *en)[0] == 2
    (folder / "Ann.jsonl").unlink()
    code, out, err = run(capsys, "verify", "class_signed.json", str(folder), *en)
    assert code == 2 and "Ann.jsonl" in out and "sign anew" in err
    told = json.loads((tmp_path / "class_signed.json").read_text(encoding="utf-8"))
    (tmp_path / "class_signed.json").write_text(json.dumps(told | {"by": "x"}), encoding="utf-8")
    assert "original" in run(capsys, "verify", "class_signed.json", str(folder), *en)[2]
