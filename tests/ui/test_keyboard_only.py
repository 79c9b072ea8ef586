"""By keyboard alone: Tab reaches all that can be touched and shows where it is; a bill is paid by keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQml import QQmlProperty
from PySide6.QtQuick import QQuickItem

from central.demo import day
from sync import outbox
from tests.support.clicker import Clicker
from tests.support.everywhere import Past, Visit, counter, make_past, staff, walk
from tests.support.stage import Scene, Stage
from ui.routes import AttractRoute
from ui.seen import PARTS, TOUCHED, Seen, look

Perform = Callable[..., None]
Name = tuple[str, str, str]
MOST = 200


def touched(seen: Seen) -> Counter[Name]:
    """Without the keyboard on the screen: who has one of their own does not need it."""
    inside = (each for each in seen.inside if each.key != "keyboard")
    own = [(seen.part.name, seen.name, seen.key)] if seen.part in TOUCHED and seen.enabled else []
    return sum((touched(each) for each in inside), Counter(own))


def name_of(item: QQuickItem) -> Name:
    found = QAccessible.queryAccessibleInterface(item)
    part = PARTS.get(found.role())
    return (part.name if part else "", found.text(QAccessible.Text.Name).strip(), item.objectName())


def shown(hand: Clicker, item: QQuickItem) -> bool:
    """A ring in the item, or the strong edge of the field around it."""
    if any(one.metaObject().className().startswith("YFocusRing") for one in hand.items(item)):
        return True
    box = item.parentItem()
    while box is not None and not box.inherits("QQuickRectangle"):
        box = box.parentItem()
    return (
        box is not None
        and item.inherits("QQuickTextInput") | item.inherits("QQuickTextEdit")
        and edge(box) > 2
    )


def edge(box: QQuickItem) -> int:
    return int(QQmlProperty.read(box, "border.width"))


def hidden(hand: Clicker, item: QQuickItem) -> bool:
    """Scrolled out of sight, wholly or in part."""
    box = item.mapRectToScene(item.boundingRect())
    outer: QQuickItem | None = item.parentItem()
    while outer is not None:
        view = outer.mapRectToScene(outer.boundingRect())
        if (
            outer.clip()
            and (box.top() < view.top() - 1 or box.bottom() > view.bottom() + 1)
            and box.height() < view.height()
        ):
            return True
        outer = outer.parentItem()
    return box.top() < 0 or box.bottom() > hand.window.height() + 1


async def round_trip(stage: Stage, alone: bool) -> tuple[Counter[Name], list[str]]:
    """Tab until it comes back to where it began: what was reached, and what was wrong there.

    `alone`: there is one thing to touch; it has the focus from the start, and Tab does not leave it.
    """
    window, reached, wrong = stage.screen.window, Counter[Name](), []
    first: QQuickItem | None = None
    for _ in range(MOST):
        await stage.hand.key(Qt.Key.Key_Tab, rounds=1)
        item = window.activeFocusItem()
        if item is None or item == first:
            break
        first = first or item
        name = name_of(item)
        reached[name] += 1
        if not alone and not shown(stage.hand, item):
            wrong.append(f"no ring: {name}")
        if hidden(stage.hand, item):
            wrong.append(f"out of sight: {name}")
    return reached, wrong


@pytest.mark.parametrize("among", [counter, staff], ids=["counter", "staff"])
def test_tab_reaches_everything_and_shows_where_it_is(
    perform: Perform, among: Callable[[Past], tuple[Visit, ...]]
) -> None:
    wrong: list[str] = []

    async def act(stage: Stage) -> None:
        past = await make_past(stage)
        async for name in walk(stage, among(past)):
            wanted = touched(look(stage.screen.window))
            reached, found = await round_trip(stage, alone=wanted.total() == 1)
            wrong.extend(f"{name}: not reached: {one}" for one in wanted - reached)
            wrong.extend(f"{name}: {one}" for one in found)

    perform(act, Scene())
    assert wrong == []


async def tab_to(stage: Stage, key: str) -> None:
    """Tab until the focus is there: a person looks for the ring."""
    for _ in range(MOST):
        item = stage.screen.window.activeFocusItem()
        if item is not None and key in {item.objectName(), item.parentItem().objectName()}:
            return
        await stage.hand.key(Qt.Key.Key_Tab, rounds=1)
    raise AssertionError(f"{key} is not reached by Tab")


def test_a_bill_is_paid_without_a_finger(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand

        async def press(key: str, how: Qt.Key = Qt.Key.Key_Return) -> None:
            await hand.wait_for(key)
            await tab_to(stage, key)
            await hand.key(how)
            await stage.quiet()

        await press("page.signIn")
        await press(f"signIn.operator.{day.OPERATOR}", Qt.Key.Key_Space)
        await hand.wait_for("signIn.pin")
        await hand.keys(day.OPERATOR_PIN)
        await stage.quiet()
        await press(f"home.tile.{day.POWER_SERVICE}")
        await press(f"bills.biller.{day.POWER_BILLER}", Qt.Key.Key_Space)
        await hand.key(Qt.Key.Key_Escape)
        await press(f"bills.biller.{day.POWER_BILLER}")
        await tab_to(stage, "entryInput")
        await hand.keys(day.ACCOUNT_IN_FILE)
        await hand.key(Qt.Key.Key_Return)
        await hand.wait_for("bills.confirm")
        await press("bills.cash")
        await tab_to(stage, "cash.receivedInput")
        await hand.keys("150")
        await hand.key(Qt.Key.Key_Enter)
        await hand.wait_for("bills.confirm")
        await press("page.primary")
        await hand.wait_for("slip.paper")
        await press("page.primary", Qt.Key.Key_Space)
        await hand.wait_text("已打印")
        [paid] = await stage.ledger(outbox.recent)
        assert (paid.kind, paid.payload["account"]) == ("bill.pay", day.ACCOUNT_IN_FILE)
        await press("page.home")
        await hand.wait_for(f"home.tile.{day.POWER_SERVICE}")

    perform(act)


def test_a_question_over_the_page_has_the_keyboard(perform: Perform) -> None:
    """Tab stays in the dialog, Return answers it, Escape puts it away."""

    async def act(stage: Stage) -> None:
        hand, window = stage.hand, stage.screen.window
        await make_past(stage)
        await tab_to(stage, "page.operator")
        await hand.key(Qt.Key.Key_Return)
        await hand.wait_for("dialogAccept")
        found = set()
        for _ in range(6):
            await hand.key(Qt.Key.Key_Tab, rounds=1)
            found.add(window.activeFocusItem().objectName())
        assert found == {"dialogAccept", "dialogReject"}
        await hand.key(Qt.Key.Key_Escape)
        await hand.wait_gone("dialogAccept")
        assert stage.frame.session is not None
        await tab_to(stage, "page.operator")
        await hand.key(Qt.Key.Key_Return)
        await tab_to(stage, "dialogAccept")
        await hand.key(Qt.Key.Key_Return)
        await hand.wait_for("page.signIn")
        assert stage.frame.session is None

    perform(act)


def test_return_begins_where_nobody_is(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(AttractRoute())
        await stage.hand.wait_for("attract.begin")
        await stage.hand.key(Qt.Key.Key_Return)
        await stage.hand.wait_for(f"home.tile.{day.POWER_SERVICE}")

    perform(act)
