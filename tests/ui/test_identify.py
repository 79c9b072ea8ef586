"""Saying who one is: every way, by its own clicks, and none of them asked for twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from central.demo import county, day
from kiosk.devices.fitted import Fitted
from kiosk.devices.idcard import IdCard, NoReader, ReaderState
from kiosk.devices.scanner import Scan
from kiosk.services.presence import Assisting, Guest, How, OperatorThere, Villager
from sync.wire import member
from sync.wire.answers import Profile
from sync.wire.encoding import instant
from sync.wire.keys import SigningKey
from sync.wire.member import MemberCard
from tests.support.crank import START
from tests.support.pack import MEMBERS
from tests.support.stage import Scene, Stage
from tests.ui.test_bills import sign_in
from tests.ui.test_presence import CARD
from ui.routes import BusinessRoute, IdentifyRoute

Perform = Callable[..., None]


class Reader(NoReader):
    """One that is fitted."""

    def __init__(self, now: ReaderState = ReaderState.READY) -> None:
        self._now = now

    def state(self) -> ReaderState:
        return self._now


def code(key: SigningKey = MEMBERS) -> str:
    issued, exp = instant(START), instant(START + timedelta(days=365))
    return member.issue(key, MemberCard("M-1/a", "M-1", county.COUNTY, "周*", issued, exp))


def with_reader(state: ReaderState = ReaderState.READY) -> Scene:
    return Scene(profile=Profile.PUBLIC, fitted=Fitted(cards=Reader(state)))


def test_a_guest_goes_on_without(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("page.identify")
        await stage.hand.wait_for("identify.way.member")
        assert not stage.hand.sees("identify.way.card"), "no reader is fitted"
        assert not stage.hand.sees("identify.way.vouched"), "nobody stands by who could vouch"
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("page.identify")
        assert isinstance(stage.frame.presence.who, Guest)

    perform(act, Scene(profile=Profile.PUBLIC))


def test_the_card_on_the_reader_goes_on_to_what_was_wanted(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(IdentifyRoute(then=BusinessRoute()))
        await stage.hand.click("identify.way.card")
        await stage.hand.wait_text("平放在读卡器上")
        stage.frame.card(CARD)
        await stage.quiet()
        assert stage.frame.route == BusinessRoute()
        assert stage.hand.text_of("page.person") == "㳇** · 结束"

    perform(act, with_reader())


def test_a_reader_without_its_cable_says_so(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("page.identify")
        await stage.hand.wait_text("读卡器没有接好")

    perform(act, with_reader(ReaderState.UNPLUGGED))


def test_a_member_card_is_taken_on_any_page(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.scanned(Scan(code()))
        await stage.hand.wait_text("周* · 结束")
        person = stage.frame.presence.person
        assert person is not None
        assert (person.how, person.number) == (How.MEMBER, "M-1")
        assert isinstance(stage.frame.presence.who, Villager)

    perform(act, Scene(profile=Profile.PUBLIC))


def test_a_member_card_wakes_the_attract_page(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.leave()
        await stage.hand.wait_for("attract")
        await stage.quiet()
        stage.frame.scanned(Scan(code()))
        await stage.hand.wait_text("周* · 结束")

    perform(act)


def test_a_forged_card_and_another_code_name_nobody(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("page.identify")
        await stage.hand.click("identify.way.member")
        stage.frame.scanned(Scan(code(SigningKey.generate())))
        await stage.hand.wait_text("签名不符")
        stage.frame.scanned(Scan("6901234567892"))
        await stage.hand.wait_text("这不是会员卡的码")
        assert stage.frame.presence.person is None

    perform(act)


def test_an_operator_vouches_with_the_pin(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await hand.click("page.identify")
        await hand.click("identify.way.vouched")
        await hand.click("signIn.operator." + day.OPERATOR)
        await hand.pad("signIn.pin", day.OPERATOR_PIN)
        await hand.type("entry", "138")
        await hand.click("page.primary")
        await hand.wait_for("page.problem")
        await hand.type("entry", "00131234")
        await hand.click("page.primary")
        await hand.type("identify.name", "周五")
        await hand.click("page.primary")
        assert hand.reads("138****1234")
        await hand.pad("identify.pin", "111111")
        await hand.wait_text("密码不对")
        await hand.pad("identify.pin", day.OPERATOR_PIN)
        await hand.wait_text("周* · 结束")
        assert isinstance(stage.frame.presence.who, Assisting)
        person = stage.frame.presence.person
        assert person is not None
        assert (person.how, person.number, person.vouched_by) == (How.VOUCHED, "13800131234", day.OPERATOR)

    perform(act)


def test_the_next_villager_is_named_after_the_first_has_gone(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.card(CARD)
        stage.frame.go(IdentifyRoute(then=BusinessRoute()))
        await stage.quiet()
        other: IdCard = replace(CARD, name="李四", number="511602195001010017")
        stage.frame.card(other)
        await stage.quiet()
        await stage.hand.wait_text("李* · 结束")
        assert stage.frame.route != BusinessRoute(), "what the first one wanted is not for the second"
        stage.frame.personLeaves()
        assert isinstance(stage.frame.presence.who, OperatorThere)

    perform(act)
