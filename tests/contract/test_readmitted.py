"""Central comes back from a backup older than an enrolment: its own signed answer brings the life back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from central import pools
from central.rights_audit import audit_rights
from central.tables import incarnations, terminals
from sync import identity, leases
from sync.client import Client
from sync.failures import Refusal
from sync.membership import load
from sync.outbox import State
from sync.policy import Link, Trouble
from sync.recovery import Recovery
from sync.wire import token
from sync.wire.keys import SigningKey
from sync.wire.problems import Problem
from tests.support.central import PG_URL, POINT, RunningCentral
from tests.support.recovery import CASH, HONEY, a_day, ask, books, live_through, results
from tests.support.terminal import PATIENCE, Terminal, settle

pytestmark = [
    pytest.mark.skipif(PG_URL is not None, reason="restores a SQLite file"),
    pytest.mark.usefixtures("honey"),
]


def lives(central: RunningCentral) -> list[tuple[int, bool]]:
    rows = ask(central, lambda conn: conn.execute(select(incarnations)).all())
    return sorted((row.incarnation, row.closed_at is None) for row in rows)


def name_of(terminal: Terminal) -> str:
    return terminal.db.read_sync(identity.require).terminal


async def test_what_was_enrolled_in_the_lost_days_is_known_again(
    central: RunningCentral, terminal: Terminal
) -> None:
    backup = central.backup()
    await terminal.enrol(central.url, central.code(), POINT)
    await a_day(central, terminal)
    told, was = results(central), books(central)
    held = terminal.db.read_sync(leases.all_leases)
    central.restore(backup)
    assert lives(central) == []
    new = terminal.record(cash=CASH, text="after")
    assert await live_through(terminal) is Recovery.RECONCILING
    after = results(central)
    assert {op: after[op] for op in told} == told
    assert after[new.op_id][0] == "accepted"
    assert sum(books(central).values()) == sum(was.values())
    assert terminal.db.read_sync(leases.all_leases) == held
    assert ask(central, audit_rights) == []
    assert terminal.db.read_sync(identity.require).epoch == 2
    row = ask(central, lambda conn: conn.execute(select(terminals)).one())
    assert (row.id, row.incarnation, row.point) == (name_of(terminal), 1, POINT)


async def test_a_life_enrolled_and_not_yet_heard_of_keeps_its_first_leases(
    central: RunningCentral, terminal: Terminal
) -> None:
    backup = central.backup()
    await terminal.enrol(central.url, central.code(), POINT)
    first = terminal.record(text="first of all")
    central.restore(backup)
    await live_through(terminal)
    assert terminal.view(first.op_id).state is State.ACCEPTED
    [lease] = terminal.db.read_sync(leases.all_leases)
    assert lease.amount == 5
    assert ask(central, audit_rights) == []
    assert ask(central, lambda conn: pools.find(conn, HONEY)).available == 15


@pytest.mark.parametrize("both", [False, True])
async def test_a_new_life_of_a_known_terminal(
    central: RunningCentral, terminal: Terminal, *, both: bool
) -> None:
    """Its enrolment closed the life before it and froze its leases; `both`: neither is known any more."""
    backup = central.backup()
    await terminal.enrol(central.url, central.code(), POINT)
    old = [terminal.record(cash=CASH, text="told").op_id]
    await live_through(terminal, periods=1)
    if not both:
        backup = central.backup()
    old.append(terminal.record(text="unsent when that life ended").op_id)
    await terminal.enrol(central.url, central.code(terminal=name_of(terminal)), POINT)
    new = terminal.record(cash=CASH, text="the new life's")
    await live_through(terminal, periods=1)
    told = results(central)
    assert set(told) == {*old, new.op_id}
    central.restore(backup)
    await live_through(terminal)
    assert results(central) == told
    assert lives(central) == [(1, False), (2, True)]
    assert ask(central, audit_rights) == []


async def test_a_number_that_was_given_is_not_given_again(
    central: RunningCentral, terminal: Terminal
) -> None:
    """Staff enrol the machine anew before central heard of the life it lost."""
    await terminal.enrol(central.url, central.code(), POINT)
    backup = central.backup()
    await terminal.enrol(central.url, central.code(terminal=name_of(terminal)), POINT)
    lost = terminal.record(text="of the life that central lost")
    central.restore(backup)
    await terminal.enrol(central.url, central.code(terminal=name_of(terminal)), POINT)
    assert terminal.db.read_sync(identity.require).incarnation == 12
    await live_through(terminal)
    assert terminal.view(lost.op_id).state is State.ACCEPTED
    assert lives(central) == [(1, False), (2, False), (12, True)]


async def test_a_number_that_went_to_another_machine_is_said_plainly_and_not_asked_again_and_again(
    central: RunningCentral, terminal: Terminal, another: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    backup = central.backup()
    await terminal.enrol(central.url, central.code(terminal=name_of(terminal)), POINT)
    central.restore(backup)
    await another.enrol(central.url, central.code(terminal=name_of(terminal)), POINT)
    mine = terminal.record(text="kept all the same")
    async with terminal.engine() as engine:
        for _ in range(5):
            await settle(engine)
            terminal.crank.forward(60)
        assert (engine.status.link, engine.status.reason) == (Link.OFFLINE, Trouble.REFUSED)
        assert len([text for text in terminal.reports if "nor its word" in text]) == 1
        terminal.crank.forward(900)
        await settle(engine)
        assert len([text for text in terminal.reports if "nor its word" in text]) == 2
    assert terminal.view(mine.op_id).state is State.RECORDED


async def test_only_what_central_signed_for_this_key_counts(
    central: RunningCentral, terminal: Terminal, another: Terminal
) -> None:
    backup = central.backup()
    await terminal.enrol(central.url, central.code(), POINT)
    await another.enrol(central.url, central.code(), POINT)
    central.restore(backup)
    ours = terminal.db.read_sync(identity.enrolments)[0]
    theirs = another.db.read_sync(identity.enrolments)[0]
    forged = token.sign(SigningKey.generate(), token.Typ.ENROL, token.peek(ours))
    member = await load(terminal.db, terminal.keys)
    client = await Client.connect(member, terminal.clock.proven, PATIENCE, None)
    try:
        for text in (forged, theirs, "", "not.a.token"):
            with pytest.raises(Refusal) as refused:
                await client.readmit(text)
            assert refused.value.problem in (Problem.UNSIGNED, Problem.FORBIDDEN)
            assert lives(central) == []
        first = await client.readmit(ours)
        again = await client.readmit(ours)
    finally:
        await client.close()
    assert (first.epoch, first.high_water, first.reconciling) == (again.epoch, again.high_water, True)
    assert lives(central) == [(1, True)]
