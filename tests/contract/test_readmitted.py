"""Central comes back from a backup older than an enrolment: its own signed answer brings the life back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from central import pools, reviews, standing
from central.rights_audit import audit_rights
from central.tables import incarnations, terminals
from sync import identity, leases
from sync.client import Client
from sync.failures import Refusal
from sync.identity import IdentityState
from sync.membership import load
from sync.outbox import State
from sync.policy import Stop, Trouble
from sync.recovery import Recovery
from sync.wire import token
from sync.wire.case import Reason
from sync.wire.keys import SigningKey
from sync.wire.problems import Problem
from tests.support.central import POINT, RunningCentral
from tests.support.recovery import CASH, HONEY, a_day, ask, books, effects, live_through, results
from tests.support.terminal import PATIENCE, Terminal, settle

pytestmark = pytest.mark.usefixtures("honey")


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


async def test_what_the_database_forgot_the_folder_knows(
    central: RunningCentral, terminal: Terminal, another: Terminal
) -> None:
    """A machine comes in the place of one that central forgot, before anybody noticed the loss."""
    await terminal.enrol(central.url, central.code(), POINT)
    name, backup = name_of(terminal), central.backup()
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    lost = terminal.record(text="of the life that central lost")
    central.restore(backup)
    with central.parts.folder.numbers.open("ab") as file:
        file.write(b'{"incarnation":99,"term')  # the power went
    await another.enrol(central.url, central.code(terminal=name), POINT)
    assert another.db.read_sync(identity.require).incarnation == 3
    async with terminal.engine() as engine:
        assert await settle(engine) == Stop(Trouble.INCARNATION_CLOSED)
    assert terminal.view(lost.op_id).state is State.ACCEPTED
    assert lives(central) == [(1, False), (2, False), (3, True)]
    assert central.parts.numbers.last(name) == 3


@pytest.mark.parametrize("again", [False, True])
async def test_what_a_life_recorded_whose_number_went_to_another_machine_waits_for_a_person(
    central: RunningCentral, terminal: Terminal, another: Terminal, *, again: bool
) -> None:
    """What it was told stands; `again`: it has been set up anew as a terminal of its own by then."""
    await terminal.enrol(central.url, central.code(), POINT)
    name, backup = name_of(terminal), central.backup()
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    told = terminal.record(cash=CASH, text="told by the central that was lost")
    await live_through(terminal, periods=1)
    central.restore(backup)
    central.parts.folder.numbers.unlink()  # or the number could not have been given away
    await another.enrol(central.url, central.code(terminal=name), POINT)
    theirs = another.record(cash=CASH, text="the other machine's")
    await live_through(another)
    mine = terminal.record(cash=CASH, text="kept all the same")
    if again:
        await terminal.enrol(central.url, central.code(), POINT)
        await live_through(terminal)
    else:
        async with terminal.engine() as engine:
            assert await settle(engine) == Stop(Trouble.INCARNATION_CLOSED)
    assert terminal.view(told.op_id).state is State.ACCEPTED
    view = terminal.view(mine.op_id)
    assert (view.state, view.reason) == (State.REVIEW, Reason.CHAIN_FORK)
    await live_through(another)
    assert another.view(theirs.op_id).state is State.ACCEPTED
    assert another.db.read_sync(identity.require).state is IdentityState.OPEN
    assert ask(central, audit_rights) == []
    assert sum(books(central).values()) == 0
    [displaced] = ask(central, standing.of).displaced
    assert (displaced.terminal, displaced.incarnation) == (name, 2)

    handlers, case, at = central.parts.handlers, str(view.case_id), terminal.crank.at
    central.parts.database.write(lambda conn: reviews.retry(conn, handlers, case, at))
    assert len(effects(central)) == 3


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
