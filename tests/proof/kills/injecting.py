"""Makes system calls of a running process fail, or kill it, where they concern the files of a store."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.proof.cuts.deeds import NOTE

SEGMENTS = 12


@contextmanager
def injecting(what: str, pid: int, home: Path, log: Path) -> Iterator[None]:
    """`what` as of strace's inject: the call first; calls are counted for each thread by itself."""
    paths = [word for path in _files(home) for word in ("-P", str(path))]
    calls = ("-e", f"trace={what.partition(':')[0]}", "-e", f"inject={what}", "-e", "signal=none")
    command = ["strace", "-f", "-o", str(log), *calls, *paths, "-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    try:
        said = tracer.stderr.readline()
        assert "attached" in said, said
        yield
    finally:
        tracer.terminate()
        tracer.communicate()


def _files(home: Path) -> Iterator[Path]:
    data = home / "data"
    yield from (home, data)
    names = ("keys.json", NOTE, "ledger.db", "ledger.db-wal", "ledger.db-shm", "lock", "ledger.damaged")
    for name in names:
        yield from (data / name, data / f"{name}.new")
    yield data / "journal"
    for number in range(1, SEGMENTS):
        yield from (data / "journal" / f"{number:06d}{suffix}" for suffix in (".yzj", ".new"))
