"""Runs a victim, hears what it showed before it died, and says what must be true ever after."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from central.demo import day
from kiosk.terminal import Terminal
from sync.points import Point
from tests.journeys.machine import plan_of
from tests.journeys.settling import files_of, settle
from tests.journeys.visit import ORDERED, RECORDED, Deed, Errand, Visit
from tests.journeys.world import World
from tests.support import agreement
from tests.support.agreement import Ends

REPO = Path(__file__).parents[2]
LONGEST = 120.0
EXPECTED = {
    Deed.PAY: "accepted",
    Deed.PAY_LATE: "rejected",
    Deed.ORDER: "accepted",
    Deed.SELL: "accepted",
    Deed.REDEEM: "accepted",
}


@dataclass(frozen=True)
class Shown:
    """The lines a victim told, up to its end."""

    lines: tuple[str, ...]

    def all(self, word: str) -> list[str]:
        return [rest for first, _, rest in (line.partition(" ") for line in self.lines) if first == word]

    @property
    def passed(self) -> list[tuple[Point, Deed]]:
        pairs = (rest.split() for rest in self.all("passed"))
        return [(Point(point), Deed(deed)) for point, deed in pairs]


def victim(county: World, errand: Errand, *appointed: str) -> subprocess.Popen[str]:
    words = (str(county.home), str(county.central), str(errand), *appointed)
    command = [sys.executable, "-m", "tests.journeys.victim", *words]
    return subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run_victim(county: World, errand: Errand, appointed: Sequence[str] = ()) -> Shown:
    """To its end, which is a violent one exactly if it was appointed."""
    process = victim(county, errand, *appointed)
    out, err = process.communicate(timeout=LONGEST)
    assert process.returncode == (-signal.SIGKILL if appointed else 0), err
    return Shown(tuple(out.splitlines()))


def whole_lines(text: str) -> list[str]:
    """The last one may have been cut off with its writer."""
    return text[: text.rfind("\n") + 1].splitlines()


async def started_again(county: World, errand: Errand, shown: Shown) -> Ends:
    """The terminal comes up and settles; then the operator does again whatever was not shown."""
    plan = plan_of(county.home)
    terminal = await asyncio.to_thread(Terminal.open, plan)
    try:
        assert await settle(terminal, county.central) == []
        found = agreement.read(files_of(plan), county.central)
        nothing_shown_is_lost(found, errand, shown)
        await terminal.line.end()
        await Visit(terminal, errand, lambda _deed: None, lambda _line: None).serve()
        assert await settle(terminal, county.central) == []
    finally:
        await terminal.close()
    nothing_is_doubled(agreement.read(files_of(plan), county.central), errand)
    return found


def nothing_shown_is_lost(ends: Ends, errand: Errand, shown: Shown) -> None:
    here = {op.op for op in ends.here.ops}
    assert set(shown.all("recorded")) <= here
    assert set(shown.all("printed")) <= {slip.number for slip in ends.here.slips if slip.printed}
    assert len(here - set(errand.ids.values())) == 1, "only the operator's PIN came before"


def nothing_is_doubled(ends: Ends, errand: Errand) -> None:
    """Each deed took effect exactly once: in the ledgers, in the drawer, in the leases, on paper."""
    for side in (ends.here.ops, ends.central.ops):
        outcomes = [(op.op, op.outcome) for op in side if op.op in errand.ids.values()]
        assert len(outcomes) == len(RECORDED)
        assert dict(outcomes) == {errand.id(deed): EXPECTED[deed] for deed in RECORDED}
    by_id = {op.op: op for op in ends.central.ops}
    fen = {deed: by_id[errand.id(deed)].fen for deed in RECORDED}
    assert all(fen[deed] > 0 for deed in RECORDED if deed is not Deed.REDEEM)
    assert fen[Deed.REDEEM] < 0
    assert ends.here.till_fen == ends.central.till_fen == sum(fen.values())
    spent = {lease.right: lease.spent for lease in ends.here.leases if lease.spent}
    assert spent == {
        f"float:{day.MAIN_POINT}": sum(fen.values()),
        f"stock:{day.GOOD_SOLD_HERE}": 1,
        f"coupon:{day.COUPON_KIND}": 1,
    }
    assert f"stock:{ORDERED}" not in spent
    [case] = ends.here.cases
    assert (case.op, case.state, case.fen) == (errand.id(Deed.PAY_LATE), "open", fen[Deed.PAY_LATE])
    slips = [slip for slip in ends.here.slips if slip.op in errand.ids.values()]
    assert sorted(str(slip.op) for slip in slips) == sorted(errand.ids.values())
    assert all(slip.printed for slip in slips)
