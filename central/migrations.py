"""Brings central's database to this program's version, in one transaction; a newer one is refused.

A new database gets the tables as they are today, an older one the upgrades it lacks. So a change of a table
is made twice, in its definition and in `central.upgrades`, and a test holds both against each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, inspect, select, text, update

from central import business_tables, rights_tables
from central.database import Database
from central.errors import SetupError
from central.tables import central_state, metadata
from central.upgrades import UPGRADES, Statement

BUSINESS = (business_tables, rights_tables)  # imported: they put their tables on the metadata
VERSION = 1 + len(UPGRADES)
_ALONE = 7_931_042_611  # PostgreSQL's advisory lock of whoever upgrades; SQLite has one writer anyway

central_schema = Table(
    "central_schema",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
)


class NewerDatabase(SetupError):
    pass


def bring_up(
    database: Database,
    tables: MetaData = metadata,
    upgrades: Sequence[Sequence[Statement]] = UPGRADES,
) -> int:
    """The version it had, 0 for a new one. Raises NewerDatabase; then nothing was changed."""
    known = 1 + len(upgrades)
    with database.writing() as conn:
        if conn.dialect.name == "postgresql":
            conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ALONE})
        version = version_of(conn)
        if version > known:
            raise NewerDatabase(
                f"数据库是更新版本的程序写的（{version}，本程序 {known}）· "
                f"the database is of a newer program: version {version}, this one knows {known}"
            )
        if version == 0:
            tables.create_all(conn)
            conn.execute(insert(central_schema).values(one=1, version=known))
        elif version < known:
            for statement in (one for upgrade in upgrades[version - 1 :] for one in upgrade):
                conn.exec_driver_sql(_in_words_of(conn, statement))
            conn.execute(update(central_schema).values(version=known))
    return version


def version_of(conn: Connection) -> int:
    """Version 1 did not say which it was."""
    there = inspect(conn)
    if not there.has_table(central_state.name):
        return 0
    if not there.has_table(central_schema.name):
        return 1
    return int(conn.execute(select(central_schema.c.version)).scalar_one())


def _in_words_of(conn: Connection, statement: Statement) -> str:
    if conn.dialect.name == "postgresql" and statement.postgresql is not None:
        return statement.postgresql
    return statement.sqlite
