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
)

UPGRADES: tuple[tuple[Statement, ...], ...] = (TO_2,)
"""The first brings version 1 to version 2."""
