"""Central's tables for what was lost and what exists twice: its own words shown to it, and forked chains."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from central.tables import metadata

told_results = Table(
    "told_results",  # what central signed before it lost its past: never decided anew
    metadata,
    Column("terminal", Text, primary_key=True),
    Column("op", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("case_id", Text),
    Column("rev", Integer, nullable=False),
    Column("shown_at", Text, nullable=False),
)

displaced_lives = Table(
    "displaced_lives",  # enrolled by us and forgotten: their number went to another machine meanwhile
    metadata,
    Column("kid", Text, primary_key=True),
    Column("terminal", ForeignKey("terminals.id"), nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("jwk", JSON, nullable=False),
    Column("point", ForeignKey("points.id"), nullable=False),
    Column("vouched", Integer, nullable=False),
    Column("told", BigInteger, nullable=False, server_default="0"),
    Column("shown_at", Text, nullable=False),
)

forked_operations = Table(
    "forked_operations",  # of a chain that left ours: each waits for a person
    metadata,
    Column("terminal", Text, primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("link", LargeBinary, primary_key=True),
    Column("op", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("case_id", Text),
    Column("rev", Integer, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("settled_at", Text),
)
Index("ix_forked_operations_case_id", forked_operations.c.case_id)
