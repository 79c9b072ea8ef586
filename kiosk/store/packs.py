"""Reads a pack and builds a new cache file from it, in small transactions and small parses."""

import json
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import Connection

from kiosk.store import search
from kiosk.store.cachefile import create_tables
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.faults import translated
from kiosk.store.tables import RECORDS
from sync.errors import WorldError
from sync.wire.manifest import Manifest

ROWS_A_TRANSACTION = 200
LINES_A_PARSE = 1000
LONGEST_LINE = 1024 * 1024
_CHUNK = 64 * 1024
Progress = Callable[[int, int], None]  # records done, records in all
Record = dict[str, Any]
Row = tuple[Any, ...]


class BadPack(WorldError):
    """Signed and whole, but not a pack this program can read."""


def build(pack: Path, manifest: Manifest, target: Path, key: bytes, progress: Progress) -> None:
    """Leaves a checked, synced file at `target`, or none. Raises BadPack, StoreError."""
    engine = open_engine(Source(target, key, Mode.BUILD))
    try:
        with engine.connect() as conn:
            with conn.begin():
                create_tables(conn)
            _fill(conn, pack, manifest.records, progress)
            with conn.begin():
                _check(conn, manifest)
    except BaseException:
        engine.dispose()
        target.unlink(missing_ok=True)
        raise
    engine.dispose()
    with translated(target), target.open("rb+") as file:
        os.fsync(file.fileno())


def _fill(conn: Connection, pack: Path, expected: int, progress: Progress) -> None:
    lines = read_lines(pack)
    waiting: dict[str, list[tuple[Record, str]]] = {}
    done = 0
    while page := list(islice(lines, LINES_A_PARSE)):
        for line in page:
            record = _parse(line)
            kind = record["t"]
            rows = waiting.setdefault(kind, [])
            rows.append((record, line.decode()))
            if len(rows) >= ROWS_A_TRANSACTION:
                _write(conn, kind, waiting.pop(kind))
            done += 1
        progress(done, expected)
    for kind, rows in waiting.items():
        _write(conn, kind, rows)


def read_lines(pack: Path) -> Iterator[bytes]:
    """Raises BadPack, StoreError."""
    with translated(pack), pack.open("rb") as file:
        reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(file)
        rest = b""
        while True:
            try:
                chunk = reader.read(_CHUNK)
            except zstandard.ZstdError as error:
                raise BadPack("not zstd") from error
            if not chunk:
                break
            *whole, rest = (rest + chunk).split(b"\n")
            if len(rest) > LONGEST_LINE:
                raise BadPack("a line is too long")
            yield from whole
    if rest:
        raise BadPack("the last line is not ended")


def _parse(line: bytes) -> Record:
    try:
        record = json.loads(line, parse_float=_no_float)
    except (ValueError, RecursionError) as error:
        raise BadPack(f"not a record: {line[:60]!r}") from error
    if (
        not isinstance(record, dict)
        or record.get("t") not in RECORDS
        or not isinstance(record.get("id"), str)
    ):
        raise BadPack(f"not a record of a known kind: {line[:60]!r}")
    return record


def _no_float(text: str) -> None:
    raise ValueError(f"not an integer: {text[:32]}")


def _write(conn: Connection, kind: str, rows: list[tuple[Record, str]]) -> None:
    table = RECORDS[kind]
    names = [column.name for column in table.columns if column.name not in ("n", "body")]
    marks = ", ".join("?" * (len(names) + 1))
    statement = f"INSERT INTO {table.name} ({', '.join(names)}, body) VALUES ({marks})"  # noqa: S608
    with conn.begin():
        values = [(*(_text(record.get(name)) for name in names), body) for record, body in rows]
        conn.exec_driver_sql(statement, values)
        if kind in search.INDEXED:
            last: int = conn.exec_driver_sql(f"SELECT max(n) FROM {table.name}").scalar_one()  # noqa: S608
            search.index(conn, kind, last - len(rows) + 1, [record for record, _ in rows])


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise BadPack(f"not text: {str(value)[:40]!r}")


def _check(conn: Connection, manifest: Manifest) -> None:
    total = 0
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
