"""A store with a catalogue: packs and changes made by hand, installed by the real importer."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import zstandard

from kiosk.store import search
from kiosk.store.catalogue import Catalogue
from sync.client import SignedManifest
from sync.packplan import Loaded
from sync.wire import canon
from sync.wire.manifest import Manifest, records_sha256
from tests.support.ledger import START, Ledger

COUNTY = "511602"
Record = dict[str, Any]


def good(n: int, title: str, **more: object) -> Record:
    base = {
        "t": "good",
        "id": f"g{n}",
        "title": title,
        "spec": "500g 袋装",
        "department": f"d{n % 2}",
        "category": ["食品", "粮油"],
        "price_fen": 980,
    }
    return base | more


def item(n: int, title: str) -> Record:
    return {"t": "item", "id": f"i{n}", "title": title, "department": "公安分局", "keywords": ["办证"]}


def key(record: Record) -> tuple[str, str]:
    return record["t"], record["id"]


def packed(records: list[Record], version: str = "1") -> tuple[SignedManifest, bytes]:
    lines = {key(record): canon.encode(record) for record in records}
    data = zstandard.compress(b"".join(canon.encode(record) + b"\n" for record in records))
    manifest = Manifest(
        county=COUNTY,
        version=version,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        records=len(records),
        counts=dict(Counter(record["t"] for record in records)),
        as_of="2026-03-01T00:00:00Z",
        expires_at="2026-04-01T00:00:00Z",
        number=int(version),
        records_sha256=records_sha256(hashlib.sha256(lines[one]).digest() for one in sorted(lines)),
    )
    return SignedManifest(manifest, "token"), data


def changes(before: list[Record], after: list[Record]) -> list[Record]:
    """What leads from one pack to the other."""
    old, new = ({key(record): record for record in records} for records in (before, after))
    put = [record for one, record in new.items() if old.get(one) != record]
    return put + [{"t": "gone", "of": t, "id": name} for t, name in old if (t, name) not in new]


class Shelf:
    """Progress is kept to be looked at."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self.ledger = ledger
        self.folder = folder
        self.progress: list[tuple[int, int]] = []

    def install(self, signed: SignedManifest, data: bytes, delta: Manifest | None = None) -> None:
        path = self.folder / "pack"
        path.write_bytes(data)
        asyncio.run(self.catalogue().install(Loaded(signed, path, delta)))

    def patch(self, records: list[Record], *lines: Record, base: str = "1", version: str = "2") -> None:
        """Installs `records` by the changes alone that are said to lead to them."""
        whole, _ = packed(records, version)
        changed, data = packed(list(lines), version)
        delta = replace(changed.manifest, base=base, records_sha256=whole.manifest.records_sha256)
        self.install(whole, data, delta)

    def catalogue(self) -> Catalogue:
        cache_key = self.ledger.opened.cache_key
        return Catalogue(self.ledger.db, cache_key, lambda: START, lambda *step: self.progress.append(step))

    def find(self, kind: str, query: str, **more: Any) -> tuple[str, ...]:
        return self.ledger.db.read_cache_sync(lambda conn: search.find(conn, kind, query, **more)).ids

    def files(self) -> list[Path]:
        return sorted(self.ledger.folders.data.glob("cache-*"))


def overwrite(path: Path, page: int, pages: int = 1) -> None:
    """Noise where the disk had data."""
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x5a" * 4096 * pages)
