"""How much central asks of its database for a push, or for its own words: as much for twenty as for two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from central import database as of_central
from central.database import Database
from tests.central.conftest import PG_URL
from tests.central.world import World

MOST = 15  # with the savepoint and its release; BEGIN and COMMIT not counted


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_many_payments_ask_no_more_than_few(world: World) -> None:
    world.a.push("bill.pay", world.a.bill(0))  # when the first one ages is looked up once
    asked = [_asked(world, range(1, 3)), _asked(world, range(3, 23))]
    assert len(asked[0]) == len(asked[1])
    written = [one for one in asked[1] if one.startswith(("INSERT", "UPDATE", "WITH"))]
    if PG_URL is not None:
        assert len(asked[1]) <= MOST, asked[1]
        assert len(written) == 4, written  # the effect, the float, the books, the place in the chain


def test_words_that_the_books_agree_with_ask_no_more_for_many_than_for_few(world: World) -> None:
    driver, asked = world.a.driver, []
    for payments in (range(2), range(2, 22)):
        _asked(world, payments)
        assert driver.last_ack is not None
        with counted(world.database) as statements:
            driver.testify(driver.last_ack)
        asked.append(statements)
    assert len(asked[0]) == len(asked[1]), asked[1]


def _asked(world: World, which: range) -> list[str]:
    driver = world.a.driver
    for n in which:
        driver.record("bill.pay", world.a.bill(n))
    with counted(world.database) as asked:
        driver.push()
    return asked


@pytest.mark.skipif(PG_URL is None, reason="needs YIZHAN_PG_URL")
def test_connection_lost_while_it_rested_is_not_used(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_central, "IDLE", 0.0)
    with database.reading() as conn:
        mine = conn.scalar(text("SELECT pg_backend_pid()"))
    assert PG_URL is not None
    other = Database(PG_URL)
    with other.reading() as conn:
        assert conn.scalar(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        gone = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")
        while conn.scalar(gone, {"pid": mine}):
            pass
    other.close()
    with database.reading() as conn:
        assert conn.scalar(text("SELECT pg_backend_pid()")) != mine
