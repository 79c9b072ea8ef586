"""Where and on what the proof ran: machine, versions, commit, how durability is set."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import sqlcipher3

from kiosk.store.engine import Mode, Source

REPO = Path(__file__).parents[3]
LIBRARIES = ("SQLAlchemy", "sqlcipher3-wheels", "cryptography", "httpx", "PySide6-Essentials")


def commit() -> str:
    """With a mark where files differ from it."""
    known = _says("git", "rev-parse", "--short=12", "HEAD")
    changed = _says("git", "status", "--porcelain", "--untracked-files=no")
    return f"{known}{' with changes' if changed else ''}" if known else "unknown"


def _says(*command: str) -> str:
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def describe() -> dict[str, str]:
    return {
        "commit": commit(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {_processor()}, {_memory()}",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": f"SQLCipher with SQLite {sqlcipher3.sqlite_version}",
        "libraries": ", ".join(f"{name} {known}" for name in LIBRARIES if (known := _version(name))),
        "durability": f"{_pragmas()}; the journal: fdatasync before anything is told",
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except ModuleNotFoundError:
        return None


def _pragmas() -> str:
    ledger = Source(Path("ledger.db"), bytes(32), Mode.WRITE)
    said = [one for one in ledger._pragmas() if "key" not in one and "foreign" not in one]
    return "the ledger: " + ", ".join(one.removeprefix("PRAGMA ") for one in said)


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1] if found else platform.processor()


def _memory() -> str:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{pages / 2**30:.0f} GiB"
