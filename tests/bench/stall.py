"""The longest the window stands still while 10,000 operations go up and a pack of 100,000 rows comes in."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import zstandard

from central.demo import county as demo
from central.demo.county import DemoVariant
from sync.wire.encoding import instant
from sync.wire.manifest import Manifest
from tests.bench import county
from tests.bench.figures import ROUNDS, Figure, below, percentile, reported
from tests.bench.program import ROOT, environment
from tests.bench.push import OPERATIONS

LONGEST_MS, USUAL_MS = 50, 16
Gaps = dict[str, list[float]]


def measure() -> list[Figure]:
    rounds = [_round() for _ in range(ROUNDS)]
    figures = [reported("stall: idle, longest", min(max(one["idle"]) for one in rounds), "ms")]
    for name, work in (("push", f"{OPERATIONS:,} operations pushed"), ("import", "100,000 rows imported")):
        longest = [max(one[name]) for one in rounds]
        usual = [percentile(one[name], 0.99) for one in rounds]
        figures += [
            below(f"stall: {work}, longest", min(longest), "ms", LONGEST_MS),
            below(f"stall: {work}, 99 %", min(usual), "ms", USUAL_MS),
            reported(f"stall: {work}, longest of all rounds", max(longest), "ms"),
        ]
    return figures


def _round() -> Gaps:
    with tempfile.TemporaryDirectory(prefix="bench-stall-") as name:
        here = county.prepared(OPERATIONS).copy(Path(name))
        with county.central_beside(here):
            words = ["-m", "tests.bench.stall_app", str(here.root / "kiosk"), str(large_pack())]
            done = subprocess.run(
                [sys.executable, *words],
                check=True,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env=environment(),
            )
    found: Gaps = json.loads(done.stdout)
    return found


@cache
def large_pack() -> Path:
    """A folder with the demo county and 100,000 goods more, as central would send it."""
    folder = county.scratch()
    now = datetime.now(UTC)
    counts: Counter[str] = Counter()
    press = zstandard.ZstdCompressor(level=6).compressobj()
    with (folder / "pack.zst").open("wb") as file:
        for record in demo.records(now, DemoVariant.LARGE):
            counts[record["t"]] += 1
            file.write(press.compress(json.dumps(record, ensure_ascii=False).encode() + b"\n"))
        file.write(press.flush())
    data = (folder / "pack.zst").read_bytes()
    manifest = Manifest(
        county=demo.COUNTY,
        version="bench-large",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        records=counts.total(),
        counts=dict(counts),
        as_of=instant(now),
        expires_at=instant(now + timedelta(days=8)),
    )
    (folder / "manifest.json").write_text(json.dumps(manifest.payload()))
    return folder
