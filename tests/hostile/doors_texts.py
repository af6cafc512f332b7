"""Everything else that people hand in: surveys, questionnaires, runs, answers, classes, names."""

import json
import os
import unicodedata

import asked
import counting
import yaml
from tries import odd, spoilt

from crm_lessons import data, wording
from crm_lessons.course import _answers, _checking, exercise, parameters
from crm_lessons.course._outcome import OUTCOMES
from crm_lessons.course.class_tables import collect
from crm_lessons.data import connections
from crm_lessons.runs import lessons, roster
from crm_lessons.runs.batches import _checking as checking
from crm_lessons.runs.batches import _naming, _table

_known = {}


def once(name, make):
    if name not in _known:
        _known[name] = make()
    return _known[name]


def surveys(rng, folder, seen):
    questions = folder / "visit.yaml"
    questions.write_text(asked.QUESTIONNAIRE, encoding="utf-8")
    cells = [list(row) for row in asked.SOUND]
    changed = rng.random() < 0.7
    if changed:
        cells[rng.randrange(2)][rng.randrange(len(cells[0]))] = odd(rng)
    content = asked.text(sound=cells).encode(errors="replace")
    if rng.random() < 0.3:
        content, changed = spoilt(rng, content), True
    (folder / "visit.csv").write_bytes(content)
    told = counting.of_text(content, "utf-8", ",")
    with seen.told_or_right():
        table = data.read(folder / "visit.csv", data.questionnaire(questions))
        found = table.lines.collect()
        if told is not None and content.startswith(asked.text().split("\n")[0].encode()):
            short = (note for note in table.notes if note.key == "short_rows_at_end")
            out = found.height + sum(table.set_aside.values())
            out += sum(note.values["count"] for note in short)
            assert out == sum(any(row) for row in told), (out, told)
        if not changed:
            assert found["overall"].to_list() == [5.0, 4.0]


def questionnaires(rng, folder, seen):
    file = folder / "visit.yaml"
    if rng.random() < 0.5:
        file.write_bytes(spoilt(rng, asked.QUESTIONNAIRE.encode()))
    else:
        told = once("yaml", lambda: yaml.safe_load(asked.QUESTIONNAIRE))
        told = json.loads(json.dumps(told))
        part = told
        while isinstance(part, dict | list) and part and rng.random() < 0.8:
            key = rng.choice(list(part)) if isinstance(part, dict) else rng.randrange(len(part))
            if rng.random() < 0.4 or not isinstance(part[key], dict | list):
                part[key] = rng.choice([None, [], {}, odd(rng), 7, True, [odd(rng)], {"zh": 1}])
                break
            part = part[key]
        file.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    with seen.told_or_right():
        assert data.questionnaire(file).questions


def runs(rng, folder, seen):
    plan = checking.Plan(once("05", lambda: lessons.find("05")), "en", folder / "out", {})
    names = [
        rng.choice([f"run {i}", odd(rng), f"{{{i}}}", "东店"]) for i in range(rng.randint(1, 4))
    ]
    value = rng.choice([odd(rng), "0.7", "", "", "", "en"])
    column = rng.choice(["orders", "a_share", "language", "as_of", "scope", "places", odd(rng)])
    rows = [{"name": name, column: value} for name in names]
    if rng.random() < 0.5:
        file = folder / "runs.yaml"
        content = yaml.safe_dump(rows, allow_unicode=True).encode(errors="replace")
        file.write_bytes(content if rng.random() < 0.7 else spoilt(rng, content))
        rows = file
    with seen.told_or_right():
        read = _table.read(rows, [*plan.known])
        second = rows if isinstance(rows, list) else yaml.safe_load(rows.read_text("utf-8-sig"))
        assert len(read) == len(second)
        for job in checking.check(plan, read, "runs"):
            assert _naming.is_usable(job.name) and not set(job.name) & set("/\\{}\n\x00")
            assert job.language in wording.LANGUAGES
            assert os.path.dirname(os.path.join(job.out, job.name)) == job.out
    assert not (folder / "out").exists()


def given(rng, folder, seen):
    known = once("known", lambda: lessons.find("05").parameters("en"))
    name = rng.choice([*known, odd(rng), "amount_is", "decimal"])
    value = rng.choice(
        [odd(rng), 1, -1, True, [], {}, float("nan"), [odd(rng)], {odd(rng): odd(rng)}]
    )
    if rng.random() < 0.2:
        value = rng.choice(
            ['{"a": 1}', "[1, 2]", "{", "[" * 5_000, "a=b,c", "a=b=c", "=,", '{"a"}']
        )
    with seen.told_or_right():
        checked = parameters.check(known, {name: value})
        for one, found in checked.items():
            if known[one].type == "float":
                assert isinstance(found, float) and found == found
    number = rng.randrange(1, 79) / 100
    with seen.told_or_right():
        assert parameters.check(known, {"a_share": str(number)})["a_share"] == number


LINE = {"nickname": "Ann", "lesson": "05_pareto", "item": "net_sales", "action": "answer"}
LINE |= {"time": "2025-03-01T10:00:00+08:00", "outcome": "correct", "mistake": None}
LINE |= {"answer": "1", "hints": 0, "seconds": 3, "fingerprint": "f", "language": "zh", "schema": 1}


def classes(rng, folder, seen):
    sound = json.dumps(LINE | {"nickname": "Bob"}) + "\n"
    (folder / "Bob.jsonl").write_text(sound, encoding="utf-8")
    line = dict(LINE)
    line[rng.choice(list(line))] = rng.choice(
        [odd(rng), None, -1, 1e308, float("inf"), [], {}, True]
    )
    content = (json.dumps(LINE) + "\n" + json.dumps(line) + "\n").encode()
    if rng.random() < 0.4:
        content = spoilt(rng, content)
    file = folder / rng.choice(["Ann.jsonl", "Ann.txt", "x.zip", "x.json"])
    file.write_bytes(content)
    with seen.told_or_right():
        found = collect(folder)
        if file.name not in set(found.set_aside["file"]):
            assert found.tries.to_numpy().sum() == 1 + counting.answers_of(content)
        assert "Bob" in found.trainees.index
        assert found.tries.loc["Bob"].sum() >= 1 or "bob" in str(found.set_aside).lower()


def answers(rng, folder, seen):
    value = rng.randrange(1, 10_000_000) / 100
    written = rng.choice(["{:.2f}", " {:,.2f} ", "{:.2f}元", "＝", "￥{:.2f}"]).format(value)
    if "＝" not in written:
        wide = rng.random() < 0.5
        wide_table = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789.,"}
        told = written.translate(wide_table) if wide else written
        assert abs(_answers.number(told).value - value) < 1e-9, told
    items = once("items", lambda: list(exercise.load("05_pareto").values()))
    raw = rng.choice([odd(rng), [odd(rng)], {odd(rng): odd(rng)}, 10**40, float("nan"), None, b"x"])
    outcome = _checking.check(rng.choice(items), raw, {})
    assert outcome.state in OUTCOMES and outcome.state != _checking.CORRECT
    seen.right += 1


def rosters(rng, folder, seen):
    names = [odd(rng) for _ in range(rng.randint(1, 6))]
    file = folder / rng.choice(["names.txt", "names.csv", "names.xlsx"])
    content = "\n".join(names).encode(errors="replace")
    plain = file.suffix == ".txt" and rng.random() < 0.6
    file.write_bytes(content if plain else spoilt(rng, content))
    with seen.told_or_right():
        found = roster.read(file)
        if plain:
            lines = [one.strip() for one in "\n".join(names).splitlines()]
            assert list(found) == [one for one in dict.fromkeys(lines) if one]


CONFIG = (
    '[sales]\nurl = "sqlite:///shop.db"\npassword_from = "X"\n[sales.queries]\nq = "SELECT 1"\n'
)


def named_databases(rng, folder, seen):
    file = folder / "connections.toml"
    file.write_bytes(spoilt(rng, CONFIG.encode()) if rng.random() < 0.6 else CONFIG.encode())
    before = os.environ.get(connections.FILE_VARIABLE)
    os.environ[connections.FILE_VARIABLE] = str(file)
    try:
        with seen.told_or_right():
            data.read(
                f"sql:{rng.choice(['sales', odd(rng)])}/{rng.choice(['q', 'orders', odd(rng)])}"
            )
        with seen.told_or_right():
            assert all(one.kind for one in connections.known().values())
        secret = "S" + unicodedata.normalize("NFKC", str(rng.randrange(10**9)))
        with seen.told_or_right(must_fail=True):
            data.read(f"postgresql://me:{secret}@db/shop")
    finally:
        os.environ.pop(connections.FILE_VARIABLE)
        if before:
            os.environ[connections.FILE_VARIABLE] = before
