"""Databases: read by name, read only, checked like files, and silent about passwords."""

import contextlib
import datetime as dt
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from decimal import Decimal
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from crm_lessons import data, runs, wording
from crm_lessons.cli import main
from crm_lessons.customers import summarise
from crm_lessons.data import _queries, _sql_frames, connections
from crm_lessons.errors import CrmError, DataFaults
from crm_lessons.runs.batches import _inputs

PASSWORD = "s3cr3t/Pa@ss:99"
ENCODED = "s3cr3t%2FPa%40ss%3A99"
FRAGMENTS = (PASSWORD, ENCODED, "s3cr3t", "Pa@ss", "Pa%40ss")

TABLE = """CREATE TABLE 订单 (
    订单号 INTEGER PRIMARY KEY, 下单日期 TEXT, 客户编号 INTEGER, 实付金额 NUMERIC, 渠道 TEXT,
    备注 BLOB
)"""
ROWS = [
    (1, "2025-01-05", 7, 10.5, "直播间", None),
    (2, "2025/1/6 14:30", 8, 20, None, b"\x00\x01"),
    (3, "2025年1月7日", None, 1, "自提", None),
]


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch, tmp_path):
    """No connection of whoever runs the tests; the language as it was afterwards."""
    for name in os.environ:
        if name.startswith("CRM_LESSONS_CONNECTION"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    yield
    wording.use("zh")


@pytest.fixture
def till(tmp_path, monkeypatch):
    """An SQLite file as a till or an app keeps one, known as ``till``."""
    path = tmp_path / "till.db"
    with contextlib.closing(sqlite3.connect(path)) as link:
        link.execute(TABLE)
        link.executemany("INSERT INTO 订单 VALUES (?, ?, ?, ?, ?, ?)", ROWS)
        link.commit()
    monkeypatch.setenv("CRM_LESSONS_CONNECTION_TILL", f"sqlite:///{path}")
    return path


def execute(path, *statements):
    with contextlib.closing(sqlite3.connect(path)) as link:
        for statement in statements:
            link.execute(statement)
        link.commit()


def configured(tmp_path, monkeypatch, text):
    file = tmp_path / "connections.toml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv(connections.FILE_VARIABLE, str(file))
    return file


def error_of(source, key, **options):
    """The error of reading a source; it must be one sentence in both languages."""
    with pytest.raises(CrmError) as caught:
        data.read(source, **options)
    assert caught.value.key == key
    for language in wording.LANGUAGES:
        with wording.using(language):
            assert str(caught.value) and "{" not in str(caught.value)
    assert_secret(*traceback.format_exception(caught.value))
    wording.use("en")
    return str(caught.value)


def assert_secret(*texts):
    for text in texts:
        for fragment in FRAGMENTS:
            assert fragment not in text


# SQLite


def test_a_table_with_chinese_names_text_dates_and_gaps_becomes_order_lines(till):
    table = data.read("sql:till/订单")
    found = table.lines.collect().sort("order_id")
    assert found["order_id"].to_list() == ["1", "2"]
    assert found["customer_id"].to_list() == ["7", "8"]
    assert found["order_date"].to_list() == [dt.date(2025, 1, 5), dt.date(2025, 1, 6)]
    assert found["amount"].to_list() == [10.5, 20.0]
    assert found["channel"].to_list() == ["livestream", None]
    assert table.set_aside == {"missing_customer": 1, "duplicate_row": 0}
    assert table.source == "till/订单"
    assert [note.key for note in table.notes] == ["columns_left_out"]


def test_faults_name_the_record_by_its_key_since_a_database_has_no_rows(till):
    execute(till, "INSERT INTO 订单 VALUES (9, '2025-02-30', 8, '很多', NULL, NULL)")
    with pytest.raises(DataFaults) as caught:
        data.read("sql:till/订单")
    assert [fault.key for fault in caught.value.faults] == ["no_such_date", "not_a_number"]
    for language, words in {"zh": "订单号 = 9", "en": "where 订单号 = 9"}.items():
        with wording.using(language):
            assert all(words in str(fault) for fault in caught.value.faults)
            assert "row" not in str(caught.value) and "第 " not in str(caught.value)


def test_without_a_key_the_ids_of_a_record_tell_it_apart(till):
    execute(
        till,
        "CREATE TABLE lines AS SELECT 订单号 AS order_id, 下单日期 AS order_date,"
        " 客户编号 AS customer_id, 实付金额 AS amount FROM 订单 WHERE 客户编号 NOT NULL",
        "INSERT INTO lines VALUES (1, '2025-01-05', 99, 1), (4, '2025-01-05', 8, NULL)",
    )
    with pytest.raises(DataFaults) as caught:
        data.read("sql:till/lines")
    wording.use("en")
    said = str(caught.value)
    assert "order_id = 4, customer_id = 8" in said
    assert "belongs to customer 7 in till/lines, but to 99 here" in said


def test_the_fingerprint_is_of_the_content_whatever_its_order(till):
    before = data.read("sql:till/订单")
    execute(
        till,
        "CREATE TABLE 反序 AS SELECT * FROM 订单 ORDER BY 订单号 DESC",
        "CREATE VIEW 视图 AS SELECT * FROM 反序",
    )
    for source in ("sql:till/反序", "sql:till/视图"):
        again = data.read(source)
        assert again.fingerprint == before.fingerprint
        assert again.lines.collect().equals(before.lines.collect())
    execute(till, "UPDATE 反序 SET 实付金额 = 11 WHERE 订单号 = 1")
    assert data.read("sql:till/反序").fingerprint != before.fingerprint


def test_a_table_and_files_make_one_table(till, tmp_path):
    older = tmp_path / "2024.csv"
    older.write_text("订单号,日期,会员号,金额\n100,2024-05-01,7,5\n", encoding="gb18030")
    table = data.read(["sql:till/订单", older])
    assert table.lines.collect()["amount"].sum() == 35.5
    assert table.source == "2024.csv, till/订单"


def test_an_empty_table_is_a_fault(till):
    execute(till, "DELETE FROM 订单")
    with pytest.raises(DataFaults) as caught:
        data.read("sql:till/订单")
    assert [fault.key for fault in caught.value.faults] == ["no_rows"]


def test_sqlite_opens_read_only(till):
    from crm_lessons.data import databases

    engine = databases._engine(connections.find("till"))
    with pytest.raises(Exception, match="readonly"), engine.connect() as link:
        link.exec_driver_sql("DELETE FROM 订单")
    assert data.read("sql:till/订单").lines.collect().height == 2


# Names, addresses, the configuration file


def test_an_unknown_connection_names_those_there_are(till):
    assert "did you mean till?" in error_of("sql:til/订单", "connection_unknown_near")
    said = error_of("sql:warehouse/orders", "connection_unknown")
    assert "There are: till" in said and "CRM_LESSONS_CONNECTION_WAREHOUSE" in said


def test_without_any_connection_the_way_to_one_is_told():
    said = error_of("sql:sales/orders", "no_connections")
    assert "CRM_LESSONS_CONNECTION_SALES" in said and "connections.toml" in said


def test_an_unknown_table_names_its_likes(till):
    execute(till, "CREATE TABLE order_lines (x)")
    assert "did you mean order_lines?" in error_of("sql:till/order_line", "table_unknown_near")
    assert "did you mean order_lines?" in error_of("sql:till/ORDER_LINES", "table_unknown_near")
    assert "it has: order_lines, 订单" in error_of("sql:till", "table_unnamed")


@pytest.mark.parametrize(
    "written",
    [
        "订单; DROP TABLE 订单",
        "SELECT * FROM 订单",
        '订单" WHERE 1=1 --',
        "main.订单 UNION SELECT 1",
    ],
)
def test_what_a_user_writes_is_a_name_and_never_sql(till, written):
    error_of(f"sql:till/{written}", "table_unknown")
    assert data.read("sql:till/订单").lines.collect().height == 2


def test_a_name_that_needs_quotes_is_quoted(till):
    execute(till, 'CREATE TABLE "a ""b""; c" AS SELECT * FROM 订单')
    assert data.read('sql:till/a "b"; c').lines.collect().height == 2


def test_queries_come_from_the_configuration_file_only(till, tmp_path, monkeypatch):
    query = "SELECT * FROM 订单 WHERE 渠道 LIKE '直%' -- 10:30 :x"
    configured(
        tmp_path,
        monkeypatch,
        f'[shop]\nurl = "sqlite:///till.db"\n[shop.queries]\nlive = "{query}"',
    )
    table = data.read("sql:shop/live")
    assert table.lines.collect()["order_id"].to_list() == ["1"]
    assert table.source == "shop/live"


def test_the_environment_goes_before_the_file_and_keeps_its_queries(till, tmp_path, monkeypatch):
    configured(
        tmp_path,
        monkeypatch,
        '[TILL]\nurl = "sqlite:///gone.db"\n[TILL.queries]\nall = "SELECT * FROM 订单"',
    )
    assert data.read("sql:till/all").lines.collect().height == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("DELETE FROM orders", "DELETE"),
        ("SELECT 1; DROP TABLE orders", ";"),
        ("WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone", "DELETE"),
        ("SELECT * INTO copy FROM orders", "INTO"),
        ("SELECT * FROM orders FOR UPDATE", "UPDATE"),
        ("ATTACH 'x.db' AS x", "ATTACH"),
        ("PRAGMA writable_schema = 1", "PRAGMA"),
        ("/* SELECT */ UPDATE orders SET amount = 0", "UPDATE"),
        ("", "—"),
    ],
)
def test_a_query_that_is_not_one_select_is_refused(query, found):
    with pytest.raises(CrmError) as caught:
        _queries.one_select(query, query="q", connection="shop")
    assert caught.value.values["found"] == found


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1;",
        "select replace(name, ';', 'DROP') from t where note = 'it''s; DELETE'",
        'SELECT "update", [drop] FROM t -- ; DELETE',
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "/* DELETE */ SELECT $$insert; into$$",
    ],
)
def test_words_in_quotes_and_comments_do_no_harm(query):
    told = dict(query="q", connection="shop")
    assert _queries.one_select(query, **told) == query.rstrip(";")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[shop\nurl = 's3cr3t'", "connections_file_broken"),
        ("url = 's3cr3t'", "connection_incomplete"),
        ("[shop]\npassword_from = 'X'", "connection_incomplete"),
        ("[shop]\nurl = 'sqlite:///x.db'\npassword = 's3cr3t'", "connection_incomplete"),
        ("[shop]\nurl = 'sqlite:///x.db'\n[shop.queries]\na = 1", "connection_incomplete"),
        ("[shop]\nurl = 'postgresql://a@h/b'\npassword_from = 'NOT_SET'", "password_not_set"),
        ("[shop]\nurl = 'sqlite:///no_such.db'", "database_file_missing"),
        (f"[shop]\nurl = 'postgresql://a:{PASSWORD}@h/b'", "connection_url_wrong"),
        ("[shop]\nurl = 's3cr3t'", "connection_url_wrong"),
        ("[shop]\nurl = 'postgrsql://a:s3cr3t@h/b'", "database_kind_unknown"),
    ],
)
def test_a_wrong_configuration_is_one_clear_sentence_without_secrets(
    text, key, tmp_path, monkeypatch
):
    configured(tmp_path, monkeypatch, text)
    error_of("sql:shop/orders", key)


def test_a_configuration_file_that_is_named_and_not_there_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv(connections.FILE_VARIABLE, str(tmp_path / "gone.toml"))
    error_of("sql:shop/orders", "file_not_found")


def test_a_missing_driver_names_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setenv("CRM_LESSONS_CONNECTION_SALES", f"postgresql://a:{ENCODED}@localhost/b")
    assert 'pip install "crm-lessons[postgres]"' in error_of("sql:sales/orders", "driver_missing")


def test_a_server_that_does_not_answer_is_told_without_the_password(monkeypatch):
    pytest.importorskip("psycopg")
    monkeypatch.setenv("CRM_LESSONS_CONNECTION_SALES", f"postgres://a:{ENCODED}@127.0.0.1:9/b")
    assert "127.0.0.1" in error_of("sql:sales/orders", "cannot_connect")


def test_an_address_in_place_of_a_name_is_refused_before_it_is_written_anywhere(tmp_path, capfd):
    address = f"postgresql://reader:{ENCODED}@db/shop"
    error_of(address, "address_instead_of_name")
    for given in (address, {"customers": address}):
        with pytest.raises(CrmError) as caught:
            name = "tables" if isinstance(given, dict) else "orders"
            runs.report("03", parameters={name: given}, out=tmp_path / "out")
        assert caught.value.key == "address_instead_of_name"
    with pytest.raises(CrmError) as caught:
        runs.batch("05", [{"name": "a", "orders": address}], out=tmp_path / "out")
    assert_secret(*traceback.format_exception(caught.value), *capfd.readouterr())
    assert not (tmp_path / "out").exists()


def test_importing_the_package_does_not_import_sqlalchemy():
    code = "import sys, crm_lessons.cli._sources, crm_lessons.runs, crm_lessons.data; "
    code += "crm_lessons.data.read('dealers'); print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# Values of a driver


def test_numbers_dates_and_ids_keep_their_kind():
    rows = [
        (Decimal("10.50"), Decimal(2**60 + 1), dt.datetime(2025, 1, 1, 23, tzinfo=dt.UTC), 1, True),
        (None, Decimal(7), None, "00456", None),
    ]
    frame = _sql_frames.frame_of([rows], 5).sort("c1")
    assert [frame[f"c{i}"].dtype for i in range(5)] == [
        pl.Float64,
        pl.Int64,
        pl.Datetime("us"),
        pl.String,
        pl.Boolean,
    ]
    assert frame.row(1)[1:4] == (10.5, 2**60 + 1, dt.datetime(2025, 1, 1, 23))
    assert frame["c3"].to_list() == ["00456", "1"]


def test_a_column_that_changes_its_kind_between_batches_is_one_column():
    frame = _sql_frames.frame_of([[(None,), (1,)], [(2.5,)], [("x",)]], 1)
    assert frame["c0"].to_list() == [None, "1", "2.5", "x"]


def test_whole_numbers_beyond_all_measure_stay_exact():
    frame = _sql_frames.frame_of([[(10**30 + 1,), (Decimal("NaN"),)], [(5,)]], 1)
    assert frame.height == 3
    assert _sql_frames.frame_of([[(10**30 + 1,)]], 1)["c0"].to_list() == [str(10**30 + 1)]


# The commands


def run(capfd, *arguments):
    try:
        main([*arguments, "--language", "en"])
        code = 0
    except SystemExit as stopped:
        code = stopped.code or 0
    out, err = capfd.readouterr()
    assert_secret(out, err)
    return code, out, err


def test_check_works_on_a_table(till, capfd):
    code, out, _ = run(capfd, "check", "sql:till/订单", "--as", "orders")
    assert code == 0 and "till/订单: rows read: 2." in out


def test_connections_are_listed_by_name_and_never_with_a_password(till, capfd, monkeypatch):
    monkeypatch.setenv("CRM_LESSONS_CONNECTION_SALES", f"postgresql://a:{ENCODED}@db/b")
    monkeypatch.setenv("CRM_LESSONS_CONNECTION_ODD", PASSWORD)
    code, out, _ = run(capfd, "connections")
    assert code == 0
    assert "sales  (PostgreSQL, from CRM_LESSONS_CONNECTION_SALES)" in out
    assert "till  (SQLite" in out and "odd  (?" in out
    assert "password_from" in out


def test_a_connection_does_not_show_its_address_when_it_is_printed(monkeypatch):
    monkeypatch.setenv("CRM_LESSONS_CONNECTION_SALES", f"postgresql://a:{ENCODED}@db/b")
    assert_secret(repr(connections.known()), str(connections.find("sales")))


# PostgreSQL


def _binaries():
    """The newest PostgreSQL server on this machine, where Debian or anyone else puts it."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -float(p.parent.name)
    )
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def _other_user():
    """Whom the server runs as: it refuses to be run by root."""
    if os.geteuid() != 0:
        return {}
    import pwd  # not on Windows

    names = [user.pw_name for user in pwd.getpwall()]
    name = "postgres" if "postgres" in names else "nobody"
    person = pwd.getpwnam(name)
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL server of its own, in a temporary folder; the port it listens on."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server (initdb, pg_ctl) on this machine")
    pytest.importorskip("psycopg")
    folder, user = Path(tempfile.mkdtemp(prefix="crm_pg_")), _other_user()
    if user:
        os.chown(folder, user["user"], user["group"])
    folder.chmod(0o700)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(name, *arguments):
        command = [binaries / name, "-D", folder / "data", *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **user)

    call("initdb", "-U", "owner", "--auth=trust", "-E", "UTF8", "--no-sync", "--locale=C")
    # Whoever asks by the network needs a password, except the owner.
    rules = "host all owner 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
    (folder / "data" / "pg_hba.conf").write_text(rules)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    call("pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")
    yield port
    call("pg_ctl", "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def loaded(server):
    """The sample shop in PostgreSQL, in the types that a system would have."""
    import psycopg

    lines = data.read("shop").lines.with_columns(pl.col("quantity").cast(int)).collect()
    with psycopg.connect(host="127.0.0.1", port=server, user="owner", dbname="postgres") as link:
        link.execute("CREATE SCHEMA app")
        link.execute(
            "CREATE TABLE app.订单明细 (行号 serial PRIMARY KEY, 订单号 text, 下单时间 timestamptz,"
            " 客户编号 bigint, 业务员 varchar(20), 渠道 text, 商品 text, 数量 integer,"
            " 单价 numeric(10,2), 优惠金额 numeric(10,2), 实付金额 numeric(12,2), 毛利 numeric,"
            " 是否退款 boolean)"
        )
        names = (
            "订单号,下单时间,客户编号,业务员,渠道,商品,数量,单价,优惠金额,实付金额,毛利,是否退款"
        )
        with link.cursor().copy(f"COPY app.订单明细 ({names}) FROM STDIN") as copy:
            for row in lines.rows():
                copy.write_row(row)
        link.execute("CREATE VIEW orders AS SELECT * FROM app.订单明细")
        link.execute("CREATE TABLE salaries (employee_id int, amount numeric)")
        link.execute(
            "CREATE FUNCTION wipe() RETURNS int LANGUAGE plpgsql AS"
            " $$ BEGIN DELETE FROM app.订单明细; RETURN 1; END $$"
        )
        link.execute(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
        link.execute("GRANT USAGE ON SCHEMA app TO reader")
        link.execute("GRANT ALL ON app.订单明细, orders TO reader")
    return server


@pytest.fixture
def sales(loaded, tmp_path, monkeypatch):
    """The connection ``sales``: the address in a file, the password in the environment."""
    configured(
        tmp_path,
        monkeypatch,
        f'[sales]\nurl = "postgresql://reader@127.0.0.1:{loaded}/postgres"\n'
        'password_from = "SALES_PASSWORD"\n[sales.queries]\n'
        "since_2025 = \"SELECT * FROM orders WHERE 下单时间 >= '2025-01-01' AND 渠道 LIKE '%'\"\n"
        'wipe = "SELECT wipe()"\nbroken = "SELECT * FROM nowhere"\n'
        # Two that hide the end of a statement from whoever reads them by the rules of others.
        f"hidden = \"SELECT E'a\\\\''; COMMIT; DELETE FROM app.订单明细; --'\"\n"
        'named = "SELECT 1 AS a$b$; COMMIT; DELETE FROM app.订单明细; SELECT 2 AS a$b$"\n',
    )
    monkeypatch.setenv("SALES_PASSWORD", PASSWORD)
    return f"postgresql://reader:{ENCODED}@127.0.0.1:{loaded}/postgres"


def test_a_table_of_postgresql_gives_the_customers_of_the_file(sales):
    shop = data.read("shop")
    people = summarise(shop).reset_index()
    people["customer_id"] = people["customer_id"].astype("int64").astype("str")
    expected = people.set_index("customer_id").sort_index()
    for source in ("sql:sales/app.订单明细", "sql:sales/orders"):
        table = data.read(source)
        found = summarise(table)
        pd.testing.assert_frame_equal(found, expected)
        assert {"channel", "product", "discount", "returned"} <= set(table.columns)
        assert sum(table.set_aside.values()) == 0


def test_a_stored_query_of_postgresql(sales):
    table = data.read("sql:sales/since_2025")
    assert table.lines.select(pl.col("order_date").min()).collect().item() >= dt.date(2025, 1, 1)


def test_postgresql_is_read_in_a_transaction_that_cannot_write(sales):
    said = error_of("sql:sales/wipe", "query_failed")
    assert "read-only transaction" in said
    assert data.read("sql:sales/orders").lines.select(pl.len()).collect().item() > 10_000


@pytest.mark.parametrize("query", ["hidden", "named"])
def test_a_second_statement_in_a_query_of_postgresql_never_runs(sales, query):
    assert "multiple commands" in error_of(f"sql:sales/{query}", "query_failed")
    assert data.read("sql:sales/orders").lines.select(pl.len()).collect().item() > 10_000


@pytest.mark.parametrize("name", ['we"ird; drop table orders', "a.b", "100%s", "空 格", "q'q"])
def test_a_table_of_postgresql_may_be_called_anything(sales, loaded, name):
    import psycopg
    from psycopg import sql

    with psycopg.connect(host="127.0.0.1", port=loaded, user="owner", dbname="postgres") as link:
        called = sql.Identifier(name)
        select = "SELECT '1' AS order_id, 'c' AS customer_id, date '2025-01-01' AS order_date"
        link.execute(sql.SQL(f"CREATE TABLE {{}} AS {select}, 5 AS amount").format(called))
        link.execute(sql.SQL("GRANT SELECT ON {} TO reader").format(called))
    assert data.read(f"sql:sales/{name}").lines.select(pl.len()).collect().item() == 1


def test_what_goes_wrong_with_postgresql_is_told_and_nothing_else(sales, monkeypatch):
    assert "salaries" in error_of("sql:sales/salaries", "no_rights")
    assert "nowhere" in error_of("sql:sales/broken", "query_failed")
    error_of("sql:sales/order", "table_unknown_near")
    monkeypatch.setenv("SALES_PASSWORD", PASSWORD + "wrong")
    assert "reader" in error_of("sql:sales/orders", "cannot_connect")


@pytest.mark.reports
def test_reports_from_postgresql_hold_no_password_anywhere(sales, tmp_path, capfd, monkeypatch):
    """A report, then a batch whose run fails: pages, workbooks, notebooks, records, messages."""
    monkeypatch.setenv("CRM_LESSONS_CONNECTION_SHOP", sales)  # the password in the address
    given = {"orders": "sql:shop/orders"}
    made = runs.report("05", parameters=given, out=tmp_path / "a", language="en", progress=True)
    record = json.loads(made.json.read_text(encoding="utf-8"))
    assert record["data"]["source"] == "shop/orders"
    monkeypatch.setenv("CRM_LESSONS_CONNECTION_SHOP", sales.replace("99@", "98@"))
    how = {"out": tmp_path / "b", "language": "en", "jobs": 1}
    with pytest.raises(CrmError, match="cannot be reached") as caught:
        runs.batch("05", [{"name": "x"} | given], **how)
    assert_secret(*traceback.format_exception(caught.value))
    # The database is there while the rows are checked, and gone when the report runs.
    monkeypatch.setattr(_inputs, "_rows", lambda place: "")
    many = runs.batch("05", [{"name": "x"} | given], **how)
    assert not many.succeeded and "cannot be reached" in many.runs.to_csv()
    assert_secret(*capfd.readouterr(), many.runs.to_csv())
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".toml"]
    assert {path.suffix for path in written} == {".html", ".ipynb", ".json", ".xlsx", ".csv", ""}
    assert (tmp_path / "b" / "failed" / "x.ipynb").exists()
    for path in written:
        assert_secret(path.read_bytes().decode(errors="ignore"))
        if path.suffix == ".xlsx":
            sheets = pd.read_excel(path, sheet_name=None, engine="calamine", dtype=str)
            assert_secret(*(sheet.to_csv() for sheet in sheets.values()))


def test_the_commands_are_silent_about_the_password_too(sales, capfd, monkeypatch, tmp_path):
    code, out, _ = run(capfd, "check", "sql:sales/orders")
    assert code == 0 and "sales/orders" in out
    monkeypatch.setenv("SALES_PASSWORD", PASSWORD + "wrong")
    assert run(capfd, "check", "sql:sales/orders")[0] == 2
    code, _, err = run(capfd, "report", "05", "-p", f"orders={sales}", "--out", str(tmp_path / "r"))
    assert code == 2 and "address" in err
