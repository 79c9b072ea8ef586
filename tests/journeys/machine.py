"""What a terminal of the journeys is built from, in this process or in one of its own."""

from __future__ import annotations

from pathlib import Path

from kiosk.devices.file_printer import FilePrinter
from kiosk.store.keystore import obfuscated
from kiosk.store.opening import Folders
from kiosk.terminal import Plan
from sync.pace import Pace
from sync.points import Probe, unobserved

BRISK = Pace(probe=1.0, changes=1.0, first_wait=0.1, reach_wait=0.2, longest_wait=0.5, lane_wait=0.5)


def plan_of(home: Path, probe: Probe = unobserved) -> Plan:
    return Plan(
        folders=Folders.of(home / "data"),
        keys=obfuscated(home / "keys.json"),
        printer=FilePrinter(home / "printed"),
        pace=BRISK,
        probe=probe,
    )
