"""The operator's afternoon with no network: bills, the mall, coupons and a closed door: steps 4 to 6."""

from __future__ import annotations

from PySide6.QtCore import Qt

from central.demo import day
from central.demo.minting import day_coupons
from tools.tour.county import County
from tools.tour.seat import Seat

CASH = "200"


async def home(seat: Seat) -> None:
    await seat.hand.click("page.home")
    await seat.hand.wait_for("home.business")
    await seat.quiet()


async def to_account(seat: Seat, service: str, biller: str, account: str) -> None:
    hand = seat.hand
    await hand.click("home.tile." + service)
    await hand.click("bills.biller." + biller)
    for char in account:
        await hand.click(f"entry.pad/key-{char}" if char.isdigit() else f"letter-{char}")
    await hand.click("page.primary")
    await seat.quiet()


async def pay_bills(seat: Seat) -> None:
    """B4: two from the file, one of them paid elsewhere meanwhile; one stated; an expired file refused."""
    hand, service, biller = seat.hand, day.POWER_SERVICE, day.POWER_BILLER
    await hand.click("home.tile." + service)
    await hand.wait_for("bills.biller." + biller)
    await seat.shoot_all("bills", "bills-billers")
    await home(seat)
    await to_account(seat, service, biller, day.ACCOUNT_MALFORMED)
    await hand.wait_for("page.problem")
    await seat.shoot_all("bills", "bills-malformed")
    await home(seat)
    for account in (day.ACCOUNT_IN_FILE, day.ACCOUNT_PAID_ELSEWHERE):
        await to_account(seat, service, biller, account)
        await hand.wait_for("bills.confirm")
        await seat.shoot_all("bills", "bills-confirm")
        await hand.click_at_once("page.primary", "page.primary")
        await hand.wait_for("slip.paper")
        await seat.shoot_all("slip", "slip-bill")
        await print_slip(seat)
        await home(seat)
    await state_a_payment(seat, day.ACCOUNT_NOT_IN_FILE, str(day.STATED_FEN // 100))
    await seat.shoot("slip", "slip-stated")
    await home(seat)
    await hand.click("home.tile." + day.EXPIRED_SERVICE)
    await hand.click("bills.biller." + day.EXPIRED_BILLER)
    await hand.wait_for("page.problem")
    await seat.shoot_all("bills", "bills-expired")
    await home(seat)


async def state_a_payment(seat: Seat, account: str, yuan: str) -> None:
    """An account that is not in the file: the payer says how much."""
    hand = seat.hand
    await to_account(seat, day.POWER_SERVICE, day.POWER_BILLER, account)
    await hand.pad("entry.pad", yuan)
    await seat.shoot("bills", "bills-stated-amount")
    await hand.click("page.primary")
    await hand.wait_for("bills.confirm")
    await seat.shoot("bills", "bills-stated-confirm")
    await hand.click("page.primary")
    await hand.wait_for("slip.paper")


async def order(seat: Seat) -> None:
    """M1: found by pinyin, into the basket, ordered for pickup here, paid in cash."""
    hand = seat.hand
    await hand.click("home.tile." + day.MALL_SERVICE)
    await hand.wait_for("mall.good." + day.GOOD_RUNS_OUT)
    await seat.shoot_all("mall", "mall-browse")
    await hand.type("mall.search", day.GOOD_SEARCHES[1])
    await seat.quiet()
    await hand.wait_for("mall.good." + day.GOOD_RUNS_OUT)
    await seat.shoot_all("mall", "mall-search")
    await hand.click("mall.search/searchGo")  # the keyboard goes, the goods have the page
    await seat.quiet()
    await hand.click("mall.good." + day.GOOD_RUNS_OUT)
    await hand.wait_for("good.price")
    await seat.shoot_all("mall", "mall-good")
    await hand.click("page.primary")
    await hand.wait_for("mall.added")
    await hand.click("page.primary")
    await hand.wait_for("basket.total")
    await seat.shoot_all("basket", "basket-lines")
    await hand.click("page.primary")
    await seat.shoot("basket", "basket-buyer")
    await hand.click("page.primary")
    await hand.pad("cash.pad", CASH)
    await seat.shoot_all("basket", "basket-cash")
    await hand.click("page.primary")
    await hand.wait_for("basket.confirm")
    await seat.shoot("basket", "basket-confirm")
    await hand.click_at_once("page.primary", "page.primary")
    await hand.wait_for("slip.paper")
    await seat.shoot("slip", "slip-order")
    await print_slip(seat)
    await home(seat)


async def sell(seat: Seat) -> None:
    """A good that lies here: final on the spot."""
    hand = seat.hand
    await hand.click("home.tile." + day.MALL_SERVICE)
    await hand.click("mall.department.here")
    await seat.quiet()
    await hand.click("mall.good." + day.GOOD_SOLD_HERE)
    await hand.click("mall.sellHere")
    await hand.wait_for("sell.good")
    await seat.shoot_all("sell", "sell-good")
    await hand.click("page.primary")
    await hand.pad("cash.pad", CASH)
    await hand.click("page.primary")
    await hand.wait_for("sell.confirm")
    await seat.shoot("sell", "sell-confirm")
    await hand.click("page.primary")
    await hand.wait_for("slip.paper")
    await seat.shoot_all("slip", "slip-sale")
    await print_slip(seat)
    await home(seat)


async def scan(seat: Seat, token: str) -> None:
    await seat.hand.type("rights.token", token)
    await seat.hand.key(Qt.Key.Key_Return)
    await seat.quiet()


async def redeem(seat: Seat, county: County) -> None:
    """R1: forged, expired, good, and the same once more."""
    hand = seat.hand
    await hand.click("home.tile." + day.COUPON_SERVICE)
    await hand.wait_for("rights.token")
    await seat.shoot_all("rights", "rights-scan")
    codes = day_coupons(county.parts.keys.coupons, county.clocks.wall())
    for what, token in (("forged", codes.forged), ("expired", codes.expired)):
        await scan(seat, token)
        await hand.wait_for("rights.refused")
        await seat.shoot_all("rights", f"rights-{what}")
    await scan(seat, codes.good)
    await hand.wait_for("rights.face")
    await seat.shoot_all("rights", "rights-orders")
    [order] = [name for name in hand.names() if name.startswith("rights.order.")]
    await hand.click(order)
    await hand.wait_for("rights.confirm")
    await seat.shoot_all("rights", "rights-confirm")
    await hand.click_at_once("page.primary", "page.primary")
    await hand.wait_for("slip.paper")
    await seat.shoot("slip", "slip-redemption")
    await print_slip(seat)
    await home(seat)
    await hand.click("home.tile." + day.COUPON_SERVICE)
    await scan(seat, codes.good)
    await hand.wait_for("rights.refused")
    await seat.shoot("rights", "rights-again")
    await home(seat)


async def ask_for_the_door(seat: Seat) -> None:
    """N3: never offline; a call-back slip instead."""
    hand = seat.hand
    await hand.click("home.tile." + day.DOOR_SERVICE)
    await hand.wait_for("callback.why")
    await seat.shoot_all("callback", "callback-why")
    await hand.click("page.primary")
    await hand.pad("entry.pad", day.CALLBACK_PHONE)
    await hand.click("page.primary")
    await hand.wait_for("callback.wish.morning")
    await seat.shoot("callback", "callback-wish")
    await hand.click("callback.wish.morning")
    await hand.type("callback.note", "三号楼单元门打不开")
    await seat.shoot("callback", "callback-note")
    await hand.click("page.primary")
    await hand.wait_for("callback.name")
    await seat.shoot("callback", "callback-name")
    await hand.click("page.primary")
    await hand.wait_for("callback.confirm")
    await seat.shoot("callback", "callback-confirm")
    await hand.click("page.primary")
    await hand.wait_for("slip.paper")
    await seat.shoot("slip", "slip-callback")
    await home(seat)


async def print_slip(seat: Seat) -> None:
    """On paper, and as PDF."""
    hand = seat.hand
    before = len(list(seat.printed.glob("*.bin")))
    await hand.click("page.primary")
    await seat.quiet()
    await hand.until(lambda: len(list(seat.printed.glob("*.bin"))) > before, "the slip to be printed")
    await hand.click("slip.pdf")
    await seat.quiet()
