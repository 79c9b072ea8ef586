"""Removable media in this machine: where a courier's files may be written and read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

DEPTH = 2  # /media/<stick> or /media/<user>/<stick>


@dataclass(frozen=True)
class Stick:
    path: Path
    free: int  # bytes

    @property
    def name(self) -> str:
        return self.path.name


def sticks(roots: Iterable[Path], mounted: Callable[[Path], bool] = os.path.ismount) -> tuple[Stick, ...]:
    """What is mounted below the roots, by name; one pulled out meanwhile is left out."""
    found = (path for root in roots for path in _below(root, DEPTH) if mounted(path))
    return tuple(sorted((one for path in found if (one := _stick(path))), key=lambda one: one.name))


def _below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        inside = [path for path in folder.iterdir() if path.is_dir()]
    except OSError:  # no such root here, or not for us to read
        return
    yield from inside
    if depth > 1:
        for path in inside:
            yield from _below(path, depth - 1)


def _stick(path: Path) -> Stick | None:
    try:
        return Stick(path, shutil.disk_usage(path).free)
    except OSError:
        return None
