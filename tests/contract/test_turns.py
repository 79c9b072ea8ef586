"""The real terminal at a real central that is full: it hears its turn, keeps it, and loses nothing."""

from __future__ import annotations

from dataclasses import replace

from central.slots import Admitted, Limits
from sync.outbox import State
from sync.policy import Link, Trouble
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
