"""Central on one core and PostgreSQL on the other: batches of twenty from several terminals over TLS."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from central.config import Config, write_config
from tests.bench import county
from tests.bench.county import Prepared
from tests.bench.figures import Figure, above, at_least, reported
from tests.bench.many import BareLine, Crowd, Line, gather
from tests.bench.program import ROOT

TERMINALS = 6
BATCHES = int(os.environ.get("BENCH_POSTGRES_BATCHES", "50"))  # of each terminal
ROUNDS = 3
GROUND = "ground"


@dataclass(frozen=True)
class Went:
    """A round: what passed on the wall, and what the server's process worked, whoever else used its core."""

    seconds: float
    worked: float

    @classmethod
    def best(cls, rounds: Sequence[Went]) -> Went:
        return cls(min(one.seconds for one in rounds), min(one.worked for one in rounds))


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench-postgres-") as name, _server() as url:
        if url is None:
            return [reported("postgres: NOT measured, PostgreSQL is not on this machine", 0, "ops/s")]
        crowd = gather(Path(name), _database(url, GROUND, "template0"), TERMINALS, BATCHES)
        rounds = [(_ours(crowd, url, n), _bare(crowd, url, n)) for n in range(ROUNDS)]
    ours, bare = (Went.best(these) for these in zip(*rounds, strict=True))
    rate, limit = crowd.operations / ours.seconds, crowd.operations / bare.seconds
    alone, most = (crowd.operations / one.worked for one in (ours, bare))
    return [
        above("postgres: central on one core, batches of 20", rate, "ops/s", 2500),
        at_least("postgres: beside bare code, one statement a batch", rate, "ops/s", limit, 1 / 4),
        reported("postgres: in a second that central really worked, likewise", alone, "ops/s", most),
    ]


def _ours(crowd: Crowd, url: str, n: int) -> Went:
    here = _fresh(crowd, _database(url, f"ours{n}", GROUND))
    with county.central_beside(here) as process:
        return _pushed(crowd, process, [Line(crowd.parts, here.port) for _ in crowd.drivers])


def _bare(crowd: Crowd, url: str, n: int) -> Went:
    here = _fresh(crowd, _database(url, f"bare{n}", GROUND))
    told = here.root / "bare.ready"
    script = [sys.executable, "-m", "tests.bench.bare_postgres", str(here.central.root)]
    with county.beside([*script, str(here.port), str(told)], told) as process:
        return _pushed(crowd, process, [BareLine(crowd.parts, here.port) for _ in crowd.drivers])


def _fresh(crowd: Crowd, url: str) -> Prepared:
    """Central's folder, pointed at a copy of the ground."""
    folder = crowd.parts.folder
    folder.config.unlink()
    write_config(folder, Config(url, ("127.0.0.1",)))
    return Prepared(folder.root.parent, county.free_port())


def _pushed(
    crowd: Crowd, process: subprocess.Popen[bytes], lines: Sequence[Line] | Sequence[BareLine]
) -> Went:
    before = _cpu(process.pid)
    seconds = crowd.pushed(lines)
    worked = _cpu(process.pid) - before
    for line in lines:
        line.close()
    return Went(seconds, worked)


@contextmanager
def _server() -> Iterator[str | None]:
    """A cluster of its own that syncs what it commits, away from the core that central works on."""
    cores = sorted(os.sched_getaffinity(0))
    words = [str(ROOT / "tools/with_postgres.sh"), "sh", "-c", 'echo "$YIZHAN_PG_URL"; cat']
    os.sched_setaffinity(0, {cores[0]})  # what is started takes it over
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"YIZHAN_PG_FSYNC": "on"},
            text=True,
        )
    finally:
        os.sched_setaffinity(0, cores)
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip() or None
        process.stdin.close()  # it ends with this


def _database(url: str, name: str, like: str) -> str:
    admin = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    admin.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _cpu(pid: int) -> float:
    """Seconds of all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
