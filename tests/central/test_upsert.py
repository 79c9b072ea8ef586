"""Writing unless it is there says the same of both databases."""

from __future__ import annotations

from central.business_tables import counters
from central.upsert import insert_unless_there, put_higher
from tests.central.conftest import Central


def test_a_row_is_written_once(central: Central) -> None:
    def write(value: int) -> bool:
        row = {"name": "test", "value": value}
        return central.parts.database.write(lambda conn: insert_unless_there(conn, counters, row))

    assert [write(1), write(2)] == [True, False]


def test_only_a_higher_one_replaces(central: Central) -> None:
    def write(value: int) -> bool:
        row = {"name": "test", "value": value}
        return central.parts.database.write(lambda conn: put_higher(conn, counters, row, by="value"))

    assert [write(1), write(1), write(3), write(2)] == [True, False, True, False]
