"""Central's signed words as they are kept here, and what is shown of them to a central that lost its past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from sync import lines
from sync.tables import proofs
from sync.transfer import Chain, chain_at, prune_mark
from sync.wire.answers import Changes
from sync.wire.evidence import Bare, BareRun

if TYPE_CHECKING:  # no start waits for the line
    from sync.client import SignedForks

KEPT_SHAPES = frozenset({"outcome", "case", "grant", "operator"})
MOST_PLACES = 2000


@dataclass(frozen=True)
class Owed:
    """Where the next page of the evidence begins."""

    from_seq: int  # of the chain: central holds what is before
    ack: int = 0  # rows shown so far
    proof: int = 0
    lease: str = ""

    @classmethod
    def everything(cls) -> Owed:
        return cls(1)


@dataclass(frozen=True)
class Page:
    tokens: tuple[str, ...]
    rest: Owed | None  # None: this is the last


def keep(conn: Connection, chain: Chain, changes: Changes, token: str, at: str) -> None:
    """A page of the stream that says something central must not forget; read again, it is kept once."""
    if not any(item["t"] in KEPT_SHAPES for item in changes.items):
        return
    row = {
        "terminal": chain.terminal,
        "cursor": changes.cursor,
        "upto": max([0, *_places(changes)]),
        "received_at": at,
        "token": token,
    }
    if not _is_kept(conn, changes):
        lines.put(conn, proofs, row)


def _is_kept(conn: Connection, changes: Changes) -> bool:
    """By what it says: another signature comes with every reading."""
    from sync.wire.token import peek  # no start waits for its library

    here = (proofs.c.terminal == changes.terminal) & (proofs.c.cursor == changes.cursor)
    kept = conn.execute(select(proofs.c.token).where(here)).scalars()
    return any(peek(text).get("items") == list(changes.items) for text in kept)


def _places(changes: Changes) -> Iterator[int]:
    """Of outcomes; one that cannot be read is reported elsewhere and in nobody's way."""
    for item in changes.items:
        if item["t"] == "outcome" and type(item.get("seq")) is int:
            yield item["seq"]


def keep_forks(conn: Connection, signed: SignedForks, at: str) -> None:
    """What central answered to operations that are not in its chain; no ack says it."""
    forks = signed.forks
    row = {
        "terminal": forks.terminal,
        "cursor": 0,
        "upto": max([0, *(one.seq for one in forks.results)]),
        "received_at": at,
        "token": signed.token,
    }
    lines.put(conn, proofs, row)


_ACKS = """
SELECT n, token FROM acks
WHERE terminal = ? AND incarnation = ? AND high_water >= ? AND n > ? ORDER BY n
"""
_PROOFS = "SELECT n, token FROM proofs WHERE terminal = ? AND n > ? ORDER BY n"
_GRANTS = "SELECT id, token FROM leases WHERE terminal = ? AND id > ? ORDER BY id"


def next_page(conn: Connection, chain: Chain, owed: Owed, room: int) -> Page:
    """Up to `room` bytes, but at least one token: the chain's acks, then the stream, then the leases.

    All above the prune mark: what central still holds it may have decided otherwise since its backup.
    """
    life, terminal = (chain.terminal, chain.incarnation), chain.terminal
    first = min(owed.from_seq, prune_mark(conn, chain) + 1)
    taken: list[str] = []
    ack, proof, lease, size = owed.ack, owed.proof, owed.lease, 0
    sources = (
        ("ack", conn.exec_driver_sql(_ACKS, (*life, first, ack))),
        ("proof", conn.exec_driver_sql(_PROOFS, (terminal, proof))),
        ("lease", conn.exec_driver_sql(_GRANTS, (terminal, lease))),
    )
    for source, rows in sources:
        for key, token in rows:
            if taken and size + len(token) > room:
                return Page(tuple(taken), Owed(owed.from_seq, ack, proof, lease))
            taken.append(token)
            size += len(token)
            ack = key if source == "ack" else ack
            proof = key if source == "proof" else proof
            lease = key if source == "lease" else lease
    return Page(tuple(taken), None)


_ERASED = """
SELECT seq, header, payload_hash, seal FROM operations
WHERE terminal = ?1 AND incarnation = ?2 AND seq >= ?3 AND seq < coalesce(
  (SELECT min(seq) FROM operations
   WHERE terminal = ?1 AND incarnation = ?2 AND seq >= ?3 AND payload IS NOT NULL), 1 << 60)
ORDER BY seq LIMIT ?4
"""


def erased_run(conn: Connection, chain: Chain, first_seq: int) -> BareRun | None:
    """The operations from there on whose payload is no longer here; None where the first one's is."""
    key = (chain.terminal, chain.incarnation, first_seq)
    rows = conn.exec_driver_sql(_ERASED, (*key, MOST_PLACES)).all()
    if not rows:
        return None
    places = tuple(Bare(header, hashed) for _, header, hashed, _ in rows)
    return BareRun(first_seq, chain_at(conn, chain, first_seq - 1), rows[-1][3], places)


@dataclass(frozen=True)
class Heard:
    """The old words of a life: before `before`; pages of the stream only from `since` until `until`."""

    before: str
    since: str
    until: str


# The newest ack is always kept: every push shows it.
_TRIM_ACKS = """
DELETE FROM acks WHERE n IN (
  SELECT n FROM acks WHERE terminal = ?1 AND incarnation = ?2 AND high_water <= ?3 AND received_at < ?4
    AND n < (SELECT max(n) FROM acks WHERE terminal = ?1 AND incarnation = ?2) LIMIT ?5)
"""
_TRIM_PROOFS = """
DELETE FROM proofs WHERE n IN (
  SELECT n FROM proofs WHERE terminal = ? AND upto <= ? AND received_at >= ? AND received_at < ? LIMIT ?)
"""


def trim(conn: Connection, chain: Chain, heard: Heard, most: int) -> int:
    """Central's words about what is under its prune mark, once they are older than any backup.

    A page of the stream names no life: it goes with the one in which it was heard. At most `most` of each.
    """
    mark, life = prune_mark(conn, chain), (chain.terminal, chain.incarnation)
    acks = conn.exec_driver_sql(_TRIM_ACKS, (*life, mark, heard.before, most)).rowcount
    while_alive = (heard.since, min(heard.before, heard.until))
    return acks + conn.exec_driver_sql(_TRIM_PROOFS, (chain.terminal, mark, *while_alive, most)).rowcount
