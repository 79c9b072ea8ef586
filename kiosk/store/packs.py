"""Reads a pack and builds a new cache file from it, record by record, in small statements."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from kiosk.store import search
from kiosk.store.cachefile import create_tables
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.faults import translated
from kiosk.store.tables import PICTURED, RECORDS
from sync.errors import BadPack
from sync.wire import zipped
from sync.wire.errors import Malformed
from sync.wire.files import sync_folder
from sync.wire.manifest import LONGEST_LINE, Manifest

ROWS_A_STATEMENT = 200
LINES_A_TRANSACTION = 5000
_SEARCHED = ("title", "department")
_PICTURE = (
    "INSERT INTO pictures (sha256, turn) VALUES (?, ?)"
    " ON CONFLICT (sha256) DO UPDATE SET turn = min(turn, excluded.turn)"
)
Progress = Callable[[int, int], None]  # records done, records in all
Record = dict[str, Any]
Parsed = tuple[Record, str]


def build(pack: Path, manifest: Manifest, target: Path, key: bytes, progress: Progress) -> None:
    """Leaves a checked, synced file at `target`, or none. Raises BadPack, StoreError."""
    if manifest.base is not None:
        raise BadPack(f"only what changed since {manifest.base}, not a whole pack")
    engine = open_engine(Source(target, key, Mode.BUILD))
    try:
        with engine.connect() as conn:
            with conn.begin():
                create_tables(conn)
            _fill(conn, pack, manifest.records, progress)
            with conn.begin():
                check(conn, manifest)
    except BaseException:
        engine.dispose()
        target.unlink(missing_ok=True)
        raise
    engine.dispose()
    settle(target)


def settle(target: Path) -> None:
    """The file and its name survive a power cut. Raises StoreError."""
    with translated(target):
        with target.open("rb+") as file:
            os.fsync(file.fileno())
        sync_folder(target.parent)


def _fill(conn: Connection, pack: Path, expected: int, progress: Progress) -> None:
    """Nobody else has this file open, so a transaction may be long; what runs at a stretch stays short."""
    lines = read_lines(pack)
    waiting: dict[str, list[Parsed]] = {}
    done = 0
    while page := list(islice(lines, LINES_A_TRANSACTION)):
        with conn.begin():
            for line in page:
                record = parse(line)
                rows = waiting.setdefault(record["t"], [])
                rows.append((record, line.decode()))
                if len(rows) >= ROWS_A_STATEMENT:
                    write(conn, record["t"], rows)
                    rows.clear()
            for kind, rows in waiting.items():
                write(conn, kind, rows)
            waiting.clear()
        done += len(page)
        progress(done, expected)


def read_lines(pack: Path) -> Iterator[bytes]:
    """Raises BadPack, StoreError."""
    with translated(pack), pack.open("rb") as file:
        try:
            yield from zipped.lines(file, LONGEST_LINE)
        except Malformed as error:
            raise BadPack(str(error)) from error


def _no_float(text: str) -> None:
    raise ValueError(f"not an integer: {text[:32]}")


_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def parse(line: bytes) -> Record:
    try:
        record = _DECODER.decode(line.decode())
        if b"\\u" in line:
            json.dumps(record, ensure_ascii=False).encode()  # half a pair is no text, and no file takes it
    except (ValueError, RecursionError) as error:
        raise BadPack(f"not a record: {line[:60]!r}") from error
    if not isinstance(record, dict) or not all(isinstance(record.get(name), str) for name in ("t", "id")):
        raise BadPack(f"not a record with kind and id: {line[:60]!r}")
    if record["t"] in search.INDEXED and not all(isinstance(record.get(name), str) for name in _SEARCHED):
        raise BadPack(f"a record that cannot be searched: {line[:60]!r}")
    found: Record = record
    return found


def write(conn: Connection, kind: str, rows: Sequence[Parsed], numbers: Sequence[int] | None = None) -> None:
    """New records, numbered on from the last where no numbers are given. Raises BadPack."""
    if not rows:
        return
    try:
        if kind not in RECORDS:
            _pass_by(conn, kind, rows)
            return
        numbers = numbers or _next(conn, kind, len(rows))
        _insert(conn, kind, rows, numbers)
    except IntegrityError as error:
        raise BadPack(f"two records of {kind} with one id") from error
    if kind in search.INDEXED:
        search.index(conn, kind, [(n, record) for n, (record, _) in zip(numbers, rows, strict=True)])
    if kind in PICTURED:
        pictures = {_text(record.get("picture")) for record, _ in rows} - {None}
        for picture in pictures:
            conn.exec_driver_sql(_PICTURE, (picture, PICTURED.index(kind)))


def _insert(conn: Connection, kind: str, rows: Sequence[Parsed], numbers: Sequence[int]) -> None:
    table = RECORDS[kind]
    names = [column.name for column in table.columns if column.name not in ("n", "body")]
    marks = ", ".join("?" * (len(names) + 2))
    statement = f"INSERT INTO {table.name} (n, {', '.join(names)}, body) VALUES ({marks})"  # noqa: S608
    values = [
        (n, *(_text(record.get(name)) for name in names), body)
        for n, (record, body) in zip(numbers, rows, strict=True)
    ]
    conn.exec_driver_sql(statement, values)


def _next(conn: Connection, kind: str, count: int) -> range:
    sql = f"SELECT coalesce(max(n), 0) + 1 FROM {RECORDS[kind].name}"  # noqa: S608
    first: int = conn.exec_driver_sql(sql).scalar_one()
    return range(first, first + count)


def _pass_by(conn: Connection, kind: str, rows: Sequence[Parsed]) -> None:
    """A kind of a later version: only what proves that it was there."""
    values = [(kind, record["id"], hashlib.sha256(body.encode()).digest()) for record, body in rows]
    conn.exec_driver_sql("INSERT INTO others (t, id, sha256) VALUES (?, ?, ?)", values)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise BadPack(f"not text: {str(value)[:40]!r}")


def check(conn: Connection, manifest: Manifest) -> None:
    """What the whole pack's manifest promises of the file. Raises BadPack."""
    total: int = conn.exec_driver_sql("SELECT count(*) FROM others").scalar_one()
    for kind, table in RECORDS.items():
        found: int = conn.exec_driver_sql(f"SELECT count(*) FROM {table.name}").scalar_one()  # noqa: S608
        if found != manifest.counts.get(kind, 0):
            raise BadPack(f"{found} records of {kind}, promised are {manifest.counts.get(kind, 0)}")
        total += found
    if total != manifest.records:
        raise BadPack(f"{total} records, promised are {manifest.records}")
    verdict = conn.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if verdict != "ok":
        raise BadPack(f"the new file is not sound: {verdict}")
