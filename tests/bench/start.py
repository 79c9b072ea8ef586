"""From the start of the process to the first drawn Home, beside an empty window; and Home's memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import PySide6

from tests.bench import county
from tests.bench.figures import ROUNDS, Figure, at_most, below, interleaved
from tests.bench.program import ROOT, environment

CACHES = Path("/proc/sys/vm/drop_caches")
RSS_MB = 150
SETTLING = 3.0


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench-start-") as name:
        here = county.enrolled().copy(Path(name))
        data = here.root / "kiosk"
        _app(data), _empty()  # into the page cache
        warm = interleaved(lambda: _app(data), _empty, ROUNDS)
        cold = interleaved(lambda: _cold(lambda: _app(data)), lambda: _cold(_empty), ROUNDS)
        with county.central_beside(here):
            memory = statistics.median(_said(_app_words(data, SETTLING))["rss"] for _ in range(3))
    return [
        at_most("start: first drawn Home, warm", warm[0], "s", warm[1], 2),
        at_most("start: first drawn Home, cold", cold[0], "s", cold[1], 2),
        below("start: memory on Home, online", memory, "MB", RSS_MB),
    ]


def _app_words(data: Path, stay: float = 0.0) -> list[str]:
    return [sys.executable, "-m", "tests.bench.start_app", str(data), str(stay)]


def _app(data: Path) -> float:
    return _until_drawn(_app_words(data))


def _empty() -> float:
    return _until_drawn([sys.executable, "-m", "tests.bench.start_empty"])


def _until_drawn(words: list[str]) -> float:
    start = time.monotonic()
    return _said(words)["drawn"] - start


def _said(words: list[str]) -> dict[str, float]:
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment())
    return {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines())}


def _cold(start: Callable[[], float]) -> float:
    os.sync()
    if os.access(CACHES, os.W_OK):
        CACHES.write_text("3")
    else:
        for path in _files():
            _forget(path)
    return start()


def _files() -> Iterator[Path]:
    """What a start reads: interpreter, libraries, our own files."""
    libraries = (Path(sysconfig.get_path("stdlib")), Path(PySide6.__file__).parents[1])
    for folder in (*libraries, *(ROOT / name for name in ("kiosk", "sync", "ui", "resources"))):
        yield from (path for path in folder.rglob("*") if path.is_file())


def _forget(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
