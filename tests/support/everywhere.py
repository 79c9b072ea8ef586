"""Every page of the product, and the steps inside the pages, opened one after the other on one stage."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from central.demo import day
from kiosk.bilingual import Text
from kiosk.services.approval import Ask
from kiosk.services.permissions import Asked, Permission, Session
from sync.wire.answers import Outcome
from sync.wire.operation import new_op_id
from tests.support.clicker import settle
from tests.support.deeds import answer, coupon_code, owed_cash, pay_bill, place_order, sign_in
from tests.support.stage import Stage
from ui import routes
from ui.routes import Route

SHAN = "op-shan"  # the other operator of the point
SECOND = Ask(new_op_id(), Asked.SECOND, Permission.REVERSE, Text("冲正", "Reversal"), -6800)

Step = tuple[str, Callable[[Any], None]]
"""The name of what is then seen, and what the page's view-model is told."""


@dataclass(frozen=True)
class Visit:
    """A page and how one goes on in it."""

    name: str
    route: Route
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Past:
    """What was done here before."""

    paid: str
    ordered: str
    session: Session
    case: str = "c-1"


async def make_past(stage: Stage) -> Past:
    """An operator is signed in; one bill was paid, one order stands, one came to nothing."""
    sign_in(stage)
    paid = await pay_bill(stage, day.ACCOUNT_IN_FILE)
    ordered = await place_order(stage)
    lost = await place_order(stage)
    await answer(stage, lost.op_id, Outcome.REJECTED, "sold-out", case="c-1", owes=[owed_cash(6800)])
    session = stage.frame.session
    assert session is not None
    return Past(paid.op_id, ordered.op_id, session)


def forward(model: Any) -> None:
    model.goForward()


def _phone(model: Any) -> None:
    model.setPhone("13800131234")
    model.goForward()


def counter(past: Past) -> tuple[Visit, ...]:
    """Where a villager gets to."""
    return (
        Visit("attract", routes.AttractRoute()),
        Visit("home", routes.HomeRoute()),
        Visit("board", routes.BoardRoute()),
        Visit("board of one", routes.BoardRoute(day.DOOR_SERVICE)),
        Visit("sign-in", routes.SignInRoute(), (("pin", lambda m: m.choose(day.OPERATOR)),)),
        Visit(
            "identify",
            routes.IdentifyRoute(),
            (
                ("member", lambda m: m.chooseWay("member")),
                ("phone", lambda m: m.chooseWay("vouched")),
                ("name", _phone),
                ("vouch", forward),
            ),
        ),
        Visit(
            "guide",
            routes.GuideRoute("g6-guide"),
            (("hits", lambda m: m.search("sfz")), ("item", lambda m: m.open(day.GUIDE_ITEM))),
        ),
        Visit("bills", routes.BillsRoute(day.POWER_SERVICE), _bill_steps()),
        Visit("form", routes.FormRoute(day.FAULT_SERVICE), _form_steps()),
        Visit(
            "mall",
            routes.MallRoute(day.MALL_SERVICE),
            (("good", lambda m: m.open(day.GOOD_SOLD_HERE)), ("kept", forward)),
        ),
        Visit("basket", routes.BasketRoute(day.MALL_SERVICE), _basket_steps()),
        Visit(
            "sell",
            routes.SellRoute(day.MALL_SERVICE, day.GOOD_SOLD_HERE),
            (("cash", forward), ("confirm", _cash)),
        ),
        Visit("rights", routes.RightsRoute(day.COUPON_SERVICE)),
        Visit("callback", routes.CallbackRoute(day.DOOR_SERVICE), _callback_steps()),
        Visit("slip", routes.SlipRoute(op_id=past.paid)),
        Visit("business", routes.BusinessRoute(), (("one", lambda m: m.open(past.paid)),)),
    )


def staff(past: Past) -> tuple[Visit, ...]:
    """Where the operator and the branch get to."""
    return (
        Visit("unlock", routes.UnlockRoute(past.session)),
        Visit("second", routes.SecondRoute(SECOND), (("pin", lambda m: m.choose(SHAN)),)),
        Visit("queue", routes.QueueRoute(), (("entry", lambda m: m.open(past.ordered)),)),
        Visit("cases", routes.CasesRoute(), (("one", lambda m: m.open(past.case)),)),
        Visit("case", routes.CasesRoute(past.case)),
        Visit("till", routes.TillRoute()),
        Visit("leases", routes.LeasesRoute(), (("one", lambda m: m.choose("l-1")),)),
        Visit("staff", routes.StaffRoute()),
        Visit("courier", routes.CourierRoute()),
        Visit("storage", routes.StorageRoute()),
        Visit("logs", routes.LogsRoute()),
        Visit("settings", routes.SettingsRoute()),
        Visit("line", routes.LineRoute()),
        Visit("gallery", routes.GalleryRoute()),
        Visit("exit", routes.ExitRoute()),
        Visit("devices", routes.DevicesRoute()),
        Visit("unclean", routes.UncleanRoute()),
        Visit("setup", routes.SetupRoute(anew=True), (("point", forward),)),
    )


def visits(past: Past) -> tuple[Visit, ...]:
    return counter(past) + staff(past)


def visited(past: Past) -> Mapping[type[Route], Visit]:
    return {type(visit.route): visit for visit in visits(past)}


async def walk(stage: Stage, among: tuple[Visit, ...]) -> AsyncIterator[str]:
    """The name of each sight, while it is on the screen and at rest."""
    for visit in among:
        stage.frame.go(visit.route)
        await at_rest(stage)
        yield visit.name
        for name, act in visit.steps:
            act(stage.frame.current)
            await at_rest(stage)
            yield f"{visit.name}: {name}"


async def at_rest(stage: Stage) -> None:
    await stage.quiet()
    await settle(5)


def coupon(stage: Stage) -> Callable[[Any], None]:
    def scan(model: Any) -> None:
        model.enter(coupon_code(stage))
        model.goForward()

    return scan


def _bill_steps() -> tuple[Step, ...]:
    def account(model: Any) -> None:
        model.enter(day.ACCOUNT_IN_FILE)
        model.goForward()

    return (
        ("account", lambda m: m.chooseBiller(day.POWER_BILLER)),
        ("confirm", account),
        ("cash", lambda m: m.countCash()),
    )


def _form_steps() -> tuple[Step, ...]:
    def given(name: str) -> Callable[[Any], None]:
        def act(model: Any) -> None:
            model.answer(name, day.FAULT_ANSWERS[name])
            model.goForward()

        return act

    return tuple((f"after {name}", given(name)) for name in day.FAULT_ANSWERS)


def _basket_steps() -> tuple[Step, ...]:
    def phone(model: Any) -> None:
        model.setPhone(day.CALLBACK_PHONE)
        model.goForward()

    def name(model: Any) -> None:
        model.setName("李㮾")
        model.goForward()

    return (("phone", forward), ("name", phone), ("cash", name), ("confirm", _cash))


def _callback_steps() -> tuple[Step, ...]:
    def phone(model: Any) -> None:
        model.setPhone(day.CALLBACK_PHONE)
        model.goForward()

    return (
        ("phone", forward),
        ("wish", phone),
        ("note", lambda m: m.chooseWish("morning")),
        ("name", forward),
        ("confirm", forward),
    )


def _cash(model: Any) -> None:
    model.setCash("200")
    model.goForward()
