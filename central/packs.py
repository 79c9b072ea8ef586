"""A county's signed reference data: its records, the packs built from them, and what changed between two."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from central import changes
from central.tables import pack_records, packs
from sync.wire import canon, zipped
from sync.wire.encoding import instant
from sync.wire.errors import WireError
from sync.wire.files import write_whole
from sync.wire.manifest import LONGEST_LINE, Manifest, records_sha256

LEVEL = 12
VALID_DAYS = 30
FROM_LAST, TO_LAST = 60, 3
"""Packs back that a delta begins at and leads to; who has an older one takes the whole: nobody makes us press
every pair there could be."""
_ROWS = 500


class Unreadable(Exception):
    """A pack's file is not what was built."""


def put_records(conn: Connection, county: str, records: Iterable[Mapping[str, Any]]) -> int:
    """New and changed records go into the next pack; returns how many there are."""
    columns = (pack_records.c.t, pack_records.c.id, pack_records.c.line)
    query = select(*columns).where(pack_records.c.county == county)
    known: dict[tuple[str, str], bytes] = {(t, i): bytes(line) for t, i, line in conn.execute(query)}
    position = _last_position(conn, county)
    fresh: list[dict[str, Any]] = []
    changed = 0
    for record in records:
        key, line = (str(record["t"]), str(record["id"])), canon.encode(dict(record))
        if known.get(key) == line:
            continue
        changed += 1
        if key in known:
            conn.execute(update(pack_records).where(_key(county, *key)).values(line=line))
        else:
            position += 1
            fresh.append({"county": county, "t": key[0], "id": key[1], "position": position, "line": line})
            known[key] = line
    for start in range(0, len(fresh), _ROWS):
        conn.execute(insert(pack_records), fresh[start : start + _ROWS])
    return changed


def drop_records(conn: Connection, county: str, keys: Iterable[tuple[str, str]]) -> None:
    for t, record_id in keys:
        conn.execute(delete(pack_records).where(_key(county, t, record_id)))


def record(conn: Connection, county: str, t: str, record_id: str) -> dict[str, Any] | None:
    """A record as the next pack will say it."""
    query = select(pack_records.c.line).where(_key(county, t, record_id))
    line = conn.execute(query).scalar_one_or_none()
    return None if line is None else canon.decode_object(bytes(line))


def build(conn: Connection, folder: Path, county: str, at: datetime) -> Manifest:
    """The next pack, from all records as they are now; terminals of the county hear of it."""
    number = _newest_number(conn, county) + 1
    version = f"{at:%Y%m%d}-{number}"
    proof: dict[tuple[str, str], bytes] = {}
    data, counts = _press(_hashing(_lines(conn, county), proof))
    manifest = Manifest(
        county=county,
        version=version,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        records=counts.total(),
        counts=dict(counts),
        as_of=instant(at),
        expires_at=instant(at + timedelta(days=VALID_DAYS)),
        number=number,
        records_sha256=records_sha256(proof[key] for key in sorted(proof)),
    )
    _write(file_of(folder, county, version), data)
    conn.execute(
        insert(packs).values(
            county=county,
            number=number,
            version=version,
            sha256=manifest.sha256,
            manifest=manifest.payload(),
            built_at=instant(at),
        )
    )
    changes.publish_to_county(conn, county, [item(manifest)], at)
    return manifest


def pair(conn: Connection, county: str, base: str, to: str | None) -> tuple[Manifest, Manifest]:
    """Of a delta that is made for who asks; without `to` to the newest pack. Raises Unreadable."""
    newest_ = _newest_number(conn, county)
    known = _since(conn, county, base, newest_ - FROM_LAST)
    query = select(packs.c.version).where(packs.c.county == county, packs.c.number == newest_)
    wanted = to or conn.execute(query).scalar_one_or_none()
    latest = None if wanted is None else _since(conn, county, wanted, newest_ - TO_LAST)
    if known is None or latest is None:
        raise Unreadable("no such versions")
    return known, latest


def _since(conn: Connection, county: str, version: str, number: int) -> Manifest | None:
    here = (packs.c.county == county) & (packs.c.version == version) & (packs.c.number > number)
    return _manifest(conn.execute(select(packs.c.manifest).where(here)).scalar_one_or_none())


def delta(folder: Path, base: Manifest, latest: Manifest) -> tuple[Manifest, Path]:
    """What a terminal with pack `base` must put and forget to hold `latest`; worked out once, then kept.
    Raises Unreadable."""
    path = folder / f"{latest.county}-{base.version}-to-{latest.version}.ndjson.zst"
    kept = path.with_suffix(".manifest")  # written last: it is there only when the whole is
    if kept.exists():
        return Manifest.parse(canon.decode(kept.read_bytes())), path
    before, after = (_shapes(file_of(folder, m.county, m.version)) for m in (base, latest))
    lines = [line for key, line in after.items() if before.get(key) != line]
    lines += [canon.encode({"t": "gone", "of": t, "id": i}) for t, i in before if (t, i) not in after]
    data, counts = _press(lines)
    manifest = replace(
        latest,
        base=base.version,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        records=counts.total(),
        counts=dict(counts),
    )
    _write(path, data)
    _write(kept, canon.encode(manifest.payload()))
    return manifest, path


def newest(conn: Connection, county: str) -> Manifest | None:
    query = select(packs.c.manifest).where(packs.c.county == county).order_by(packs.c.number.desc()).limit(1)
    return _manifest(conn.execute(query).scalar_one_or_none())


def manifest_of(conn: Connection, county: str, version: str) -> Manifest | None:
    query = select(packs.c.manifest).where(packs.c.county == county, packs.c.version == version)
    return _manifest(conn.execute(query).scalar_one_or_none())


def item(manifest: Manifest) -> dict[str, Any]:
    return {"t": "pack", "county": manifest.county, "version": manifest.version}


def file_of(folder: Path, county: str, version: str) -> Path:
    return folder / f"{county}-{version}.ndjson.zst"


def read_lines(path: Path) -> Iterator[bytes]:
    """Raises Malformed, OSError."""
    with path.open("rb") as file:
        yield from zipped.lines(file, LONGEST_LINE)


def _manifest(payload: Any) -> Manifest | None:
    return None if payload is None else Manifest.parse(payload)


def _lines(conn: Connection, county: str) -> Iterator[bytes]:
    query = select(pack_records.c.line).where(pack_records.c.county == county)
    ordered = query.order_by(pack_records.c.position)
    yield from (bytes(line) for line in conn.execute(ordered).yield_per(_ROWS).scalars())


def _hashing(lines: Iterable[bytes], into: dict[tuple[str, str], bytes]) -> Iterator[bytes]:
    """Lets the lines through and keeps the hash of each."""
    for line in lines:
        shape = canon.decode_object(line)
        into[shape["t"], shape["id"]] = hashlib.sha256(line).digest()
        yield line


def _shapes(path: Path) -> dict[tuple[str, str], bytes]:
    shapes = {}
    try:
        for line in read_lines(path):
            record = canon.decode_object(line)
            shapes[record["t"], record["id"]] = line
    except (OSError, WireError) as error:
        raise Unreadable(path.name) from error
    return shapes


def _press(lines: Iterable[bytes]) -> tuple[bytes, Counter[str]]:
    counts: Counter[str] = Counter()

    def counted() -> Iterator[bytes]:
        for line in lines:
            counts[canon.decode_object(line)["t"]] += 1
            yield line

    return b"".join(zipped.pressed(counted(), LEVEL)), counts


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")  # two may work out the same delta
    write_whole(path, data, part)


def _key(county: str, t: str, record_id: str) -> Any:
    return (pack_records.c.county == county) & (pack_records.c.t == t) & (pack_records.c.id == record_id)


def _newest_number(conn: Connection, county: str) -> int:
    query = select(func.coalesce(func.max(packs.c.number), 0)).where(packs.c.county == county)
    return int(conn.execute(query).scalar_one())


def _last_position(conn: Connection, county: str) -> int:
    query = select(func.coalesce(func.max(pack_records.c.position), 0)).where(pack_records.c.county == county)
    return int(conn.execute(query).scalar_one())
