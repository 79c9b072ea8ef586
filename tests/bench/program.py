"""How the benches run programs of their own: compiled once, as an installed application is."""

import atexit
import os
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def _compiled() -> str:
    folder = tempfile.mkdtemp(prefix="bench-compiled-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def environment() -> dict[str, str]:
    """Byte code is kept whatever the machine is set to: the first run of a program writes it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": _compiled()}


def rss_mb() -> float:
    return _status("VmRSS")


def peak_mb() -> float:
    """The most since the start or `reset_peak`."""
    return _status("VmHWM")


def reset_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _status(name: str) -> float:
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def hide_what_terminals_lack() -> None:
    """Packages of central and of the workshop, which httpx takes along where they are there."""
    for name in ("click", "rich", "pygments"):
        sys.modules[name] = None  # type: ignore[assignment]
