"""The network returns: outcomes, done slips, cases, the branch, and a laptop a week late: steps 8 and 9."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from central import partner
from central.demo import day
from kiosk.services import cases, shares
from kiosk.services.cases import OpenCase
from kiosk.services.shares import Share
from sync import outbox, tending
from sync.outbox import OperationView, State
from sync.wire.answers import Profile
from sync.wire.rights import Sort
from tools.tour import afternoon, morning
from tools.tour.county import County
from tools.tour.seat import Seat

RECEIVER = "李㮾"
REFILL_YUAN = "500"
DRAWER_YUAN = "200"  # the branch pays back from its drawer: somebody has to have paid in before
A_WEEK = timedelta(days=7)


async def happen_elsewhere(county: County) -> None:
    """While the point is offline: a bill is paid at another counter, and the ordered good runs out."""
    at = county.clocks.wall()
    bill = day.bill_of(day.ACCOUNT_PAID_ELSEWHERE, at)
    await county.happen(lambda conn: partner.pay_bill(conn, bill.id, at))
    await county.happen(lambda conn: partner.set_stock(conn, day.GOOD_RUNS_OUT, 0, at))


async def operations(seat: Seat) -> list[OperationView]:
    return await seat.app.terminal.data.read(outbox.recent)


async def settled(seat: Seat) -> None:
    """Everything recorded here has its word from central, and no exchange is under way."""

    def open_here(conn: Connection) -> int:
        found, reading = outbox.depth(conn), seat.app.terminal.clock.now()
        asks = bool(tending.due(conn, reading.at, reading.quality))  # what the terminal is about to record
        return found.waiting + found.unknown + found.undecided + asks

    async def left() -> int:
        return await seat.app.terminal.data.read(open_here)

    await seat.until(left, lambda count: count == 0, "the queue to be empty")
    await seat.quiet()


async def look_at_the_queue(seat: Seat) -> None:
    await seat.shoot_all("home", "home-offline-recorded")
    await seat.hand.click("home.queue")
    await seat.quiet()
    await seat.shoot_all("queue", "queue-offline")
    await afternoon.home(seat)


async def settle(seat: Seat) -> None:
    """The page updates by itself: it is open while the answers arrive."""
    hand = seat.hand
    await hand.click("home.business")
    await hand.wait_for("business.filter.all")
    await seat.shoot_all("business", "business-recorded")
    await seat.restore()
    await settled(seat)
    await seat.shoot_all("business", "business-settled")
    paid = next(op for op in await operations(seat) if (op.kind, op.state) == ("bill.pay", State.ACCEPTED))
    await hand.click(f"business.entry.{paid.op_id}")
    await hand.wait_for("business.state")
    await seat.shoot_all("business", "business-detail")
    before = len(list(seat.printed.glob("*.bin")))
    await hand.click("page.primary")
    await seat.quiet()
    await hand.until(lambda: len(list(seat.printed.glob("*.bin"))) > before, "the done slip to be printed")
    await seat.shoot("business", "business-done-printed")
    await afternoon.home(seat)
    await seat.shoot_all("home", "home-back-online")


async def open_cases(seat: Seat) -> dict[str, OpenCase]:
    """By the kind of the operation they follow."""
    desk = seat.app.frame.desk()
    found = await seat.app.terminal.data.read(lambda conn: cases.open_cases(conn, desk))
    kinds = {op.op_id: op.kind for op in await operations(seat)}
    return {kinds[case.op_id]: case for case in found}


async def pay_back(seat: Seat, pin: str) -> None:
    """From the case's page to its refund slip."""
    hand = seat.hand
    await hand.wait_for("cases.card")
    await seat.shoot_all("cases", "case-what-to-do")
    await hand.click("page.primary")
    await hand.type("entry", RECEIVER)
    await seat.shoot("cases", "case-receiver")
    await hand.click("page.primary")
    await hand.wait_for("proof.pin")
    await seat.shoot_all("cases", "case-proof")
    await hand.pad("pinKeys", pin)
    await hand.wait_for("slip.paper")
    await seat.shoot_all("slip", "slip-refund")
    await afternoon.print_slip(seat)
    await afternoon.home(seat)


async def close_the_orders_case(seat: Seat) -> str:
    """Cash and coupon together; returns the number of the bill's case, which the branch will finish."""
    found = await open_cases(seat)
    assert set(found) == {"order.place", "bill.pay"}, found
    await seat.hand.click("home.cases")
    await seat.hand.wait_for("cases.case." + found["order.place"].id)
    await seat.shoot_all("cases", "cases-list")
    await seat.hand.click("cases.case." + found["order.place"].id)
    await pay_back(seat, morning.DAY_PIN)
    await settled(seat)
    await seat.hand.click("home.till")
    await seat.quiet()
    await seat.shoot_all("till", "till")
    await refill_the_float(seat)
    await afternoon.home(seat)
    return found["bill.pay"].number


async def refill_the_float(seat: Seat) -> None:
    """From the till: asked for, granted by central, and more may be taken."""
    hand, desk = seat.hand, seat.app.frame.desk()

    async def float_share() -> Share:
        found = await seat.app.terminal.data.read(lambda conn: shares.held(conn, desk))
        return next(one for one in found if one.sort is Sort.FLOAT)

    before = await float_share()
    await hand.click("till.leases")
    await hand.click(f"leases.share.{before.id}")
    await hand.wait_for("leases.chosen")
    await hand.click("page.primary")
    await hand.pad("entry.pad", REFILL_YUAN)
    await hand.click("page.primary")
    await hand.wait_for("leases.confirm")
    await hand.click("page.primary")
    await hand.wait_for(f"leases.share.{before.id}")
    await settled(seat)
    after = await float_share()
    assert after.left == before.left + int(REFILL_YUAN) * 100, (before, after)
    await seat.shoot_all("leases", "leases")


async def finish_at_the_branch(seat: Seat, county: County, number: str) -> None:
    """A staff terminal finds the case by its number and pays the customer."""
    await morning.set_up(seat, county, Profile.STAFF, day.BRANCH_POINT)
    await seat.shoot_all("home", "home-staff")
    await morning.sign_in(seat, day.STAFF, day.STAFF_PIN)
    await afternoon.state_a_payment(seat, day.ACCOUNT_NOT_IN_FILE, DRAWER_YUAN)
    await afternoon.home(seat)
    hand = seat.hand
    await hand.click("home.cases")
    await hand.wait_for("entry.pad")
    await seat.quiet()
    await hand.type("entry", number)
    await seat.shoot_all("staff", "staff-lookup")
    await hand.click("page.primary")
    await hand.wait_for("cases.card")
    await pay_back(seat, morning.DAY_PIN)
    await settled(seat)


async def set_out(seat: Seat, county: County) -> None:
    """A field agent enrols, drives off, and takes a payment where there is no network."""
    await morning.set_up(seat, county, Profile.FIELD, day.FIELD_POINT)
    await seat.cut()
    await morning.sign_in(seat, *AGENT)
    await afternoon.to_account(seat, day.POWER_SERVICE, day.POWER_BILLER, FIELD_ACCOUNT)
    await seat.hand.wait_for("bills.confirm")
    await seat.hand.click("page.primary")
    await seat.hand.wait_for("slip.paper")
    await seat.shoot("slip", "slip-field")
    await seat.close()


AGENT = ("op-zhou", "314159")
FIELD_ACCOUNT = "5102102216003"


async def come_back(seat: Seat) -> None:
    """Switched on again a week later: what was recorded last is shown first; then it joins the push."""
    await seat.open()
    await morning.enter(seat, AGENT[0], morning.DAY_PIN)
    await seat.hand.wait_for("business.state")
    await seat.shoot_all("business", "business-after-restart")
    await seat.restore()
    await settled(seat)
    await seat.shoot("business", "business-a-week-later")
