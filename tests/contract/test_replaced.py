"""A machine is gone and another with a blank disk takes its place; later the old one is found."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from central import lease_ends
from central.__main__ import main
from central.lease_ends import Remainder
from central.rights_audit import audit_rights
from central.rights_tables import leases as central_leases
from sync import identity, leases, tending
from sync.identity import IdentityState
from sync.outbox import State
from sync.policy import Link, Stop, Trouble
from tests.support.central import POINT, RunningCentral
from tests.support.recovery import CASH, ask, live_through, stock_honey
from tests.support.terminal import Terminal, settle


def states(central: RunningCentral) -> dict[str, str]:
    rows = ask(central, lambda conn: conn.execute(select(central_leases)).all())
    return {row.id: row.state for row in rows}


async def tend(terminal: Terminal) -> None:
    at = terminal.clock.now().at
    await terminal.db.run(lambda conn: tending.tend(conn, terminal.stamp(conn), at))
    await live_through(terminal, periods=1)


@pytest.mark.parametrize("closed_by_then", [False, True])
async def test_old_leases_wait_for_a_person_and_the_old_chain_still_comes_in(
    central: RunningCentral, terminal: Terminal, another: Terminal, *, closed_by_then: bool
) -> None:
    central.parts.database.write(stock_honey)
    await terminal.enrol(central.url, central.code(), POINT)
    told = terminal.record(cash=CASH, text="told before it broke")
    await live_through(terminal, periods=1)
    [old] = terminal.db.read_sync(leases.all_leases)
    tail = [terminal.record(cash=CASH, text="unsent").op_id for _ in range(3)]
    name = terminal.db.read_sync(identity.require).terminal

    await another.enrol(central.url, central.code(terminal=name), POINT)
    fresh = another.record(cash=CASH, text="on the new machine")
    await tend(another)
    here = another.db.read_sync(identity.require)
    assert (here.terminal, here.incarnation) == (name, 2)
    [new] = another.db.read_sync(leases.all_leases)
    assert states(central) == {old.id: "frozen", new.id: "live"}  # nobody states for a disk that is gone
    if closed_by_then:
        at = terminal.crank.at
        central.parts.database.write(
            lambda conn: lease_ends.close_by_hand(conn, old.id, Remainder.WRITE_OFF, "刘㮾", at)
        )

    async with terminal.engine() as engine:  # found behind the counter, and plugged in
        assert await settle(engine) == Stop(Trouble.INCARNATION_CLOSED)
        assert engine.status.link is Link.LOCKED
    assert terminal.db.read_sync(identity.require).state is IdentityState.CLOSED
    assert [terminal.view(op).state for op in (told.op_id, *tail)] == [State.ACCEPTED] * 4
    await tend(another)
    assert another.view(fresh.op_id).state is State.ACCEPTED
    assert states(central)[old.id] == ("closed" if closed_by_then else "frozen")
    assert ask(central, audit_rights) == []


async def test_the_command_prints_a_code_for_the_new_machine(
    central: RunningCentral, terminal: Terminal, another: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    name = terminal.db.read_sync(identity.require).terminal
    url = central.parts.database.engine.url.render_as_string(hide_password=False)
    central.folder.config.write_text(f'database_url = "{url}"\nhosts = []\n')
    assert main(("replace", name, "--data", str(central.folder.root))) == 0
    await another.enrol(central.url, capsys.readouterr().out.strip(), POINT)
    assert another.db.read_sync(identity.require).terminal == name
