"""The files that `make` wrote for a version, laid out again as a terminal's home and its central's folder."""

from __future__ import annotations

import lzma
import shutil
from datetime import UTC, datetime
from pathlib import Path

from central.config import Config, Folder, write_config
from tests.journeys.world import World

HERE = Path(__file__).parent
VERSIONS = (1, 2)
MADE_AT = {
    1: datetime(2026, 11, 22, 14, 0, tzinfo=UTC),
    2: datetime(2026, 11, 22, 20, 45, tzinfo=UTC),
}
"""A moment after the last operation, and before anything of that day's pack runs out."""


def lay_out(version: int, root: Path) -> World:
    kept = HERE / f"v{version}"
    shutil.copytree(kept / "home", root / "home")
    shutil.copytree(kept / "central", root / "central")
    packed = root / "central" / "central.db.xz"
    packed.with_suffix("").write_bytes(lzma.decompress(packed.read_bytes()))
    packed.unlink()
    for name in ("packs", "assets"):
        (root / "central" / name).mkdir()
    url = f"sqlite:///{root / 'central' / 'central.db'}"
    write_config(Folder(root / "central"), Config(url, ("localhost", "127.0.0.1", "::1")))
    return World(root)
