"""A bad day at a terminal for the gallery: lost answers, reviews, a locked chain, a courier with a stick."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

from central.demo import day
from kiosk.devices.faults import Device
from kiosk.devices.file_printer import EMPTY_ROLL
from kiosk.devices.idcard import ReaderUnplugged
from kiosk.devices.media import Stick
from kiosk.devices.printer import PaperOut
from kiosk.devices.scanner import Scan, Symbology
from kiosk.health import CLOCK
from sync import anchors, courier, identity, leases, transfer
from sync.budget import Outlook
from sync.carried import Contents, Fate, Handled, Written
from sync.carrier import Round
from sync.clock import ClockMark, MarkKind, WallClock
from sync.identity import IdentityState
from sync.lanes import Lane
from sync.linereport import LaneNow, LineReport
from sync.policy import Link, Trouble
from sync.rate import Rate, Speed
from sync.recovery import Recovery
from sync.transfer import Chain
from sync.wire.answers import Outcome
from sync.wire.bundle import Head, Way
from sync.wire.operation import TimeQuality
from tests.support.deeds import answer, place_order, redeem, sign_in
from tests.support.stage import TERMINAL, Stage
from ui import routes

STICK = Stick(Path("/media/KINGSTON"), 7_400_000_000)
HEAD = Head(Way.UP, TERMINAL, 1, "key", "nonce-1", 1, 4, "2026-03-08T02:00:00Z")


class PassingCourier:
    """Whoever comes by with a stick that holds a little of everything."""

    async def sticks(self) -> tuple[Stick, ...]:
        return (STICK, Stick(Path("/media/U盘"), 1_200_000))

    async def look(self, stick: Stick) -> Contents:  # noqa: ARG002  any of them
        return Contents(ours_up=1, others_up=3, ours_down=2, others_down=1, packs=1, unreadable=1)

    async def fill(self, stick: Stick) -> tuple[Written, ...]:  # noqa: ARG002
        return (Written(HEAD.name, HEAD, 23_410, more=True),)

    async def empty(self, stick: Stick) -> tuple[Handled, ...]:  # noqa: ARG002
        fates = (Fate.TAKEN, Fate.TAKEN, Fate.PACK_TAKEN, Fate.FOR_ANOTHER)
        damaged = Handled("yizhan-t-demo-1-1-9-0f3c2a11.yza", Fate.DAMAGED, "not whole")
        newer = Handled("yizhan-t-demo-1-1-12-77aa01c2.yza", Fate.NEWER, "later version")
        return (*(Handled(f"{n}.yza", fate) for n, fate in enumerate(fates)), damaged, newer)

    async def carry(self, stick: Stick) -> Round:  # noqa: ARG002
        return Round(("a", "b", "c"), ("a",), ("b", "c"), ("d",), ())


def report(stage: Stage) -> LineReport:
    soon = stage.crank.at + timedelta(minutes=3)
    lanes = (
        LaneNow(Lane.OPERATIONS),
        LaneNow(Lane.NEWS, soon),
        LaneNow(Lane.ATTACHMENTS, soon + timedelta(minutes=27), error="413 too large"),
        LaneNow(Lane.CONTENT, soon, resting=True),
    )
    data = Outlook(81_000_000, 120_000_000, 100_000_000, frozenset({Lane.CONTENT}))
    return LineReport(Recovery.RECONCILING, data, Speed(Rate(6_400.0), Rate(21_000.0), 0.61), lanes)


async def pages(stage: Stage) -> AsyncIterator[str]:
    """Opens each page in turn and yields its name; leaves the terminal as it should not be."""
    session = stage.frame.session
    assert session is not None
    stage.frame.go(routes.UnlockRoute(session))
    yield "unlock"
    order = await place_order(stage)
    coupon = await redeem(stage)
    await place_order(stage)
    chain = Chain(TERMINAL, 1)
    await stage.data.run(lambda conn: transfer.mark_unknown(conn, chain, 1, transfer.last_seq(conn, chain)))
    await stage.data.run(lambda conn: courier.posted(conn, HEAD))
    await answer(stage, order.op_id, Outcome.REVIEW, "lease-breach")
    await answer(stage, coupon.op_id, Outcome.REVIEW, "parent-review")
    mark = ClockMark(MarkKind.WALL_SET, -93_600, stage.crank.at, TimeQuality.ANCHORED)
    await stage.data.run(lambda conn: anchors.save_marks(conn, [mark], "boot"))
    stage.wire.told, stage.local.off = report(stage), timedelta(hours=-26)
    stage.local.notices = (CLOCK[WallClock.BEHIND],)
    stage.wire.be(Link.HOSTILE, Trouble.CAPTIVE_PORTAL, stage.crank.at + timedelta(minutes=2))
    for name, route in (("line-bad", routes.LineRoute()), ("queue-bad", routes.QueueRoute())):
        stage.frame.go(route)
        yield name
    stage.frame.current.open(coupon.op_id)  # type: ignore[attr-defined]
    yield "queue-entry"
    async for name in _courier(stage):
        yield name
    yield await _devices(stage)
    async for name in _of_the_branch(stage):
        yield name
    await stage.data.run(lambda conn: leases.set_state(conn, "l-1", leases.LeaseState.FROZEN))
    stage.frame.go(routes.LeasesRoute())
    await stage.quiet()
    stage.frame.current.choose("l-1")  # type: ignore[attr-defined]
    yield "lease-over"
    await stage.data.run(lambda conn: identity.set_state(conn, IdentityState.FORKED))
    stage.wire.be(Link.LOCKED, Trouble.CHAIN_FORK)
    for name, route in (("queue-locked", routes.QueueRoute()), ("setup-anew", routes.SetupRoute(anew=True))):
        stage.frame.go(route)
        yield name


async def _devices(stage: Stage) -> str:
    """The roll is empty, the reader was pulled out this morning."""
    stage.printer.folder.mkdir(exist_ok=True)
    (stage.printer.folder / EMPTY_ROLL).touch()
    stage.faults.note(Device.CARDS, ReaderUnplugged())
    stage.faults.note(Device.PRINTER, PaperOut())
    stage.frame.go(routes.DevicesRoute())
    await stage.quiet()
    stage.frame.current.scanned(Scan("6901234567892", Symbology.EAN))
    return "devices"


async def _of_the_branch(stage: Stage) -> AsyncIterator[str]:
    sign_in(stage, day.STAFF)
    for name, route in (("staff-desk", routes.StaffRoute()), ("settings", routes.SettingsRoute())):
        stage.frame.go(route)
        yield name


async def _courier(stage: Stage) -> AsyncIterator[str]:
    stage.frame.go(routes.CourierRoute())
    await stage.quiet()
    stage.frame.current.choose(str(STICK.path))  # type: ignore[attr-defined]
    yield "courier-stick"
    for errand in ("write", "read", "carry"):
        stage.frame.current.begin(errand)  # type: ignore[attr-defined]
        yield f"courier-{errand}"
