"""Central's database is brought up whole or left as it was, keeps its data, and a newer one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, inspect, text

from central import epoch, migrations
from central.config import Folder
from central.database import Database
from central.migrations import NewerDatabase, bring_up, version_of
from central.service import make, open_
from central.upgrades import UPGRADES
from tests.central.conftest import START, fresh_database

HERE = Path(__file__).parent


class CutOff(Exception):
    """The power goes at this statement."""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    with fresh_database(tmp_path) as url:
        database = Database(url)
        yield database
        database.close()


@pytest.fixture
def first(empty: Database) -> Database:
    """A central as version 1 left it, with something in it."""
    name = "postgresql" if empty.engine.dialect.name == "postgresql" else "sqlite"
    with empty.writing() as conn:
        for statement in (HERE / f"central_1.{name}.sql").read_text("utf-8").split(";\n"):
            if statement.strip():
                conn.exec_driver_sql(statement)
        epoch.begin(conn, START)
        conn.execute(text("INSERT INTO counties (id, name, settings) VALUES ('511602', '㳇县', '{}')"))
    return empty


def shape(database: Database) -> dict[str, Any]:
    look = inspect(database.engine)
    return {
        table: (
            {
                one["name"]: (str(one["type"]), one["nullable"], one["default"])
                for one in look.get_columns(table)
            },
            look.get_pk_constraint(table),
            _sorted(look.get_foreign_keys(table)),
            _sorted(look.get_indexes(table)),
            _sorted(look.get_unique_constraints(table)),
        )
        for table in look.get_table_names()
    }


def _column(found: Any) -> tuple[str, bool, str | None]:
    return str(found["type"]), found["nullable"], found["default"]


def _sorted(found: list[Any]) -> list[str]:
    return sorted(repr(sorted((name, _plain(value)) for name, value in one.items())) for one in found)


def _plain(value: Any) -> str:
    """The condition of an index is a clause, which is equal only to itself."""
    if isinstance(value, dict):
        return repr({name: _plain(inner) for name, inner in value.items()})
    return str(value)


def version(database: Database) -> int:
    with database.reading() as conn:
        return version_of(conn)


def test_a_database_of_version_1_becomes_what_a_new_one_is(first: Database, tmp_path: Path) -> None:
    """Fails when a table changes without its upgrade; the statements of version 1 themselves never change."""
    assert bring_up(first) == 1
    (tmp_path / "other").mkdir()
    with fresh_database(tmp_path / "other") as url:
        fresh = Database(url)
        assert bring_up(fresh) == 0
        assert shape(first) == shape(fresh)
        assert version(first) == version(fresh) == migrations.VERSION
        fresh.close()


def test_what_was_in_it_is_in_it_afterwards(first: Database) -> None:
    bring_up(first)
    with first.reading() as conn:
        assert conn.execute(text("SELECT name FROM counties")).scalar_one() == "㳇县"
        assert epoch.current(conn) == 1
    assert bring_up(first) == migrations.VERSION  # and a second start changes nothing


@contextmanager
def cut_at(database: Database, statement: int) -> Iterator[None]:
    seen = [0]

    def cut(_conn: Connection, _cursor: Any, sql: str, *_rest: Any) -> None:
        if sql.startswith(("CREATE", "ALTER", "INSERT", "UPDATE", "DROP", "DELETE")):
            seen[0] += 1
            if seen[0] == statement:
                raise CutOff

    event.listen(database.engine, "before_cursor_execute", cut)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", cut)


COUNT = sum(len(upgrade) for upgrade in UPGRADES) + 1  # and the version


@pytest.mark.parametrize("statement", range(1, COUNT + 1))
def test_cut_off_at_any_statement_it_is_the_old_one(first: Database, statement: int) -> None:
    before = shape(first)
    with cut_at(first, statement), pytest.raises(CutOff):
        bring_up(first)
    assert shape(first) == before
    assert version(first) == 1
    assert bring_up(first) == 1


def test_one_of_a_newer_program_is_refused_untouched(first: Database) -> None:
    bring_up(first)
    with first.writing() as conn:
        conn.execute(text("UPDATE central_schema SET version = 99"))
    before = shape(first)
    with pytest.raises(NewerDatabase, match="version 99"):
        bring_up(first)
    assert shape(first) == before


def test_a_folder_of_version_1_is_brought_up_when_central_opens(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "central")
    make(folder, f"sqlite:///{tmp_path / 'never.db'}", ()).database.close()
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    with database.writing() as conn:
        for statement in (HERE / "central_1.sqlite.sql").read_text("utf-8").split(";\n"):
            if statement.strip():
                conn.exec_driver_sql(statement)
        epoch.begin(conn, START)
    database.close()
    folder.config.write_text(folder.config.read_text("utf-8").replace("never.db", "old.db"), "utf-8")
    parts = open_(folder)
    assert version(parts.database) == migrations.VERSION
    parts.database.close()
