"""The order of the day, and what is compared at its end."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from central.demo import day
from sync.wire.answers import Profile
from tests.support import agreement
from tests.support.agreement import TerminalFiles
from tools.tour import afternoon, evening, morning, night
from tools.tour.camera import Camera
from tools.tour.county import County
from tools.tour.night import Killed
from tools.tour.seat import Seat


async def play(county: County, camera: Camera, work: Path, out: Path) -> list[str]:
    """What differs between screen, paper and central at the end; report.json has both ends of everything."""
    seats = {
        name: Seat(name, work / name, camera, county.clocks, await county.cable())
        for name in ("point", "branch", "field")
    }
    point, branch, field = seats["point"], seats["branch"], seats["field"]
    await evening.set_out(field, county)
    await morning.set_up(point, county, Profile.ASSISTED, day.MAIN_POINT)
    await morning.pull_the_cable(point)
    await morning.look_up(point)
    await morning.report_a_fault(point)
    await evening.happen_elsewhere(county)
    await morning.sign_in(point, day.OPERATOR, day.OPERATOR_PIN)
    await afternoon.pay_bills(point)
    await afternoon.order(point)
    await afternoon.sell(point)
    await afternoon.redeem(point, county)
    await afternoon.ask_for_the_door(point)
    await evening.look_at_the_queue(point)
    await evening.settle(point)
    number = await evening.close_the_orders_case(point)
    await evening.finish_at_the_branch(branch, county, number)
    await evening.settled(point)
    county.clocks.forward(evening.A_WEEK)
    await evening.come_back(field)
    for seat in seats.values():
        await evening.settled(seat)
        await seat.close()
        keep_paper(seat, out)
    terminals = compare(seats, county)
    cuts = [] if camera.brief else await night.power_cuts(work / "night")
    return report(terminals, cuts, out)


def keep_paper(seat: Seat, out: Path) -> None:
    """What came out of the printer, as text and bytes, and the PDF slips."""
    for folder in (seat.printed, seat.folders.data / "paper"):
        if folder.exists():
            shutil.copytree(folder, out / "paper" / seat.name, dirs_exist_ok=True)


def compare(seats: dict[str, Seat], county: County) -> dict[str, Any]:
    files = {name: TerminalFiles(seat.folders, seat.keys, seat.printer) for name, seat in seats.items()}
    return {name: agreement.report(one, county.parts.folder.root) for name, one in files.items()}


def report(terminals: dict[str, Any], cuts: list[Killed], out: Path) -> list[str]:
    found = {"terminals": terminals, "power_cuts": [asdict(cut) for cut in cuts]}
    (out / "report.json").write_text(json.dumps(found, ensure_ascii=False, indent=1))
    lines = [f"{name}: {line}" for name, one in terminals.items() for line in one["differences"]]
    return lines + [f"power cut at {cut.point}: {line}" for cut in cuts for line in cut.differences]
