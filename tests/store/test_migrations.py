"""A ledger is brought up whole or left as it was, and a newer one is refused."""

from pathlib import Path

import pytest

from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.migrations import VERSION, migrate
from kiosk.store.opening import open_store
from kiosk.store.tables import ledger_metadata
from sync.errors import NewerFile
from sync.tables import metadata as sync_metadata
from tests.support.ledger import Ledger

FIRST = Path(__file__).with_name("ledger_1.sql")


@pytest.fixture
def source(tmp_path):
    return Source(tmp_path / "ledger.db", b"k" * 32, Mode.WRITE)


def execute(source: Source, sql: str):
    engine = open_engine(source)
    with engine.connect() as conn, conn.begin():
        result = conn.exec_driver_sql(sql)
        return result.fetchall() if result.returns_rows else []


def names(source: Source) -> set[str]:
    return {row[0] for row in execute(source, "SELECT name FROM sqlite_master WHERE type = 'table'")}


def add_a(conn):
    conn.exec_driver_sql("CREATE TABLE a (x TEXT)")


def add_b(conn):
    conn.exec_driver_sql("CREATE TABLE b (x TEXT)")
    conn.exec_driver_sql("INSERT INTO a VALUES ('from b')")


def add_c_and_fail(conn):
    conn.exec_driver_sql("CREATE TABLE c (x TEXT)")
    conn.exec_driver_sql("INSERT INTO nowhere VALUES (1)")


def test_a_new_ledger_has_the_tables_this_program_knows(source):
    migrate(source)
    assert names(source) >= set(sync_metadata.tables) | set(ledger_metadata.tables)
    assert execute(source, "PRAGMA user_version") == [(VERSION,)]


def test_an_older_file_is_copied_then_brought_up(source):
    migrate(source, add_a, [])
    execute(source, "INSERT INTO a VALUES ('kept')")
    assert migrate(source, add_a, [add_b]) == 1
    assert execute(source, "SELECT x FROM a") == [("kept",), ("from b",)]
    copy = Source(source.path.with_name("ledger.db.v1"), source.key, Mode.WRITE)
    assert execute(copy, "SELECT x FROM a") == [("kept",)]
    assert names(copy) == {"a"}


def test_a_failed_migration_leaves_the_file_as_it_was(source):
    migrate(source, add_a, [])
    with pytest.raises(Exception, match="nowhere"):
        migrate(source, add_a, [add_b, add_c_and_fail])
    assert names(source) == {"a"}
    assert execute(source, "SELECT x FROM a") == []
    assert migrate(source, add_a, [add_b]) == 1


def test_a_new_file_gets_the_tables_of_today_and_no_upgrade(source):
    assert migrate(source, add_a, [add_b]) == 0
    assert names(source) == {"a"}
    assert migrate(source, add_a, [add_b]) == 2


def test_a_ledger_of_version_1_becomes_what_a_new_one_is(source, tmp_path):
    """Fails when a table changes without its upgrade; the file of version 1 itself never changes."""
    for statement in FIRST.read_text("utf-8").split(";\n"):
        if statement.strip():
            execute(source, statement)
    execute(source, "PRAGMA user_version = 1")
    migrate(source)
    fresh = Source(tmp_path / "fresh.db", b"k" * 32, Mode.WRITE)
    migrate(fresh)
    assert differing(source, fresh) == {}


def shape(source: Source) -> dict[str, tuple[list, list]]:
    """Columns with type, default and place in the key, and indexes with their SQL, of every table."""
    indexes = execute(source, "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'")
    return {
        table: (
            sorted(repr(row[1:]) for row in execute(source, f"SELECT * FROM pragma_table_info('{table}')")),
            sorted((name, " ".join((sql or "").split())) for of, name, sql in indexes if of == table),
        )
        for table in names(source)
    }


def differing(one: Source, other: Source) -> dict[str, set[str]]:
    """By table what only one of them has."""
    ours, theirs = _parts(shape(one)), _parts(shape(other))
    tables = {*ours, *theirs}
    found = {table: ours.get(table, set()) ^ theirs.get(table, set()) for table in tables}
    return {table: parts for table, parts in found.items() if parts or (table in ours) != (table in theirs)}


def _parts(of: dict[str, tuple[list, list]]) -> dict[str, set[str]]:
    return {table: {*columns, *map(repr, indexes)} for table, (columns, indexes) in of.items()}


def test_a_file_of_a_newer_program_is_refused_untouched(ledger: Ledger):
    ledger.db.run_sync(lambda conn: conn.exec_driver_sql("PRAGMA user_version = 99"))
    ledger.db.close()
    content = ledger.folders.ledger.read_bytes()
    with pytest.raises(NewerFile, match="version 99"):
        open_store(ledger.folders, ledger.keys)
    assert ledger.folders.ledger.read_bytes() == content
