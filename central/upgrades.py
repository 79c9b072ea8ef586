"""What changed in central's tables from one version to the next, as the statements that bring it about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    sqlite: str
    postgresql: str | None = None  # None: the same


TO_2: tuple[Statement, ...] = (
    Statement(
        "CREATE TABLE central_schema (one INTEGER NOT NULL, version INTEGER NOT NULL,"
        " CONSTRAINT pk_central_schema PRIMARY KEY (one))"
    ),
    Statement("INSERT INTO central_schema (one, version) VALUES (1, 1)"),
    Statement("ALTER TABLE terminals ADD COLUMN keys_told TEXT"),
    Statement("ALTER TABLE central_state ADD COLUMN risen_at TEXT"),
    Statement("ALTER TABLE central_state ADD COLUMN reconciling_since TEXT"),
    Statement("ALTER TABLE incarnations ADD COLUMN vouched INTEGER DEFAULT '1' NOT NULL"),
    Statement("ALTER TABLE incarnations ADD COLUMN told BIGINT DEFAULT '0' NOT NULL"),
    Statement("ALTER TABLE incarnations ADD COLUMN aged BIGINT DEFAULT '0' NOT NULL"),
    Statement("ALTER TABLE incarnations ADD COLUMN ages_at TEXT"),
    Statement(
        "CREATE TABLE told_results (terminal TEXT NOT NULL, op TEXT NOT NULL, seq BIGINT NOT NULL,"
        " outcome TEXT NOT NULL, reason TEXT, case_id TEXT, rev INTEGER NOT NULL, shown_at TEXT NOT NULL,"
        " CONSTRAINT pk_told_results PRIMARY KEY (terminal, op, seq))"
    ),
    Statement(
        "CREATE TABLE forked_operations (terminal TEXT NOT NULL, incarnation INTEGER NOT NULL,"
        " seq BIGINT NOT NULL, link BLOB NOT NULL, op TEXT NOT NULL, kind TEXT NOT NULL, header BLOB NOT NULL,"
        " payload BLOB NOT NULL, outcome TEXT NOT NULL, reason TEXT, case_id TEXT, rev INTEGER NOT NULL,"
        " facts JSON NOT NULL, received_at TEXT NOT NULL, settled_at TEXT,"
        " CONSTRAINT pk_forked_operations PRIMARY KEY (terminal, incarnation, seq, link))",
        "CREATE TABLE forked_operations (terminal TEXT NOT NULL, incarnation INTEGER NOT NULL,"
        " seq BIGINT NOT NULL, link BYTEA NOT NULL, op TEXT NOT NULL, kind TEXT NOT NULL, header BYTEA NOT NULL,"
        " payload BYTEA NOT NULL, outcome TEXT NOT NULL, reason TEXT, case_id TEXT, rev INTEGER NOT NULL,"
        " facts JSON NOT NULL, received_at TEXT NOT NULL, settled_at TEXT,"
        " CONSTRAINT pk_forked_operations PRIMARY KEY (terminal, incarnation, seq, link))",
    ),
    Statement("CREATE INDEX ix_forked_operations_op ON forked_operations (op)"),
    Statement("CREATE INDEX ix_forked_operations_case_id ON forked_operations (case_id)"),
)

UPGRADES: tuple[tuple[Statement, ...], ...] = (TO_2,)
"""The first brings version 1 to version 2."""
