"""Opens what a cut, a kill or a fault left, as the product does, and holds it against what was promised."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kiosk.store import cachefile, keystore, repair
from kiosk.store.engine import memory_engine
from kiosk.store.migrations import create
from kiosk.store.opening import Folders, Mended, open_store
from sync import leases, lines
from sync.errors import StoreError
from sync.journal import records
from sync.keystore import JOURNAL
from sync.wire.errors import BadSignature
from sync.wire.keys import PublicKey
from sync.wire.operation import chain_link_over, chain_start, seal_bytes
from tests.proof.cuts.deeds import FLOAT, NOTE
from tests.support.ledger import TERMINAL


@dataclass
class Promised:
    """All that the process told, up to some moment."""

    ops: dict[str, tuple[int, str]] = field(default_factory=dict)  # id → sequence number, link
    outcomes: dict[str, str] = field(default_factory=dict)
    high_water: int = 0
    granted: int | None = None
    enrolled: bool = False
    denied: set[str] = field(default_factory=set)  # operations said not to be recorded
    faults: Counter[str] = field(default_factory=Counter)
    bugs: list[str] = field(default_factory=list)
    notes: set[str] = field(default_factory=lambda: {""})  # what the note may hold, "" for none

    def hear(self, text: str) -> None:
        match json.loads(text):
            case {"op": str(op), "seq": int(seq), "link": str(link)}:
                self.ops[op] = (seq, link)
            case {"outcome": str(op), "is": str(outcome)}:
                self.outcomes[op] = outcome
            case {"high_water": int(seq)}:
                self.high_water = seq
            case {"granted": int(number)}:
                self.granted = number
            case {"enrolled": _}:
                self.enrolled = True
            case {"writing": str(digest)}:
                self.notes = {*self.notes, digest}
            case {"note": str(digest)}:
                self.notes = {digest}
            case {"denied": str(op)}:
                self.denied.add(op)
            case {"fault": str(kind)}:
                self.faults[kind] += 1
            case {"bug": str(trace)}:
                self.bugs.append(trace)
            case {"begun": _} | {"ended": _}:
                pass
            case other:
                raise AssertionError(other)


@dataclass(frozen=True)
class Finding:
    """`lost`: promised and not there; `violations`: everything else that must not be."""

    lost: tuple[str, ...]
    violations: tuple[str, ...]
    mended: tuple[Mended, ...] = ()

    @property
    def is_clean(self) -> bool:
        return not self.lost and not self.violations


class Auditor:
    """Remembers which seals it has verified: the same operations come back at every cut."""

    def __init__(self, key: PublicKey) -> None:
        self._key = key
        self._verified: set[tuple[bytes, bytes]] = set()

    def check(self, home: Path, promised: Promised, *, thorough: bool = False) -> Finding:
        """`thorough`: also rebuilds a ledger from the journal alone."""
        folders = Folders.of(home / "data")
        keys = keystore.obfuscated(folders.data / "keys.json")
        try:
            with _no_pack():
                opened = open_store(folders, keys)
        except StoreError as error:
            return Finding((), (f"does not open: {type(error).__name__} {error}",))
        try:
            read = opened.database.read_sync
            lost, ghosts = read(lambda conn: (tuple(_lost(conn, promised)), tuple(_ghosts(conn, promised))))
            if (note := _digest(folders.data / NOTE)) not in promised.notes:
                lost = (*lost, f"the note is {note[:8]}")
            wrong = (*promised.bugs, *ghosts, *read(lambda conn: tuple(self._wrong(conn))))
            key = keys.get(JOURNAL)
            assert key is not None
            said = list(records(folders.journal, key))
            wrong += tuple(read(lambda conn: tuple(_disagreements(conn, said, opened.mended))))
            if thorough:
                wrong += tuple(read(lambda conn: tuple(_differs_when_rebuilt(conn, said))))
        except StoreError as error:
            return Finding((), (f"does not read: {type(error).__name__} {error}",), opened.mended)
        finally:
            opened.database.close()
        return Finding(lost, wrong, opened.mended)

    def _wrong(self, conn: Connection) -> Iterator[str]:
        for pragma in ("PRAGMA integrity_check", "PRAGMA cipher_integrity_check"):
            yield from (row[0] for row in conn.exec_driver_sql(pragma) if row[0] != "ok")
        yield from self._chain_faults(conn)
        counted = "SELECT coalesce(sum(amount), 0) FROM lease_spends s WHERE s.lease = l.id"
        for row in conn.exec_driver_sql(f"SELECT id, spent, ({counted}) FROM leases l"):
            if row[1] != row[2]:
                yield f"lease {row[0]}: counter {row[1]}, spends {row[2]}"
        for table in ("lease_spends", "slips", "till_moves", "marks", "outcomes"):
            orphans = f"SELECT count(*) FROM {table} WHERE op_id NOT IN (SELECT op_id FROM operations)"
            if count := conn.exec_driver_sql(orphans).scalar_one():
                yield f"{count} of {table} without their operation"

    def _chain_faults(self, conn: Connection) -> Iterator[str]:
        link = chain_start(TERMINAL, 1)
        query = "SELECT seq, header, payload, payload_hash, link, seal FROM operations ORDER BY seq"
        for place, (seq, header, payload, digest, found, seal) in enumerate(conn.exec_driver_sql(query), 1):
            if payload is not None and hashlib.sha256(payload).digest() != digest:
                yield f"operation {seq}: other bytes"
            link = chain_link_over(link, header, digest)
            if (seq, link) != (place, found):
                yield f"the chain breaks at {seq}"
                return
            if (link, seal) not in self._verified:
                try:
                    self._key.verify(seal, seal_bytes(TERMINAL, 1, seq, link))
                except BadSignature:
                    yield f"operation {seq}: the seal does not verify"
                self._verified.add((link, seal))


def _lost(conn: Connection, promised: Promised) -> Iterator[str]:
    there = {
        op: (seq, link.hex())
        for op, seq, link in conn.exec_driver_sql("SELECT op_id, seq, link FROM operations")
    }
    for op, known in promised.ops.items():
        if there.get(op) != known:
            yield f"operation {known[0]}"
    said = dict(_pairs(conn, "SELECT op_id, outcome FROM outcomes"))
    for op, outcome in promised.outcomes.items():
        if said.get(op) != outcome:
            yield f"outcome of {op}"
    water = conn.exec_driver_sql("SELECT high_water FROM identity").scalar_one_or_none()
    if promised.enrolled and water is None:
        yield "the enrolment"
    if (water or 0) < promised.high_water:
        yield f"high water {promised.high_water}"
    lease = leases.by_id(conn, f"L-{FLOAT}")
    if promised.granted is not None and (lease is None or lease.rev <= promised.granted):
        yield f"grant {promised.granted}"


def _ghosts(conn: Connection, promised: Promised) -> Iterator[str]:
    """Said not to be recorded, and there all the same: central would settle what the screen denied."""
    for (op,) in conn.exec_driver_sql("SELECT op_id FROM operations"):
        if op in promised.denied:
            yield f"operation {op} was said not to be recorded"


def _disagreements(
    conn: Connection, said: list[tuple[int, bytes]], mended: tuple[Mended, ...]
) -> Iterator[str]:
    kept = dict(_pairs(conn, "SELECT n, line FROM journal_lines"))
    if kept and (not said or said[-1][0] != max(kept)):
        yield f"journal ends at {said[-1][0] if said else 0}, ledger at {max(kept)}"
    if any(n in kept and kept[n] != line for n, line in said):
        yield "a journal line differs from the ledger's"
    told = {one["header"] for _, line in said for one in lines.read(line) if one["t"] == "op"}
    whole = said and said[0][0] == 1
    here = {header.decode() for (header,) in conn.exec_driver_sql("SELECT header FROM operations")}
    if whole and told != here:
        yield f"journal and ledger differ in {len(told ^ here)} operations"


def _differs_when_rebuilt(conn: Connection, said: list[tuple[int, bytes]]) -> Iterator[str]:
    """The journal alone gives the same operations, outcomes and leases again."""
    asked = (
        "SELECT op_id, seq, header, payload_hash, link, seal FROM operations ORDER BY seq",
        "SELECT op_id, outcome, rev FROM outcomes ORDER BY op_id",
        "SELECT id, amount, spent, returned, uses, blind, rev, state FROM leases ORDER BY id",
        "SELECT n, fen, op_id FROM till_moves ORDER BY n",
        "SELECT number, op_id FROM slips ORDER BY number",
    )
    engine = memory_engine(create)
    try:
        with engine.connect() as fresh, fresh.begin():
            for _, line in said:
                for one in lines.read(line):
                    repair.replay(fresh, one)
            leases.recount(fresh)
            for query in asked:
                if fresh.exec_driver_sql(query).all() != conn.exec_driver_sql(query).all():
                    yield f"rebuilt from the journal it differs: {query}"
    finally:
        engine.dispose()


@contextmanager
def _no_pack() -> Iterator[None]:
    """No pack is read here, and making its tables takes longer than all the rest."""
    before = cachefile.empty
    cachefile.empty = lambda: memory_engine(lambda _conn: None)
    try:
        yield
    finally:
        cachefile.empty = before


def _pairs(conn: Connection, query: str) -> list[tuple[Any, Any]]:
    return [(row[0], row[1]) for row in conn.exec_driver_sql(query)]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
