"""The terminal tends its leases without being asked: at start, and after whatever touches them."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from kiosk.tending import Tending
from sync import identity, leases, outbox
from sync.identity import IdentityState
from sync.leases import LeaseState
from sync.outbox import OperationView, Stamp
from tests.support.ledger import Ledger, new_grant

POINTS = "points:summer"
PATIENCE = 10
Until = Callable[[int], Awaitable[list[OperationView]]]


def run(
    ledger: Ledger, act: Callable[[Until], Awaitable[None]], stamp: Callable[[], Stamp] | None = None
) -> None:
    async def play() -> None:
        recorded, db = asyncio.Event(), ledger.db
        db.subscribe(lambda tables: recorded.set() if "operations" in tables else None)

        async def until(count: int) -> list[OperationView]:
            """Oldest first."""
            async with asyncio.timeout(PATIENCE):
                while len(found := await db.read(outbox.recent)) < count:
                    await recorded.wait()
                    recorded.clear()
            return found[::-1]

        tending = Tending(db, lambda: ledger.now, stamp or ledger.stamp)
        tending.begin()
        try:
            await act(until)
        finally:
            await tending.end()

    asyncio.run(play())


def give(ledger: Ledger, **changes: object) -> None:
    made = new_grant(POINTS, 100, "point", **{"slice": 100, "low": 30} | changes)
    ledger.db.run_sync(lambda conn: leases.apply_grant(conn, made, "token"))


def test_low_water_is_noticed_when_it_is_reached_and_at_the_next_start(ledger: Ledger) -> None:
    give(ledger)

    async def spend(until: Until) -> None:
        await ledger.db.run(lambda conn: leases.spend(conn, f"L-{POINTS}", 80))
        (asked,) = await until(1)
        assert (asked.kind, asked.payload) == ("lease.request", {"right": POINTS, "amount": 80})

    run(ledger, spend)

    async def later(until: Until) -> None:
        await ledger.db.run(lambda conn: leases.end(conn, f"L-{POINTS}", LeaseState.REVOKED))
        assert [one.kind for one in await until(2)] == ["lease.request", "lease.close"]

    run(ledger, later)


def test_what_fell_while_it_was_off_is_seen_at_start(ledger: Ledger) -> None:
    give(ledger)
    ledger.db.run_sync(lambda conn: leases.spend(conn, f"L-{POINTS}", 80))

    async def nothing(until: Until) -> None:
        assert len(await until(1)) == 1

    run(ledger, nothing)


def test_a_terminal_that_is_locked_meanwhile_goes_on_without_a_word(ledger: Ledger) -> None:
    give(ledger)
    ledger.db.run_sync(lambda conn: identity.set_state(conn, IdentityState.LOCKED))

    async def spend(_until: Until) -> None:
        await ledger.db.run(lambda conn: leases.spend(conn, f"L-{POINTS}", 80))

    run(ledger, spend)
    assert ledger.db.read_sync(outbox.recent) == []


def test_what_nobody_foresaw_is_told_and_the_next_change_is_tended(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    give(ledger)
    stumbled = asyncio.Event()

    def stamp() -> Stamp:
        if not stumbled.is_set():
            stumbled.set()
            raise ZeroDivisionError
        return ledger.stamp()

    async def spend(until: Until) -> None:
        await stumbled.wait()
        await ledger.db.run(lambda conn: leases.spend(conn, f"L-{POINTS}", 80))
        assert [one.kind for one in await until(1)] == ["lease.request"]

    run(ledger, spend, stamp)
    (told,) = [one for one in caplog.records if one.name == "kiosk.chore"]
    assert told.exc_info is not None
    assert told.exc_info[0] is ZeroDivisionError


def test_it_ends_in_peace_whatever_it_stumbles_over(ledger: Ledger) -> None:
    stumbled = asyncio.Event()

    def stamp() -> Stamp:
        stumbled.set()
        raise ZeroDivisionError

    async def wait(_until: Until) -> None:
        await stumbled.wait()

    run(ledger, wait, stamp)
