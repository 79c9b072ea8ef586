"""Operations up and answers down in files, whoever carries them: copies, losses and reorders are harmless."""

from __future__ import annotations

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from central import changes as central_changes
from central.courier_folder import work_through
from sync import changes, documents, identity, outbox, transfer
from sync.carried import Fate
from sync.carrier import Carrier
from sync.failures import NoLink
from sync.identity import IdentityState
from sync.outbox import State
from sync.transfer import Chain
from sync.wire.answers import Profile
from sync.wire.bundle import DOWN_SUFFIX, UP_SUFFIX
from sync.wire.encoding import instant
from sync.wire.operation import TimeQuality
from tests.support.central import POINT, RunningCentral
from tests.support.crank import Crank
from tests.support.stick import (
    bag,
    emptied,
    empty,
    enrol,
    files,
    fill,
    head_office,
    held_by,
    high_water,
    line_of,
    make,
    record,
    states,
)
from tests.support.terminal import Terminal, settle

PLACE = {"t": "place", "id": "511602", "level": "county", "name": "广安区"}
RECORDED, ACCEPTED, UNKNOWN = State.RECORDED, State.ACCEPTED, State.UNKNOWN


async def test_there_and_back(central: RunningCentral, terminal: Terminal, stick: Path) -> None:
    await enrol(central, terminal)
    record(terminal, 3)
    written = await fill(terminal, stick)
    assert (written.operations, written.more) == (3, False)
    assert states(terminal) == [RECORDED] * 3
    assert head_office(central, stick).answered == (files(stick, DOWN_SUFFIX)[0].name,)
    assert await empty(terminal, stick) == [Fate.TAKEN, Fate.UPWARD]
    assert states(terminal) == [ACCEPTED] * 3
    assert terminal.db.read_sync(outbox.depth).open == 0
    assert await empty(terminal, *files(stick, DOWN_SUFFIX), stick) == [Fate.KNOWN, Fate.KNOWN, Fate.UPWARD]


async def test_two_terminals_by_a_laptop_whose_line_comes_and_goes(
    central: RunningCentral,
    terminal: Terminal,
    another: Terminal,
    laptop: Terminal,
    stick: Path,
    crank: Crank,
) -> None:
    await enrol(central, terminal, another, laptop)
    record(terminal, 2)
    record(another, 3)
    await fill(terminal, stick)
    await fill(another, stick)
    carrier = Carrier(laptop.folder / "courier", crank.now)
    first = await carrier.visit(stick, None)
    assert (len(first.taken_along), len(first.waiting), first.given_back) == (2, 2, ())
    shutil.rmtree(stick)  # it stays in the village and is used for something else
    make(stick)
    async with line_of(laptop) as client:
        central.stop()
        cut = await carrier.visit(stick, client)
        assert isinstance(cut.trouble, NoLink)
        assert len(cut.waiting) == 2
        central.start()
        there = await carrier.visit(stick, client)
    assert (len(there.handed_in), there.waiting, there.trouble, there.unusable) == (2, (), None, ())
    assert len(there.given_back) == 2
    assert sorted(await empty(terminal, stick), key=lambda fate: fate.value) == [Fate.FOR_ANOTHER, Fate.TAKEN]
    assert states(terminal) == [ACCEPTED] * 2
    assert states(another) == [RECORDED] * 3
    await empty(another, stick)
    assert states(another) == [ACCEPTED] * 3
    assert held_by(central) == 5


async def test_over_two_laptops_and_two_sticks(
    central: RunningCentral, terminal: Terminal, stick: Path, tmp_path: Path, crank: Crank
) -> None:
    await enrol(central, terminal)
    record(terminal, 2)
    await fill(terminal, stick)
    far, near = Carrier(tmp_path / "far", crank.now), Carrier(tmp_path / "near", crank.now)
    between = tmp_path / "between"
    make(between)
    await far.visit(stick, None)
    await far.visit(between, None, onward=True)
    await near.visit(between, None)
    await near.visit(between, None, onward=True)
    head_office(central, between, tmp_path / "office")
    await near.visit(tmp_path / "office", None)
    await near.visit(between, None)
    await far.visit(between, None)
    await far.visit(stick, None)
    assert Fate.TAKEN in await empty(terminal, stick)
    assert states(terminal) == [ACCEPTED] * 2


async def test_copies_change_nothing(
    central: RunningCentral, terminal: Terminal, stick: Path, tmp_path: Path
) -> None:
    await enrol(central, terminal)
    record(terminal, 2)
    await fill(terminal, stick)
    (up,) = files(stick, UP_SUFFIX)
    for copy in ("copy of it.yzb", "AGAIN.YZB"):
        shutil.copy(up, stick / copy)
    assert len(head_office(central, stick, tmp_path / "out").answered) == 3
    head_office(central, stick, tmp_path / "out")
    assert held_by(central) == 2
    shutil.copytree(tmp_path / "out", tmp_path / "out2")
    assert await empty(terminal, tmp_path / "out", tmp_path / "out2") == [Fate.TAKEN, Fate.KNOWN]
    assert states(terminal) == [ACCEPTED] * 2
    assert held_by(central) == 2


async def test_what_was_lost_goes_with_the_next(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    record(terminal, 2)
    await fill(terminal, stick)
    files(stick, UP_SUFFIX)[0].unlink()
    record(terminal, 1)
    assert (await fill(terminal, stick)).operations == 3
    head_office(central, stick)
    files(stick, DOWN_SUFFIX)[0].unlink()  # the answer is lost too
    record(terminal, 1)
    assert (await fill(terminal, stick)).operations == 4
    head_office(central, stick)
    await empty(terminal, stick)
    assert states(terminal) == [ACCEPTED] * 4


@pytest.mark.parametrize("late_first", [True, False])
async def test_any_order_up_and_down(
    central: RunningCentral, terminal: Terminal, tmp_path: Path, late_first: bool
) -> None:
    """Several nonces are out at once; the older ack comes after the newer one and lowers nothing."""
    await enrol(central, terminal)
    sticks = [tmp_path / "early", tmp_path / "late"]
    for stick in sticks:
        record(terminal, 2)
        await fill(terminal, stick)
    for stick in reversed(sticks) if late_first else sticks:
        head_office(central, stick)
    assert Fate.TAKEN in await empty(terminal, sticks[1])
    assert (states(terminal), high_water(terminal)) == ([ACCEPTED] * 4, 4)
    record(terminal, 1)
    assert Fate.TAKEN in await empty(terminal, sticks[0])
    assert (states(terminal), high_water(terminal)) == ([*[ACCEPTED] * 4, RECORDED], 4)
    assert held_by(central) == 4


async def test_an_older_ack_says_nothing_of_what_is_unknown(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    record(terminal, 2)
    await fill(terminal, stick)
    head_office(central, stick)
    record(terminal, 1)
    here = terminal.db.read_sync(identity.require)
    chain = Chain(here.terminal, here.incarnation)
    terminal.db.run_sync(lambda conn: transfer.mark_unknown(conn, chain, 1, 3))
    await empty(terminal, stick)
    assert states(terminal) == [ACCEPTED, ACCEPTED, UNKNOWN]


async def test_a_line_in_between(central: RunningCentral, terminal: Terminal, stick: Path) -> None:
    await enrol(central, terminal)
    record(terminal, 2)
    await fill(terminal, stick)
    record(terminal, 1)
    async with terminal.engine() as engine:
        await settle(engine)
    assert states(terminal) == [ACCEPTED] * 3
    head_office(central, stick)
    assert await empty(terminal, stick) == [Fate.TAKEN, Fate.UPWARD]
    assert (states(terminal), high_water(terminal), held_by(central)) == ([ACCEPTED] * 3, 3, 3)


async def test_a_line_after_the_bundle_reached_central(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    record(terminal, 2)
    await fill(terminal, stick)
    head_office(central, stick)
    record(terminal, 1)
    async with terminal.engine() as engine:
        await settle(engine)
        assert states(terminal) == [ACCEPTED] * 3
        await empty(terminal, stick)
        record(terminal, 1)
        engine.wake()
        await settle(engine)
    assert (states(terminal), held_by(central)) == ([ACCEPTED] * 4, 4)


async def test_changes_come_along_and_no_gap_is_jumped(
    central: RunningCentral, terminal: Terminal, tmp_path: Path, crank: Crank
) -> None:
    await enrol(central, terminal)
    here = terminal.db.read_sync(identity.require).terminal

    def publish(words: str) -> None:
        item = {"t": "settings", "values": {"words": words}}
        central.parts.database.write(lambda conn: central_changes.publish(conn, [here], [item], crank.now()))

    sticks = [tmp_path / name for name in ("one", "two", "three")]
    for stick in sticks:
        publish(stick.name)
        await fill(terminal, stick)
        head_office(central, stick)
    await empty(terminal, sticks[1])
    reached = terminal.db.read_sync(changes.cursor)
    await empty(terminal, sticks[0])
    assert terminal.db.read_sync(changes.cursor) == reached
    assert terminal.db.read_sync(documents.settings) == {"words": "two"}
    terminal.db.run_sync(changes.restart)
    await fill(terminal, tmp_path / "four")
    await empty(terminal, sticks[2])
    assert terminal.db.read_sync(documents.settings) == {"words": "three"}
    head_office(central, tmp_path / "four")
    await empty(terminal, tmp_path / "four")
    assert terminal.db.read_sync(changes.cursor) == reached + 1


async def test_a_stream_that_central_lost_is_read_anew(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    terminal.db.run_sync(lambda conn: transfer.set_cursor(conn, changes.CURSOR, "999"))
    await fill(terminal, stick)
    head_office(central, stick)
    await empty(terminal, stick)
    assert 0 < terminal.db.read_sync(changes.cursor) < 999
    assert terminal.db.read_sync(documents.settings) == {"idle_seconds": 60}


async def test_space_is_freed_only_after_centrals_mark(
    central: RunningCentral, terminal: Terminal, stick: Path, crank: Crank
) -> None:
    await enrol(central, terminal)
    record(terminal, 2)
    here = terminal.db.read_sync(identity.require)
    chain, late = Chain(here.terminal, here.incarnation), instant(crank.now() + timedelta(days=999))

    def prune() -> int:
        return terminal.db.run_sync(lambda conn: transfer.prune(conn, chain, late))

    async def round_trip() -> None:
        await fill(terminal, stick)
        head_office(central, stick)
        await empty(terminal, stick)

    await fill(terminal, stick)
    assert prune() == 0
    await round_trip()
    assert prune() == 0
    crank.forward(central.parts.horizon.total_seconds() + 1)
    await round_trip()
    assert prune() == 2


async def test_a_pack_lies_on_the_stick_once_for_all(
    central: RunningCentral,
    terminal: Terminal,
    another: Terminal,
    laptop: Terminal,
    stick: Path,
    crank: Crank,
) -> None:
    await enrol(central, terminal, another, laptop)
    manifest = central.build_pack([PLACE])
    await fill(terminal, stick)
    await fill(another, stick)
    worked = head_office(central, stick)
    assert len(worked.packs) == 1
    pack = stick / worked.packs[0]
    by_laptop = stick.with_name("by laptop")
    carrier = Carrier(laptop.folder / "courier", crank.now)
    for file in files(stick, UP_SUFFIX):
        by_laptop.mkdir(exist_ok=True)
        shutil.copy(file, by_laptop)
    async with line_of(laptop) as client:
        await carrier.visit(by_laptop, client)
    assert (by_laptop / pack.name).stat().st_size == pack.stat().st_size
    assert Fate.PACK_TAKEN in await empty(terminal, stick)
    assert [version for version, _ in terminal.packs.installed] == [manifest.version]
    assert Fate.PACK_KNOWN in await empty(terminal, stick)
    whole = pack.read_bytes()
    for broken in (whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1]), whole[:20], whole + b"x"):
        pack.write_bytes(broken)
        assert await empty(another, pack) == [Fate.DAMAGED]
    assert another.packs.installed == []
    pack.write_bytes(whole)
    assert await empty(another, pack) == [Fate.PACK_TAKEN]


async def test_an_earlier_life_with_nothing_to_say_fills_no_sticks(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    name = terminal.db.read_sync(identity.require).terminal
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    record(terminal, 1)
    assert [one.head.incarnation for one in await bag(terminal).fill(stick)] == [2]


async def test_an_earlier_life_sends_its_rest_too(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    record(terminal, 2)
    here = terminal.db.read_sync(identity.require)
    await terminal.enrol(central.url, central.code(Profile.ASSISTED, here.terminal), POINT)
    record(terminal, 1)
    assert [one.operations for one in await bag(terminal).fill(stick)] == [2, 1]
    head_office(central, stick)
    assert (await empty(terminal, stick)).count(Fate.TAKEN) == 2
    assert states(terminal) == [ACCEPTED] * 3


async def test_a_chain_that_forked_locks_the_terminal(
    central: RunningCentral, terminal: Terminal, tmp_path: Path, crank: Crank
) -> None:
    await enrol(central, terminal)
    shutil.copytree(terminal.folder, tmp_path / "clone")
    terminal.record(text="one")
    await fill(terminal, tmp_path / "stick")
    head_office(central, tmp_path / "stick")
    clone = Terminal.open(tmp_path / "clone", crank)
    try:
        clone.record(text="another")
        await fill(clone, tmp_path / "other")
        head_office(central, tmp_path / "other")
        assert Fate.LOCKED in await empty(clone, tmp_path / "other")
        assert clone.db.read_sync(identity.require).state is IdentityState.FORKED
        assert (await emptied(clone, tmp_path / "stick"))[0].fate is Fate.UNASKED
    finally:
        clone.close()


@pytest.mark.parametrize(
    ("worked_on", "verdict"), [(False, IdentityState.LOCKED), (True, IdentityState.FORKED)]
)
@pytest.mark.parametrize("by_line", [False, True])
async def test_a_clone_gets_the_same_verdict_by_courier_and_by_line(
    central: RunningCentral,
    terminal: Terminal,
    tmp_path: Path,
    crank: Crank,
    *,
    worked_on: bool,
    verdict: IdentityState,
    by_line: bool,
) -> None:
    """Central holds more than this disk: restored. It holds another operation of that number: forked."""
    await enrol(central, terminal)
    shutil.copytree(terminal.folder, tmp_path / "clone")
    terminal.record(text="one")
    await fill(terminal, tmp_path / "stick")
    head_office(central, tmp_path / "stick")
    clone = Terminal.open(tmp_path / "clone", crank)
    try:
        await fill(clone, tmp_path / "other")
        head_office(central, tmp_path / "other")
        if worked_on:
            clone.record(text="another")
        if by_line:
            async with clone.engine() as engine:
                await settle(engine)
        assert Fate.LOCKED in await empty(clone, tmp_path / "other")
        assert clone.db.read_sync(identity.require).state is verdict
    finally:
        clone.close()


async def test_the_first_verdict_stands(
    central: RunningCentral, terminal: Terminal, tmp_path: Path, crank: Crank
) -> None:
    await enrol(central, terminal)
    await fill(terminal, tmp_path / "stick")
    shutil.copytree(terminal.folder, tmp_path / "clone")
    clone = Terminal.open(tmp_path / "clone", crank)
    try:
        clone.record(text="one")
        async with clone.engine() as engine:
            await settle(engine)
    finally:
        clone.close()
    head_office(central, tmp_path / "stick")
    terminal.record(text="another")
    terminal.db.run_sync(lambda conn: identity.set_state(conn, IdentityState.CLOSED))
    assert Fate.LOCKED in await empty(terminal, tmp_path / "stick")
    assert terminal.db.read_sync(identity.require).state is IdentityState.CLOSED


async def test_a_carried_answer_says_that_it_is_not_earlier(
    central: RunningCentral, terminal: Terminal, stick: Path, crank: Crank
) -> None:
    """A point without a line, whose battery is flat: no start falls behind what central signed."""
    await enrol(central, terminal)
    crank.forward(30 * 86400)
    await fill(terminal, stick)
    head_office(central, stick)
    signed = crank.now()
    crank.reboot(5 * 86400)
    crank.wall_off = -timedelta(days=20_000)
    terminal.restart()
    assert terminal.clock.now().at < signed
    assert Fate.TAKEN in await empty(terminal, stick)
    for _ in range(2):
        now = terminal.clock.now()
        assert now.at >= signed
        assert now.quality is not TimeQuality.ANCHORED  # days may have passed on the way
        crank.reboot()
        terminal.restart()


async def test_an_answer_of_another_central_is_not_taken(
    central: RunningCentral, terminal: Terminal, tmp_path: Path, crank: Crank
) -> None:
    await enrol(central, terminal)
    record(terminal, 1)
    await fill(terminal, tmp_path / "stick")
    stranger = RunningCentral(tmp_path / "stranger", crank.now)
    try:
        worked = await asyncio.to_thread(work_through, stranger.parts, tmp_path / "stick", tmp_path / "out")
        assert (worked.answered, len(worked.unusable)) == ((), 1)
    finally:
        stranger.close()
