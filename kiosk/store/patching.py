"""Builds a new cache file from the active one and a delta, and proves that it is the whole pack."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from kiosk.store import packs, search
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.faults import translated
from kiosk.store.packs import Parsed, Progress
from kiosk.store.tables import PICTURED, RECORDS
from sync.errors import BadPack
from sync.wire.manifest import Manifest, records_sha256

LINES_A_PAGE = 200
GONE = "gone"
_SHOWN = " UNION ".join(
    f"SELECT json_extract(body, '$.picture') AS one FROM {RECORDS[kind].name}"  # noqa: S608
    for kind in PICTURED
)
_OLD_PICTURES = f"DELETE FROM pictures WHERE sha256 NOT IN (SELECT one FROM ({_SHOWN}) WHERE one IS NOT NULL)"  # noqa: S608


@dataclass(frozen=True)
class Patch:
    """A delta that has come down, and the manifest of the pack it leads to."""

    path: Path
    manifest: Manifest
    whole: Manifest


def build(base: Path, delta: Patch, target: Path, key: bytes, progress: Progress) -> None:
    """Leaves a checked, synced file at `target`, or none; `base` stays. Raises BadPack, StoreError."""
    try:
        with translated(target):
            shutil.copyfile(base, target)
        engine = open_engine(Source(target, key, Mode.BUILD))
        try:
            with engine.connect() as conn:
                _apply(conn, delta, progress)
                with conn.begin():
                    packs.check(conn, delta.whole)
                    _prove(conn, delta.whole)
        finally:
            engine.dispose()
        packs.settle(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _apply(conn: Connection, delta: Patch, progress: Progress) -> None:
    lines, done, shown = packs.read_lines(delta.path), 0, False
    while page := list(islice(lines, LINES_A_PAGE)):
        with conn.begin():
            shown = _turn(conn, page) or shown
        done += len(page)
        progress(done, delta.manifest.records)
    if done != delta.manifest.records:
        raise BadPack(f"{done} changes, promised are {delta.manifest.records}")
    if shown:
        with conn.begin():
            conn.exec_driver_sql(_OLD_PICTURES)


def _turn(conn: Connection, page: list[bytes]) -> bool:
    """Whether any of them may have shown a picture."""
    put: dict[str, list[Parsed]] = {}
    gone: dict[str, list[str]] = {}
    for line in page:
        record = packs.parse(line)
        if record["t"] == GONE:
            if not isinstance(record.get("of"), str):
                raise BadPack("something is gone, and it is not said what")
            gone.setdefault(record["of"], []).append(record["id"])
        else:
            put.setdefault(record["t"], []).append((record, line.decode()))
    for kind, ids in gone.items():
        if len(_take_out(conn, kind, ids)) != len(ids):
            raise BadPack(f"a record of {kind} is gone that was never there")
    for kind, rows in put.items():
        _put(conn, kind, rows)
    return any(kind in put or kind in gone for kind in PICTURED)


def _put(conn: Connection, kind: str, rows: list[Parsed]) -> None:
    """What changed keeps its place in the pack, what is new comes last."""
    known = _take_out(conn, kind, [record["id"] for record, _ in rows])
    before = [row for row in rows if row[0]["id"] in known]
    packs.write(conn, kind, before, [known[record["id"]] for record, _ in before])
    packs.write(conn, kind, [row for row in rows if row[0]["id"] not in known])


def _take_out(conn: Connection, kind: str, ids: list[str]) -> dict[str, int]:
    """Where the records were that are taken out now."""
    marks = ", ".join("?" * len(ids))
    if kind not in RECORDS:
        where = f"others WHERE t = ? AND id IN ({marks})"
        found = conn.exec_driver_sql(f"SELECT id FROM {where}", (kind, *ids)).scalars()  # noqa: S608
        numbers = dict.fromkeys(found, 0)
        conn.exec_driver_sql(f"DELETE FROM {where}", (kind, *ids))  # noqa: S608
        return numbers
    where = f"{RECORDS[kind].name} WHERE id IN ({marks})"
    rows = conn.exec_driver_sql(f"SELECT n, id, body FROM {where}", tuple(ids)).all()  # noqa: S608
    if rows and kind in search.INDEXED:
        search.forget(conn, kind, [(row.n, json.loads(row.body)) for row in rows])
    conn.exec_driver_sql(f"DELETE FROM {where}", tuple(ids))  # noqa: S608
    return {row.id: row.n for row in rows}


def _prove(conn: Connection, whole: Manifest) -> None:
    found = records_sha256(_line_hashes(conn))
    if found != whole.records_sha256:
        raise BadPack(f"the changes do not lead to {whole.version}: {found}")


def _line_hashes(conn: Connection) -> Iterator[bytes]:
    later = set(conn.exec_driver_sql("SELECT DISTINCT t FROM others").scalars())
    for kind in sorted(RECORDS.keys() | later):
        if kind in RECORDS:
            bodies = conn.exec_driver_sql(f"SELECT body FROM {RECORDS[kind].name} ORDER BY id")  # noqa: S608
            for page in bodies.scalars().partitions(LINES_A_PAGE):
                yield from (hashlib.sha256(body.encode()).digest() for body in page)
        else:
            hashes = "SELECT sha256 FROM others WHERE t = ? ORDER BY id"
            yield from conn.exec_driver_sql(hashes, (kind,)).scalars()
