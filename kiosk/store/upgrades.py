"""What changed in the ledger's tables from one version to the next, as the statements that bring it about."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

TO_2: tuple[str, ...] = (
    "DROP INDEX operations_open",
    "CREATE INDEX operations_waiting ON operations (terminal, incarnation, seq, transfer)"
    " WHERE transfer <> 'answered'",
    "CREATE TABLE attachments (sha256 TEXT NOT NULL, op_id TEXT NOT NULL, size INTEGER NOT NULL,"
    " held INTEGER, broken TEXT, PRIMARY KEY (sha256, op_id))",
    "CREATE TABLE line_use (day TEXT NOT NULL, lane INTEGER NOT NULL, up INTEGER NOT NULL,"
    " down INTEGER NOT NULL, PRIMARY KEY (day, lane))",
)


def _by(statements: Sequence[str]) -> Callable[[Connection], None]:
    def upgrade(conn: Connection) -> None:
        for statement in statements:
            conn.exec_driver_sql(statement)

    return upgrade


UPGRADES: tuple[Callable[[Connection], None], ...] = (_by(TO_2),)
"""The first brings version 1 to version 2."""
