"""Reads a pack and builds a new cache file from it, record by record, in small statements."""

import json
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from kiosk.store import search
from kiosk.store.cachefile import create_tables
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.faults import BadPack, translated
from kiosk.store.tables import RECORDS
from sync.wire.manifest import Manifest

ROWS_A_STATEMENT = 200
LINES_A_TRANSACTION = 5000
LONGEST_LINE = 1024 * 1024
_CHUNK = 64 * 1024
_SEARCHED = ("title", "department")
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
            passed_by = _fill(conn, pack, manifest.records, progress)
            with conn.begin():
                _check(conn, manifest, passed_by)
    except BaseException:
        engine.dispose()
        target.unlink(missing_ok=True)
        raise
    engine.dispose()
    with translated(target), target.open("rb+") as file:
        os.fsync(file.fileno())


def _fill(conn: Connection, pack: Path, expected: int, progress: Progress) -> int:
    """Nobody else has this file open, so a transaction may be long; what runs at a stretch stays short.

    How many records of a later version's kinds it passed by.
    """
    lines = read_lines(pack)
    waiting: dict[str, list[Parsed]] = {}
    done = passed_by = 0
    while page := list(islice(lines, LINES_A_TRANSACTION)):
        with conn.begin():
            for line in page:
                record = _parse(line)
                if record["t"] not in RECORDS:
                    passed_by += 1
                    continue
                rows = waiting.setdefault(record["t"], [])
                rows.append((record, line.decode()))
                if len(rows) >= ROWS_A_STATEMENT:
                    _write(conn, record["t"], rows)
                    rows.clear()
            for kind, rows in waiting.items():
                _write(conn, kind, rows)
            waiting.clear()
        done += len(page)
        progress(done, expected)
    return passed_by


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


def _no_float(text: str) -> None:
    raise ValueError(f"not an integer: {text[:32]}")


_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def _parse(line: bytes) -> Record:
    try:
        record = _DECODER.decode(line.decode())
    except (ValueError, RecursionError) as error:
        raise BadPack(f"not a record: {line[:60]!r}") from error
    if not isinstance(record, dict) or not all(isinstance(record.get(name), str) for name in ("t", "id")):
        raise BadPack(f"not a record with kind and id: {line[:60]!r}")
    if record["t"] in search.INDEXED and not all(isinstance(record.get(name), str) for name in _SEARCHED):
        raise BadPack(f"a record that cannot be searched: {line[:60]!r}")
    found: Record = record
    return found


def _write(conn: Connection, kind: str, rows: list[Parsed]) -> None:
    if not rows:
        return
    table = RECORDS[kind]
    names = [column.name for column in table.columns if column.name not in ("n", "body")]
    marks = ", ".join("?" * (len(names) + 1))
    statement = f"INSERT INTO {table.name} ({', '.join(names)}, body) VALUES ({marks})"  # noqa: S608
    values = [(*(_text(record.get(name)) for name in names), body) for record, body in rows]
    try:
        conn.exec_driver_sql(statement, values)
    except IntegrityError as error:
        raise BadPack(f"two records of {kind} with one id") from error
    if kind in search.INDEXED:
        last: int = conn.exec_driver_sql(f"SELECT max(n) FROM {table.name}").scalar_one()  # noqa: S608
        search.index(conn, kind, last - len(rows) + 1, [record for record, _ in rows])
    if kind == "good":
        pictures = {_text(record.get("picture")) for record, _ in rows} - {None}
        for picture in pictures:
            conn.exec_driver_sql("INSERT OR IGNORE INTO good_pictures (sha256) VALUES (?)", (picture,))


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise BadPack(f"not text: {str(value)[:40]!r}")


def _check(conn: Connection, manifest: Manifest, passed_by: int) -> None:
    total = passed_by
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
