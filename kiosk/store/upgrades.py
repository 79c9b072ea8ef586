"""What changed in the ledger's tables from one version to the next, as the statements that bring it about."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

TO_2: tuple[str, ...] = (
    "DROP INDEX operations_open",
    "CREATE INDEX operations_waiting ON operations (terminal, incarnation, seq, transfer)"
    " WHERE transfer <> 'answered'",
    "ALTER TABLE active_pack ADD COLUMN number INTEGER",
    *(f"ALTER TABLE {name} ADD COLUMN tq TEXT" for name in ("slips", "till_moves", "drafts", "marks")),
    "CREATE TABLE clock_marks (n INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL, seconds INTEGER NOT NULL,"
    " at TEXT NOT NULL, tq TEXT NOT NULL, boot TEXT NOT NULL, after_op INTEGER NOT NULL)",
    "CREATE TABLE last_good_pack (id INTEGER NOT NULL PRIMARY KEY, county TEXT NOT NULL,"
    " version TEXT NOT NULL, sha256 TEXT NOT NULL, file TEXT NOT NULL, as_of TEXT NOT NULL,"
    " expires_at TEXT NOT NULL, installed_at TEXT NOT NULL, manifest TEXT NOT NULL, number INTEGER)",
    "CREATE TABLE refused_packs (sha256 TEXT NOT NULL PRIMARY KEY, version TEXT NOT NULL,"
    " trouble TEXT NOT NULL, detail TEXT NOT NULL, program TEXT NOT NULL, at TEXT NOT NULL)",
    "CREATE TABLE attachments (sha256 TEXT NOT NULL, op_id TEXT NOT NULL, size INTEGER NOT NULL,"
    " held INTEGER, broken TEXT, PRIMARY KEY (sha256, op_id))",
    "CREATE TABLE line_use (day TEXT NOT NULL, lane INTEGER NOT NULL, up INTEGER NOT NULL,"
    " down INTEGER NOT NULL, PRIMARY KEY (day, lane))",
    *(f"ALTER TABLE leases ADD COLUMN {name} INTEGER" for name in ("slice", "low", "most")),
    "ALTER TABLE leases ADD COLUMN soft_count INTEGER",
    "ALTER TABLE leases ADD COLUMN hard_count INTEGER",
    "ALTER TABLE leases ADD COLUMN uses INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE leases ADD COLUMN blind INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE lease_spends ADD COLUMN blind INTEGER DEFAULT 0 NOT NULL",
    "CREATE TABLE proofs (n INTEGER NOT NULL, terminal TEXT NOT NULL, cursor INTEGER NOT NULL,"
    " upto INTEGER NOT NULL, received_at TEXT NOT NULL, token TEXT NOT NULL, PRIMARY KEY (n))",
    "CREATE TABLE bundles (nonce TEXT NOT NULL PRIMARY KEY, terminal TEXT NOT NULL,"
    " incarnation INTEGER NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL,"
    " made_at TEXT NOT NULL, answered_at TEXT)",
    "CREATE INDEX bundles_made ON bundles (made_at)",
    "CREATE TABLE enrolments (terminal TEXT NOT NULL, incarnation INTEGER NOT NULL, token TEXT NOT NULL,"
    " PRIMARY KEY (terminal, incarnation))",
    "CREATE INDEX acks_newest ON acks (terminal, incarnation, epoch, high_water, n, prune)",
    "UPDATE leases SET uses = (SELECT count(*) FROM lease_spends WHERE lease = leases.id AND amount > 0)",
)


def _by(statements: Sequence[str]) -> Callable[[Connection], None]:
    def upgrade(conn: Connection) -> None:
        for statement in statements:
            conn.exec_driver_sql(statement)

    return upgrade


UPGRADES: tuple[Callable[[Connection], None], ...] = (_by(TO_2),)
"""The first brings version 1 to version 2."""
