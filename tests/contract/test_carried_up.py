"""Others' bundles on their way up: in pieces, behind what the line is for, and at central's turn."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path

from central.slots import Admitted, Limits
from sync import identity
from sync.carried import Fate
from sync.carrier import Carrier
from sync.failures import AnswerLost, IncarnationClosed, SlowDown
from sync.lanes import Lane
from sync.outbox import State
from sync.points import Point
from sync.wire.bundle import UP_SUFFIX
from tests.support.cable import cable, url_of
from tests.support.central import POINT, RunningCentral
from tests.support.crank import Crank
from tests.support.stick import empty, enrol, files, fill, held_by, line_of, states
from tests.support.terminal import Terminal, until

OPERATIONS = 60


async def written(central: RunningCentral, terminal: Terminal, laptop: Terminal, stick: Path) -> Path:
    """A bundle of many pieces, on the stick."""
    await enrol(central, terminal, laptop)
    for _ in range(OPERATIONS):
        terminal.record(text=os.urandom(1500).hex())
    await fill(terminal, stick)
    (bundle,) = files(stick, UP_SUFFIX)
    return bundle


def begun(central: RunningCentral) -> list[Path]:
    return list((central.parts.folder.bundles / "parts").glob("*"))


async def test_it_goes_on_where_the_line_broke(
    central: RunningCentral, terminal: Terminal, laptop: Terminal, stick: Path, crank: Crank
) -> None:
    carried = await written(central, terminal, laptop, stick)
    carrier = Carrier(laptop.folder / "courier", crank.now)
    async with cable(central) as proxy:
        await laptop.move(url_of(proxy))
        async with line_of(laptop) as client:
            proxy.drop_answer_after(2300)
            cut = await carrier.visit(stick, client)
            assert isinstance(cut.trouble, AnswerLost)
            (part,) = begun(central)
            size, came = carried.stat().st_size, part.stat().st_size
            assert 0 < came < size
            await proxy.restore()
            before = proxy.asked
            there = await carrier.visit(stick, client)
            assert proxy.asked - before < size - came + 15_000  # heads and handshakes
    assert (len(there.handed_in), there.trouble) == (1, None)
    assert Fate.TAKEN in await empty(terminal, stick)
    assert set(states(terminal)) == {State.ACCEPTED}


async def test_it_waits_for_its_turn_and_what_came_stays(
    central: RunningCentral, terminal: Terminal, laptop: Terminal, stick: Path, crank: Crank
) -> None:
    await written(central, terminal, laptop, stick)
    full(central, crank, Limits(at_work=1, room=1, per_second=1.0, share=0.1))  # a turn lasts ten seconds
    slots, waited = central.gate.slots, []

    async def rest(seconds: float) -> None:
        waited.append(seconds)
        crank.forward(seconds)
        slots.left(crank.ticks())

    async with line_of(laptop) as client:
        there = await Carrier(laptop.folder / "courier", crank.now, rest).visit(stick, client)
    assert (len(there.handed_in), there.trouble) == (1, None)
    assert len(waited) == 1
    assert 10 <= waited[0] <= 12


async def test_nobody_waits_with_a_stick_for_a_far_turn(
    central: RunningCentral, terminal: Terminal, laptop: Terminal, stick: Path, crank: Crank
) -> None:
    await written(central, terminal, laptop, stick)
    full(central, crank, Limits(at_work=1, room=1, per_second=1.0, share=0.01))

    async def rest(_seconds: float) -> None:
        raise AssertionError("a hundred seconds and more")

    carrier = Carrier(laptop.folder / "courier", crank.now, rest)
    async with line_of(laptop) as client:
        cut = await carrier.visit(stick, client)
        assert isinstance(cut.trouble, SlowDown)
        assert (len(cut.waiting), held_by(central)) == (1, 0)
        central.gate.slots.left(crank.ticks())
        assert len((await carrier.visit(stick, client)).handed_in) == 1
    assert held_by(central) == OPERATIONS


def full(central: RunningCentral, crank: Crank, limits: Limits) -> None:
    central.stop()
    central.parts = replace(central.parts, limits=limits, ticks=crank.ticks)
    central.start()
    assert central.gate.slots.ask("another", crank.ticks()) == Admitted()
    central.gate.slots.ask("a third", crank.ticks())


async def test_it_lets_the_lines_own_work_go_first(
    central: RunningCentral, terminal: Terminal, laptop: Terminal, stick: Path, crank: Crank
) -> None:
    await written(central, terminal, laptop, stick)
    async with line_of(laptop) as client:
        client.way.about(Lane.NEWS)
        pouch = laptop.folder / "courier"
        visit = asyncio.ensure_future(Carrier(pouch, crank.now).visit(stick, client))
        asked = 0
        while asked < 5 or not files(pouch, UP_SUFFIX):  # until it is read, and about to go up
            asked += bool(files(pouch, UP_SUFFIX))
            await client.status()  # the line is free for it
        assert begun(central) == []
        client.way.about(Lane.CONTENT)
        assert len((await visit).handed_in) == 1


async def test_a_fault_of_ours_does_not_keep_the_line_from_others(
    central: RunningCentral, laptop: Terminal
) -> None:
    def broken(_point: Point) -> None:
        raise ValueError

    laptop.reached = broken
    await laptop.enrol(central.url, central.code(), POINT)
    laptop.record()
    async with laptop.engine() as engine:
        await until(engine, laptop.crank, lambda: any("fault" in line for line in laptop.reports))
        async with asyncio.timeout(5):
            await engine._client.way.clear_for(Lane.ATTACHMENTS)


async def test_a_carrier_that_is_closed_loses_nothing_of_the_others(
    central: RunningCentral, terminal: Terminal, laptop: Terminal, stick: Path, crank: Crank
) -> None:
    await written(central, terminal, laptop, stick)
    carrier = Carrier(laptop.folder / "courier", crank.now)
    here = laptop.db.read_sync(identity.require).terminal
    async with line_of(laptop) as client:
        await laptop.enrol(central.url, central.code(terminal=here), POINT)
        cut = await carrier.visit(stick, client)  # speaks as the life before
        assert isinstance(cut.trouble, IncarnationClosed)
        assert (len(cut.waiting), cut.unusable) == (1, ())
    async with line_of(laptop) as client:
        assert len((await carrier.visit(stick, client)).handed_in) == 1
