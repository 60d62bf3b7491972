"""Joins two books by SQL in SQLite and DuckDB: time of reading, time of the join, what differs."""

import csv
import json
import sqlite3
import sys
import time

import duckdb

JOIN = """
    select
        count(*) filter (where l.id is not null and p.id is not null),
        count(*) filter (where p.id is null),
        count(*) filter (where l.id is null),
        count(*) filter (where l.units <> p.units or l.money <> p.money or l.day <> p.day)
    from ledger l full join partner p on l.id = p.id and l.item = p.item
"""
COLUMNS = "id text, item integer, units bigint, money decimal(18, 2), day date, reference text"


def report(read, join, row):
    """One engine's times and counts."""
    matched, at_partner, in_ledger, different = row
    return {
        "read": read,
        "join": join,
        "matched": matched,
        "missingAtPartner": at_partner,
        "missingInLedger": in_ledger,
        "different": different,
    }


def in_sqlite(files):
    """SQLite in memory, with an index on the side that is looked up."""
    base = sqlite3.connect(":memory:")
    start = time.perf_counter()
    for table, name in files.items():
        base.execute(f"create table {table} ({COLUMNS})")
        with open(name, newline="", encoding="ascii") as lines:
            rows = csv.reader(lines)
            next(rows)
            base.executemany(f"insert into {table} values (?, ?, ?, ?, ?, ?)", rows)
    read = time.perf_counter() - start
    start = time.perf_counter()
    base.execute("create index of_ledger on ledger (id, item)")
    base.execute("create index of_partner on partner (id, item)")
    row = base.execute(JOIN).fetchone()
    return report(read, time.perf_counter() - start, row)


def in_duckdb(files):
    """DuckDB in memory, two threads."""
    base = duckdb.connect(config={"threads": 2})
    start = time.perf_counter()
    for table, name in files.items():
        base.execute(f"create table {table} ({COLUMNS})")
        base.execute(f"copy {table} from '{name}' (header)")
    read = time.perf_counter() - start
    start = time.perf_counter()
    row = base.execute(JOIN).fetchone()
    return report(read, time.perf_counter() - start, row)


def main():
    """Both engines on the same two files."""
    files = {"ledger": sys.argv[1], "partner": sys.argv[2]}
    print(json.dumps({"sqlite": in_sqlite(files), "duckdb": in_duckdb(files)}))


main()
