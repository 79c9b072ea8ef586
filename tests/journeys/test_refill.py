"""A spent float is asked for again at the point: recorded offline, granted by the real central."""

from __future__ import annotations

from central.demo import day
from kiosk.services import leases, shares
from kiosk.services.shares import Share
from sync import outbox
from sync.outbox import State
from sync.wire.operation import new_op_id
from sync.wire.rights import Sort, float_right
from tests.journeys.counter import Counter, counter
from tests.journeys.settling import settle
from tests.journeys.world import World, set_port

FLOAT = float_right(day.MAIN_POINT)


async def share(at: Counter, right: str) -> Share:
    desk = at.visit.desk()
    held = await at.terminal.data.read(lambda conn: shares.held(conn, desk))
    [found] = [one for one in held if one.right == right]
    return found


async def ask(at: Counter, right: str, amount: int) -> None:
    desk = at.visit.desk()
    await at.terminal.data.run(lambda conn: leases.ask(conn, desk, new_op_id(), right, amount))


async def test_a_refill_is_asked_for_offline_and_granted_by_central(county: World) -> None:
    async with counter(county) as at:
        await at.pay()
        before = await share(at, FLOAT)
        assert before.spent > 0
        await ask(at, FLOAT, before.spent)
        asked = await share(at, FLOAT)
        assert (asked.asked, asked.left) == (True, before.left)
        with county.serving() as central:
            await at.terminal.data.run(lambda conn: set_port(conn, central.port))
            assert await settle(at.terminal, county.central) == []
            await at.terminal.line.end()  # before central goes: it waits for its connections
        after = await share(at, FLOAT)
        assert (after.asked, after.left, after.lease) == (False, before.left + before.spent, before.lease)
        assert after.request is not None
        assert after.request.state is State.ACCEPTED


async def test_more_than_the_pool_holds_is_granted_in_part_then_refused(county: World) -> None:
    with county.serving() as central:
        county.point_to(central.port)
        async with counter(county) as at:
            right = f"stock:{day.GOOD_SOLD_HERE}"
            before = await share(at, right)
            await ask(at, right, 10_000)
            assert await settle(at.terminal, county.central) == []
            granted = await share(at, right)
            assert before.left < granted.left < 10_000
            await ask(at, right, 1)
            assert await settle(at.terminal, county.central) == []
            refused = await share(at, right)
            assert refused.left == granted.left
            assert refused.request is not None
            assert (refused.request.state, refused.request.reason) == (State.REJECTED, "pool-empty")


async def test_what_is_handed_back_lies_in_the_pool_again(county: World) -> None:
    with county.serving() as central:
        county.point_to(central.port)
        async with counter(county) as at:
            cash = await share(at, FLOAT)
            assert cash.sort is Sort.FLOAT
            assert cash.lease is not None
            lease, desk, op_id = cash.lease, at.visit.desk(), new_op_id()
            await at.terminal.data.run(lambda c: leases.hand_back(c, desk, op_id, lease, cash.left))
            assert await settle(at.terminal, county.central) == []
            view = await at.terminal.data.read(lambda conn: outbox.find(conn, op_id))
            assert view is not None
            assert view.state is State.ACCEPTED
            assert (await share(at, FLOAT)).left == 0
            await ask(at, FLOAT, cash.left)
            assert await settle(at.terminal, county.central) == []
            assert (await share(at, FLOAT)).left == cash.left
