"""The demo county's pack, imported once for all tests by the real importer, and made the active one."""

from __future__ import annotations

import hashlib
import json
import secrets
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import zstandard
from sqlalchemy import Connection

from central.demo import county
from central.demo.county import DemoVariant
from kiosk.store import packs
from kiosk.store.database import KioskDatabase
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.tables import active_pack
from sync.wire.keys import SigningKey
from sync.wire.manifest import Manifest

ISSUER, MEMBERS = SigningKey(bytes(32)), SigningKey(bytes([1] * 32))
"""Sign the coupons and the member cards of the demo pack."""


@dataclass(frozen=True)
class BuiltCache:
    path: Path
    key: bytes
    manifest: Manifest


@cache
def demo_cache(as_of: datetime, variant: DemoVariant = DemoVariant.FIRST) -> BuiltCache:
    folder = Path(tempfile.mkdtemp(prefix="demo-pack-"))
    issuers = (
        {"t": "issuer_key", "id": key.kid, "jwk": key.public.jwk(), "scopes": [scope]}
        for key, scope in ((ISSUER, "coupon"), (MEMBERS, "member"))
    )
    records = [*county.records(as_of, variant), *issuers]
    lines = b"".join(json.dumps(r, ensure_ascii=False).encode() + b"\n" for r in records)
    pack = folder / "pack.zst"
    pack.write_bytes(zstandard.compress(lines))
    manifest = Manifest(
        county=county.COUNTY,
        version="1",
        sha256=hashlib.sha256(pack.read_bytes()).hexdigest(),
        size=pack.stat().st_size,
        records=len(records),
        counts=dict(Counter(r["t"] for r in records)),
        as_of=as_of.isoformat(),
        expires_at=(as_of + timedelta(days=8)).isoformat(),
    )
    key = secrets.token_bytes(32)
    packs.build(pack, manifest, folder / "cache.db", key, lambda _done, _all: None)
    return BuiltCache(folder / "cache.db", key, manifest)


def use_demo_cache(database: KioskDatabase, built: BuiltCache, at: datetime) -> None:
    """Readers go over to the built file; the ledger says it is the active one."""

    def activate(conn: Connection) -> None:
        row = {
            "id": 1,
            "county": built.manifest.county,
            "version": built.manifest.version,
            "sha256": built.manifest.sha256,
            "file": built.path.name,
            "as_of": built.manifest.as_of,
            "expires_at": built.manifest.expires_at,
            "installed_at": at.isoformat(),
            "manifest": "",
        }
        conn.execute(active_pack.insert(), row)

    database.use_cache(open_engine(Source(built.path, built.key, Mode.READ)))
    database.run_sync(activate)
