"""The real terminal at a real central that is full: it hears its turn, keeps it, and loses nothing."""

from __future__ import annotations

from dataclasses import replace

from central.slots import Admitted, Limits
from sync import identity
from sync.identity import IdentityState
from sync.outbox import State
from sync.policy import Link, Stop, Trouble
from tests.support.central import POINT, RunningCentral
from tests.support.crank import Crank
from tests.support.terminal import Terminal, settle, until

FULL = Limits(at_work=1, room=1, per_second=1.0, share=0.01)  # a turn lasts a hundred seconds


async def test_our_turn_is_told_kept_and_used(
    central: RunningCentral, terminal: Terminal, crank: Crank
) -> None:
    central.stop()
    central.parts = replace(central.parts, limits=FULL, ticks=crank.ticks)
    central.start()
    await terminal.enrol(central.url, central.code(), POINT)
    slots = central.gate.slots
    assert slots.ask("another", crank.ticks()) == Admitted()
    slots.ask("a third", crank.ticks())
    noted = terminal.record()
    async with terminal.engine() as engine:
        await settle(engine)
        status = engine.status
        assert (status.link, status.reason) == (Link.ONLINE, Trouble.OUR_TURN)
        assert (status.queue.waiting, status.queue.unknown) == (1, 0)
        assert status.next_try_at is not None
        assert 101 <= (status.next_try_at - terminal.clock.now().at).total_seconds() <= 104
        terminal.record()
        engine.wake()
        await settle(engine)
        assert slots.promised == 2
        slots.left(crank.ticks())
        before = crank.ticks()
        await until(engine, crank, lambda: engine.status.queue.waiting + engine.status.queue.unknown == 0)
        assert crank.ticks() - before >= 100
        assert (engine.status.link, engine.status.reason, engine.status.next_try_at) == (
            Link.ONLINE,
            None,
            None,
        )
    assert terminal.view(noted.op_id).state is State.ACCEPTED


async def test_a_locked_terminal_keeps_its_turn_too(
    central: RunningCentral, terminal: Terminal, another: Terminal, crank: Crank
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    noted = terminal.record()
    name = terminal.db.read_sync(identity.require).terminal
    await another.enrol(central.url, central.code(terminal=name), POINT)
    terminal.db.run_sync(lambda conn: identity.lock(conn, name, 1, IdentityState.CLOSED))
    central.stop()
    central.parts = replace(central.parts, limits=FULL, ticks=crank.ticks)
    central.start()
    slots = central.gate.slots
    assert slots.ask("another", crank.ticks()) == Admitted()
    slots.ask("a third", crank.ticks())
    async with terminal.engine() as engine:
        assert await settle(engine) == Stop(Trouble.INCARNATION_CLOSED)
        asked, before = len(terminal.reports), crank.ticks()
        slots.left(crank.ticks())
        crank.forward(99)
        engine.wake()
        await settle(engine)
        assert (asked, len(terminal.reports)) == (1, 1)
        await until(engine, crank, lambda: terminal.view(noted.op_id).state is State.ACCEPTED)
        assert 100 <= crank.ticks() - before <= 105
    assert len(terminal.reports) == 1
