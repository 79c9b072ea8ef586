"""Both databases keep the same promises: whole transactions, one writer at a time, honest failures."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from central import push
from central.config import Parts
from central.database import Database, is_outage
from central.tables import change_items, operations
from sync.wire.answers import Ack
from sync.wire.problems import Problem
from tests.central.conftest import PG_URL, Central
from tests.central.driver import Calls, Driver, problem_of

on_sqlite = pytest.mark.skipif(PG_URL is not None, reason="a matter of SQLite files")
on_postgres = pytest.mark.skipif(PG_URL is None, reason="needs YIZHAN_PG_URL")


def run_both(work: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, (0, 1)))


def test_failed_transaction_leaves_nothing_not_even_tables(database: Database) -> None:
    other = MetaData()
    Table("half_done", other, Column("n", Integer, primary_key=True))

    def fail(conn: Connection) -> None:
        other.create_all(conn)
        raise LookupError

    with pytest.raises(LookupError):
        database.write(fail)
    assert not inspect(database.engine).has_table("half_done")


def test_foreign_keys_hold(database: Database) -> None:
    stray = {"terminal": "T0", "n": 1, "t": "case", "body": {}, "at": "now"}
    with pytest.raises(IntegrityError) as caught, database.writing() as conn:
        conn.execute(insert(change_items), stray)
    assert not is_outage(caught.value)


def test_wrong_statement_is_no_outage(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught, database.reading() as conn:
        conn.execute(text("SELECT * FROM no_such_table"))
    assert not is_outage(caught.value)


def test_same_batch_twice_at_once_takes_effect_once(central: Central) -> None:
    driver = central.terminal()
    for n in range(20):
        driver.record("test.note", {"text": str(n)})
    batch = driver.batch()
    parts = central.parts
    desk = push.Desk(parts.keys, parts.handlers, central.clock())
    gate = threading.Barrier(2)

    def send(_: int) -> object:
        gate.wait()
        return parts.database.write(lambda conn: push.take(conn, desk, batch))

    first, second = run_both(send)
    assert isinstance(first, Ack)
    assert isinstance(second, Ack)
    assert first.results == second.results
    with parts.database.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(operations)) == 20


@on_sqlite
def test_busy_database_asks_to_come_again(parts: Parts, database_url: str, tmp_path: Path) -> None:
    impatient = Database(database_url, patience=0)
    calls = Calls(replace(parts, database=impatient))
    holder = sqlite.connect(str(tmp_path / "central.db"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    wanted = {
        "code": "AAAAAAAA-0000-0000-0000-0000",
        "point": "p",
        "nonce": "n",
        "public_key": parts_key(parts),
    }
    response = calls.json("POST", "/v1/terminals/enrol", wanted)
    assert problem_of(response) is Problem.BUSY
    assert int(response.headers["retry-after"]) > 0
    holder.execute("ROLLBACK")
    holder.close()
    assert problem_of(calls.json("POST", "/v1/terminals/enrol", wanted)) is Problem.CODE_UNKNOWN
    calls.close()
    impatient.close()


def parts_key(parts: Parts) -> dict[str, str]:
    return parts.keys.answers.public.jwk()


@on_postgres
def test_two_that_stand_in_each_others_way_both_get_through(database: Database) -> None:
    rows = Table("rows", MetaData(), Column("n", Integer, primary_key=True), Column("v", Integer))
    with database.writing() as conn:
        rows.create(conn)
        conn.execute(insert(rows), [{"n": 0, "v": 0}, {"n": 1, "v": 0}])
    gate = threading.Barrier(2)
    entered: list[int] = []

    def crosswise(mine: int) -> object:
        def work(conn: Connection) -> None:
            raise_ = update(rows).values(v=rows.c.v + 1)
            conn.execute(raise_.where(rows.c.n == mine))
            entered.append(mine)
            if entered.count(mine) == 1:
                gate.wait()
            conn.execute(raise_.where(rows.c.n == 1 - mine))

        return database.write(work)

    run_both(crosswise)
    assert len(entered) > 2  # one of them had to begin again
    with database.reading() as conn:
        assert set(conn.scalars(select(rows.c.v))) == {2}


@on_sqlite
def test_central_restored_from_a_backup_says_so_and_catches_up(central: Central, tmp_path: Path) -> None:
    driver = central.terminal()
    driver.record("test.note", {"text": "before the backup"})
    driver.push()
    backup = tmp_path / "backup.db"
    with central.parts.database.engine.connect() as conn:
        conn.connection.execute(f"VACUUM INTO '{backup}'")
    driver.record("test.note", {"text": "after the backup"})
    driver.push()
    driver.record("test.note", {"text": "not sent yet"})
    restored = Database(f"sqlite:///{backup}")
    calls = Calls(replace(central.parts, database=restored))
    after = Driver(calls, driver.key, driver.enrolment, driver.recorded, driver.links, 2, driver.last_ack)
    batch = after.batch()
    response = after.send(batch)
    assert problem_of(response) is Problem.EVIDENCE_MISSING
    told = after.signed_problem(response, batch.nonce)
    assert (told["from_seq"], told["epoch"], told["high_water"]) == (2, 2, 1)
    assert driver.last_ack is not None
    assert after.testify(driver.last_ack).high_water == 1
    ack = after.push(first=2)
    assert (ack.epoch, ack.high_water, len(ack.results)) == (2, 3, 2)
    calls.close()
    restored.close()
