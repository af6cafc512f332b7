"""Tables of order lines through text, Excel, Parquet, folders; the oracle is plain Python."""

import contextlib
import csv
import datetime as dt
import io
from decimal import Decimal

import counting
import polars as pl
import xlsxwriter
from tries import odd, spoilt

from crm_lessons import customers, data
from crm_lessons.data import converting
from crm_lessons.errors import CrmError

HEADINGS = [
    ["order_id", "order_date", "customer_id", "amount", "note"],
    ["订单号", "订单日期", "客户号", "金额", "备注"],
]
BREAKING = {
    "amount": ["x", "1..2", "--", "12 apples", "#REF!"],
    "order_date": ["2024-02-30", "soon", "2024-13-01"],
    "order_id": ["1.2E+17", "#REF!"],
}


def rows_of(rng):
    """Rows as they are meant, and the places (from 2) of those that no reader may let pass."""
    rows, bad = [], []
    for number in range(rng.randint(1, 30)):
        day = dt.date(2023, 1, 1) + dt.timedelta(days=rng.randrange(700))
        row = {
            "order_id": f"A{number:04}",
            "order_date": day.isoformat(),
            "customer_id": rng.choice(
                ["c1", "c2", "00456", "客户3", "" if number % 9 == 5 else "c4"]
            ),
            "amount": f"{rng.randrange(-5000, 500_000) / 100:.2f}",
            "note": rng.choice(["", "ok", "a, b; c", 'say "hi"', "x'y", "好"]),
        }
        if rng.random() < 0.01:
            name = rng.choice(list(BREAKING))
            row[name] = rng.choice(BREAKING[name])
            bad.append(number + 2)
        rows.append(row)
    return rows, bad


def compare(table, rows):
    """Lines, amounts and customers as plain Python counts them; nothing lost."""
    kept = [row for row in rows if row["customer_id"]]
    lines = table.lines.collect()
    assert lines.height == len(kept)
    assert lines.height + sum(table.set_aside.values()) == len(rows)
    total = sum(Decimal(row["amount"]) for row in kept)
    assert abs(Decimal(repr(lines["amount"].sum())) - total) < Decimal("0.001")
    people = customers.summarise(table)
    assert set(people.index) == {row["customer_id"] for row in kept}


def text(rng, folder, seen):
    rows, bad = rows_of(rng)
    made = io.StringIO()
    separator = rng.choice(",;\t|")
    writer = csv.writer(
        made,
        delimiter=separator,
        lineterminator=rng.choice(["\n", "\r\n"]),
        quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    )
    writer.writerow(rng.choice(HEADINGS))
    writer.writerows(row.values() for row in rows)
    codec = rng.choice(["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    content = made.getvalue().encode(codec)
    path = folder / "orders.csv"
    if rng.random() < 0.5:
        broken = spoilt(rng, content)
        path.write_bytes(broken)
        told = counting.of_text(broken, codec, separator)
        heading = made.getvalue().split("\n")[0].encode(codec)
        with seen.told_or_right():
            table = data.read(path, most_set_aside=1)
            if told is not None and broken.startswith(heading):
                counting.compare(table, told)
            converted(path, codec, table)
        return
    path.write_bytes(content)
    with seen.told_or_right(must_fail=bool(bad)):
        compare(
            data.read(path, encoding=None if codec != "gb18030" else "gb18030", most_set_aside=1),
            rows,
        )


def converted(path, codec, table):
    """What was let in either way holds the same lines."""
    made = path.with_suffix(".parquet")
    given = "gb18030" if codec == "gb18030" else None
    with contextlib.suppress(CrmError):
        converting.to_parquet(path, made, encoding=given)
        again = data.read(made, most_set_aside=1)
        one, other = table.lines.collect(), again.lines.collect()
        assert one["customer_id"].to_list() == other["customer_id"].to_list()
        assert one["amount"].to_list() == other["amount"].to_list()
        assert dict(table.set_aside) == dict(again.set_aside)


def excel(rng, folder, seen):
    rows, bad = rows_of(rng)
    path = folder / "orders.xlsx"
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, rng.choice(HEADINGS))
        for number, row in enumerate(rows, start=1):
            for place, (name, value) in enumerate(row.items()):
                as_number = name == "amount" and number + 1 not in bad
                sheet.write(number, place, float(value) if as_number else value)
        if rng.random() < 0.1:
            sheet.write(rng.randrange(60), rng.randrange(40), odd(rng))
            bad = None
    damaged = rng.random() < 0.5
    if damaged:
        path.write_bytes(spoilt(rng, path.read_bytes()))
    with seen.told_or_right(must_fail=bool(bad) and not damaged):
        table = data.read(path, most_set_aside=1)
        if bad is not None:  # a part of the file has a check sum: damage is found, or harmless
            assert not bad
            compare(table, rows)


TYPES = [
    pl.String,
    pl.Float64,
    pl.Float32,
    pl.Int64,
    pl.UInt8,
    pl.Decimal(20, 4),
    pl.Date,
    pl.Datetime("ns"),
    pl.Datetime("us", "Asia/Shanghai"),
    pl.Categorical,
    pl.Boolean,
    pl.Binary,
    pl.List(pl.Int64),
    pl.Null,
]


def parquet(rng, folder, seen):
    rows, bad = rows_of(rng)
    frame = pl.DataFrame(rows)
    path = folder / "orders.parquet"
    typed = rng.random() < 0.5
    if typed and not bad:
        frame = frame.with_columns(
            pl.col("amount").cast(rng.choice([pl.Float64, pl.Decimal(20, 2)])),
            pl.col("order_date").str.to_date().cast(rng.choice([pl.Date, pl.Datetime("ms")])),
        )
    strange = rng.random() < 0.3
    if strange:
        name = rng.choice([*frame.columns, "row", "file", "c0", "", "a\nb"])
        values = pl.Series(name, [None] * len(rows)).cast(rng.choice(TYPES), strict=False)
        frame = frame.with_columns(values)
    frame.write_parquet(path, compression=rng.choice(["zstd", "snappy", "uncompressed"]))
    damaged = rng.random() < 0.4
    if damaged:
        path.write_bytes(spoilt(rng, path.read_bytes()))
    judged = not damaged and not strange
    with seen.told_or_right(must_fail=judged and bool(bad)):
        table = data.read(path, most_set_aside=1)
        if judged:
            compare(table, rows)
        else:
            customers.summarise(table)
            told = counting.of_parquet(path)
            if told is not None:
                counting.compare(table, told, frame.columns.index("amount"))


def folders(rng, folder, seen):
    rows, bad = rows_of(rng)
    if bad:
        return
    inner = folder / rng.choice(["a", "branch=east", "branch=%E4%B8%9C", "x y", "[a]", "{b}"])
    inner.mkdir()
    half = len(rows) // 2
    parts = [part for part in (rows[:half], rows[half:]) if part]
    for number, part in enumerate(parts):
        with (inner / f"{number}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS[0])
            writer.writerows(row.values() for row in part)
    odd_one = rng.choice(["none", "copy", "link", "broken", "text", "inner", "loop"])
    if odd_one == "link":
        (inner / "l.csv").symlink_to(inner / "0.csv")
    elif odd_one == "broken":
        (inner / "l.csv").symlink_to("nowhere")
    elif odd_one == "text":
        (inner / "readme.txt").write_text(odd(rng).replace("\udfff", ""), encoding="utf-8")
    elif odd_one == "inner":
        (inner / "deeper").mkdir()
    elif odd_one == "loop":
        (inner / "branch=loop").symlink_to(inner)
    source = rng.choice([inner, str(inner / "*.csv").replace("[a]", "[[]a]"), folder / "**/*.csv"])
    with seen.told_or_right(must_fail=odd_one == "broken"):
        compare(data.read(str(source), most_set_aside=1), rows)


def choosing(rng, folder, seen):
    rows, bad = rows_of(rng)
    if bad:
        return
    path = folder / "orders.csv"
    pl.DataFrame(rows).write_csv(path)
    name = rng.choice([*rows[0], "row", "nowhere"])
    value = rng.choice([odd(rng), rng.choice(rows).get(name, "x") or "x"]).replace("|", "")
    with seen.told_or_right():
        table = data.read(path, leave_out={name: value}, most_set_aside=1)
        if "*" not in value and name != "order_date":
            left = [r for r in rows if value.strip() and same(name, r[name], value)]
            assert table.set_aside.get("left_out", 0) == len(left), (name, value)
    with seen.told_or_right():
        customers.summarise(data.read(path, others=[name], most_set_aside=1), where={name: value})


def same(name, held, value):
    if name != "amount":
        return held.strip() == value.strip()
    try:
        wanted = float(value.strip().replace(",", ""))
    except ValueError:
        return False
    return wanted == float(held)
