"""A machine is gone and another with a blank disk takes its place; later the old one is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from central import lease_ends, pools
from central.__main__ import main
from central.lease_ends import Remainder
from central.rights_audit import audit_rights
from central.rights_tables import leases as central_leases
from sync import identity, leases, tending
from sync.identity import IdentityState
from sync.outbox import State
from sync.policy import Link, Stop, Trouble
from tests.contract.test_restored_central import CASH, HONEY, ask, live_through
from tests.support.central import PG_URL, POINT, RunningCentral
from tests.support.terminal import Terminal, settle


@pytest.fixture
def spare(tmp_path: Path, terminal: Terminal) -> Iterator[Terminal]:
    made = Terminal.open(tmp_path / "spare", terminal.crank)
    yield made
    made.close()


def stock(conn: Connection) -> None:
    pools.create(conn, HONEY, pools.Unit.PIECE, 20)
    pools.allot(conn, pools.Allotment(HONEY, POINT, first=5, ceiling=20))


def states(central: RunningCentral) -> dict[str, str]:
    rows = ask(central, lambda conn: conn.execute(select(central_leases)).all())
    return {row.id: row.state for row in rows}


async def tend(terminal: Terminal) -> None:
    at = terminal.clock.now().at
    await terminal.db.run(lambda conn: tending.tend(conn, terminal.stamp(conn), at))
    await live_through(terminal, periods=1)


@pytest.mark.parametrize("closed_by_then", [False, True])
async def test_old_leases_wait_for_a_person_and_the_old_chain_still_comes_in(
    central: RunningCentral, terminal: Terminal, spare: Terminal, *, closed_by_then: bool
) -> None:
    central.parts.database.write(stock)
    await terminal.enrol(central.url, central.code(), POINT)
    told = terminal.record(cash=CASH, text="told before it broke")
    await live_through(terminal, periods=1)
    [old] = terminal.db.read_sync(leases.all_leases)
    tail = [terminal.record(cash=CASH, text="unsent").op_id for _ in range(3)]
    name = terminal.db.read_sync(identity.require).terminal

    await spare.enrol(central.url, central.code(terminal=name), POINT)
    fresh = spare.record(cash=CASH, text="on the new machine")
    await tend(spare)
    here = spare.db.read_sync(identity.require)
    assert (here.terminal, here.incarnation) == (name, 2)
    [new] = spare.db.read_sync(leases.all_leases)
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
    await tend(spare)
    assert spare.view(fresh.op_id).state is State.ACCEPTED
    assert states(central)[old.id] == ("closed" if closed_by_then else "frozen")
    assert ask(central, audit_rights) == []


@pytest.mark.skipif(PG_URL is not None, reason="the command opens the folder's own database")
async def test_the_command_prints_a_code_for_the_new_machine(
    central: RunningCentral, terminal: Terminal, spare: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    name = terminal.db.read_sync(identity.require).terminal
    (central.folder.config).write_text(
        f'database_url = "sqlite:///{central.folder.root / "central.db"}"\nhosts = []\n'
    )
    assert main(("replace", name, "--data", str(central.folder.root))) == 0
    await spare.enrol(central.url, capsys.readouterr().out.strip(), POINT)
    assert spare.db.read_sync(identity.require).terminal == name
