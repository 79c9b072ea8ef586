"""Set-up, the cable pulled, a villager who looks something up and reports a fault: steps 1 to 3."""

from __future__ import annotations

from central.demo import day
from sync.policy import Link
from sync.wire.answers import Profile
from tools.tour.county import County
from tools.tour.seat import Seat

DAY_PIN = "739146"


async def set_up(seat: Seat, county: County, profile: Profile, point: str) -> None:
    """From an empty folder to Home."""
    await seat.open(await county.code(profile))
    hand = seat.hand
    await hand.wait_for("setup.code")
    await seat.shoot("setup", "setup-code")
    await hand.click("page.primary")
    await hand.wait_for("setup.point." + point)
    await seat.shoot("setup", "setup-point")
    await hand.click("setup.point." + point)
    await hand.click("setup.print")
    await hand.wait_text("再打一张")
    await seat.shoot("setup", "setup-printer")
    await hand.click("page.primary")
    await hand.wait_text("可以使用")
    await seat.quiet()
    await seat.shoot("setup", "setup-steps")
    await hand.click("page.primary")
    await hand.wait_for("home.business")
    await seat.link(Link.ONLINE)


async def pull_the_cable(seat: Seat) -> None:
    """Once everything has come down, pictures last."""
    pictures = seat.app.terminal.pictures
    await seat.until(lambda: pictures.wanted(1), lambda left: not left, "the pictures")
    await seat.shoot_all("home", "home-online")
    await seat.cut()
    await seat.shoot_all("home", "home-offline")


async def look_up(seat: Seat) -> None:
    """G6: by word, by pinyin, by initials; prints the guide."""
    hand = seat.hand
    await hand.click("home.tile.g6-guide")
    for query in day.GUIDE_QUERIES:
        await hand.wait_for("guide.search")
        if hand.sees("searchClear"):
            await hand.click("searchClear")
        await hand.type("guide.search", query)
        await hand.wait_for("guide.hit." + day.GUIDE_ITEM)
        await seat.quiet()
    await seat.shoot_all("guide", "guide-found")
    await hand.click("guide.hit." + day.GUIDE_ITEM)
    await hand.wait_for("guide.title")
    await seat.shoot_all("guide", "guide-item")
    await hand.click("page.primary")
    await hand.wait_for("slip.paper")
    await seat.shoot("slip", "slip-guide")
    await hand.click("page.home")


async def report_a_fault(seat: Seat) -> None:
    """N2: begun, left as a draft, taken up again, sent."""
    hand, answers = seat.hand, day.FAULT_ANSWERS
    await hand.click("home.tile." + day.FAULT_SERVICE)
    await hand.click("form.what-" + answers["what"])
    await seat.shoot_all("form", "form-choice")
    await hand.click("page.primary")
    await hand.type("form.where", answers["where"])
    await seat.shoot("form", "form-text")
    await hand.click("form.keep")
    await hand.wait_for("home.business")
    await hand.click("home.tile." + day.FAULT_SERVICE)
    await hand.wait_for("form.begin")
    await seat.shoot("form", "form-drafts")
    [draft] = [name for name in hand.names() if name.startswith("form.draft.")]
    await hand.click(draft)
    await hand.wait_for("form.where")
    await hand.click("page.primary")
    await hand.type("form.description", answers["description"])
    await seat.shoot("form", "form-long")
    await hand.click("page.primary")
    await hand.pad("form.phone", answers["phone"])
    await hand.click("page.primary")
    await hand.wait_for("form.answer.0")
    await seat.shoot_all("form", "form-review")
    await hand.click("page.primary")
    await hand.wait_for("slip.paper")
    await seat.shoot_all("slip", "slip-application")
    await hand.click("page.home")
    await hand.wait_for("home.business")


async def enter(seat: Seat, operator: str, pin: str) -> None:
    await seat.hand.click("signIn.operator." + operator)
    await seat.hand.wait_for("signIn.pin")
    await seat.hand.pad("signIn.pin", pin)


async def sign_in(seat: Seat, operator: str, first_pin: str) -> None:
    """The first time, with an own PIN; a wrong one before it."""
    hand = seat.hand
    await hand.click("page.signIn")
    await hand.wait_for("signIn.operator." + operator)
    await seat.shoot_all("sign-in", "sign-in-who")
    await enter(seat, operator, "000000")
    await seat.quiet()
    await seat.shoot_all("sign-in", "sign-in-wrong-pin")
    await hand.pad("signIn.pin", first_pin)
    await hand.wait_text("第一次登录")
    await hand.pad("signIn.pin", DAY_PIN)
    await hand.wait_text("再输入一次")
    await hand.pad("signIn.pin", DAY_PIN)
    await hand.wait_for("page.operator")
    await seat.quiet()
