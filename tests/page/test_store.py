"""A folder and a database keep the same promises: there for good, once, one owner for a name."""

import asyncio
import json
import shutil
import uuid

import pytest
from test_databases import server  # noqa: F401 (a PostgreSQL of its own)

from crm_lessons.course import collect, results
from crm_lessons.course._outcome import Outcome
from crm_lessons.errors import CrmError
from crm_lessons.page.database import DatabaseStore
from crm_lessons.page.store import DOCUMENTS, FolderStore, Taken

LESSON = "05_pareto"


def line(nickname="Ann", submission="1", item="net_sales"):
    made = results.Results(nickname, LESSON)
    kept = []
    made._keep = kept.append
    made.answered(item, "12", Outcome("not_yet", ""))
    told = json.loads(kept[0].to_json()) | {"id": submission}
    return results.Line.from_json(json.dumps(told))


@pytest.fixture(params=["folder", "sqlite", "postgresql"])
def store(request, tmp_path):
    """Opens a store, and opens it again."""
    if request.param == "folder":
        return lambda: FolderStore(tmp_path / "results")
    if request.param == "sqlite":
        return lambda: DatabaseStore(f"sqlite:///{tmp_path}/class.db")
    if shutil.which("initdb") is None and not list(_debian()):
        pytest.skip("no PostgreSQL server on this machine")
    psycopg = pytest.importorskip("psycopg", reason="the extra sql is not installed")

    port, name = request.getfixturevalue("server"), f"c{uuid.uuid4().hex[:8]}"
    with psycopg.connect(
        host="127.0.0.1", port=port, user="owner", dbname="postgres", autocommit=True
    ) as link:
        link.execute(f"CREATE DATABASE {name}")
    return lambda: DatabaseStore(f"postgresql://owner@127.0.0.1:{port}/{name}")


def _debian():
    from pathlib import Path

    return Path("/usr/lib/postgresql").glob("*/bin/initdb")


def run(store, work):
    async def within():
        one = store()
        try:
            return await work(one)
        finally:
            one.close()

    return asyncio.run(within())


def test_lines_are_there_when_the_call_returns_also_for_another_that_opens_it(store):
    lines = [line(submission=str(n)) for n in range(3)]
    run(store, lambda one: one.add("Ann", lines))
    run(store, lambda one: one.add("Bo", [line("Bo")]))
    assert list(run(store, lambda one: one.lines("Ann"))) == lines
    told = run(store, lambda one: one.lines_of(["Bo", "Cy"]))
    assert [len(told[name]) for name in ("Bo", "Cy")] == [1, 0]


def test_many_at_once_are_all_there_once_in_the_order_of_each(store):
    async def work(one):
        await asyncio.gather(
            *(one.add(name, [line(name, f"{n}")]) for name in "ABCDEF" for n in range(20))
        )

    run(store, work)
    for name in "ABCDEF":
        told = [n.id for n in run(store, lambda one, who=name: one.lines(who))]
        assert sorted(told, key=int) == [str(n) for n in range(20)]


def test_a_submission_counts_once_whoever_took_it(store):
    for _ in range(2):
        run(store, lambda one: one.add("Ann", [line(), line(submission=""), line(submission="")]))
    ids = [n.id for n in run(store, lambda one: one.lines("Ann"))]
    assert ids.count("1") == 1 and ids.count("") == 4


def test_a_renamed_trainee_keeps_the_lines(store):
    run(store, lambda one: one.add("Anm", [line("Anm")]))
    run(store, lambda one: one.rename("Anm", "Ann"))
    [told] = run(store, lambda one: one.lines("Ann"))
    assert told.nickname == "Ann" and not run(store, lambda one: one.lines("Anm"))


def test_documents_are_replaced_taken_once_and_can_be_free_again(store):
    async def work(one):
        await one.put("name", "ann", {"id": "1"}, new=True)
        with pytest.raises(Taken):
            await one.put("name", "ann", {"id": "2"}, new=True)
        await one.put("name", "ann", {})
        assert await one.document("name", "ann") is None
        await one.put("name", "ann", {"id": "3"}, new=True)
        await one.put("name", "李", {"id": "4"})

    run(store, work)
    told = run(store, lambda one: one.documents("name"))
    assert dict(told) == {"ann": {"id": "3"}, "李": {"id": "4"}}


def test_of_many_who_want_a_document_new_one_gets_it(store):
    async def work(one):
        told = await asyncio.gather(
            *(one.put("name", "x", {"id": str(n)}, new=True) for n in range(12)),
            return_exceptions=True,
        )
        assert sum(isinstance(error, Taken) for error in told) == 11

    run(store, work)


def test_a_full_disk_is_told_and_takes_nothing_with_it(tmp_path, monkeypatch):
    def full(path, text, **told):
        raise OSError(28, "No space left on device")

    async def work():
        one = FolderStore(tmp_path)
        await one.add("Ann", [line()])
        with monkeypatch.context() as patched:
            patched.setattr("crm_lessons.writing.append", full)
            for attempt in (one.add("Ann", [line(submission="2")]), one.put("a", "b", {"c": 1})):
                with pytest.raises(CrmError) as told:
                    await attempt
                assert told.value.key == "results_not_written"
            assert len(await one.lines("Ann")) == 1 and await one.document("a", "b") is None
        await one.add("Ann", [line(submission="2")])
        assert len(await one.lines("Ann")) == 2

    asyncio.run(work())


def test_what_a_cut_broke_off_takes_no_other_line_with_it(tmp_path):
    run(lambda: FolderStore(tmp_path), lambda one: one.add("Ann", [line()]))
    run(lambda: FolderStore(tmp_path), lambda one: one.put("a", "b", {"c": 1}))
    for name in ("Ann.jsonl", DOCUMENTS):
        with (tmp_path / name).open("ab") as file:
            file.write(b'{"nickname": "Ann", "les')
    run(lambda: FolderStore(tmp_path), lambda one: one.add("Ann", [line(submission="2")]))
    run(lambda: FolderStore(tmp_path), lambda one: one.put("a", "d", {"e": 1}))
    assert len(run(lambda: FolderStore(tmp_path), lambda one: one.lines("Ann"))) == 2
    told = run(lambda: FolderStore(tmp_path), lambda one: one.documents("a"))
    assert dict(told) == {"b": {"c": 1}, "d": {"e": 1}}


def test_a_database_is_written_out_as_files_that_collect_reads(tmp_path):
    store = DatabaseStore(f"sqlite:///{tmp_path}/class.db")
    asyncio.run(store.add("小李", [line("小李"), line("小李", "2")]))
    store.write_files(tmp_path / "out")
    found = collect.gather(tmp_path / "out")
    assert [n.id for n in found.lines] == ["1", "2"] and not found.notes


def test_what_a_page_sent_twice_is_collected_once(tmp_path):
    (tmp_path / "Ann.jsonl").write_text(2 * f"{line().to_json()}\n", "utf-8")
    found = collect.gather(tmp_path)
    assert len(found.lines) == 1 and [one["reason"] for one in found.notes] == ["doubled"]


@pytest.mark.parametrize(
    ("given", "key"),
    [("postgresql://a:secret@h/b", "address_instead_of_name"), ("nowhere", "no_connections"),
     ("sqlite:////nowhere/at/all.db", "class_store"), ("quark://h/b", "database_kind_unknown")],
)  # fmt: skip
def test_a_database_that_cannot_be_used_is_told_without_its_address(given, key, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nowhere")
    with pytest.raises(CrmError) as told:
        DatabaseStore(given)
    assert told.value.key == key and "secret" not in str(told.value)
