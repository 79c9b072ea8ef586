"""Everything about who is there fits: longest names, both languages, large type, upright and wide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.devices.fitted import Fitted
from kiosk.services.presence import Locked
from sync.wire.answers import Profile
from tests.support.stage import Scene, Stage
from tests.ui.test_bills import sign_in
from tests.ui.test_identify import Reader
from tests.ui.test_presence import CARD
from tools.look.inspect import inspect, needs
from ui.routes import IdentifyRoute

Perform = Callable[..., None]
LONG = replace(CARD, name="欧阳小明")
UPRIGHT, WIDE = (1080, 1920), (1366, 768)


async def judge(stage: Stage, what: str) -> list[str]:
    found: list[str] = []
    for _ in range(2):
        for _ in range(2):
            await stage.quiet()
            await stage.hand.drawn()
            frame = stage.frame
            seen = inspect(stage.screen.window, needs(frame.large)).all
            found += [f"{what} {frame.lang.value} {'large ' * frame.large}{one}" for one in seen]
            frame.switchLanguage()
        stage.frame.toggleElder()
    return found


def test_a_customer_alone(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        found = await judge(stage, "home")
        stage.frame.goIdentify()
        found += await judge(stage, "ways")
        stage.frame.current.chooseWay("card")
        found += await judge(stage, "card")
        stage.frame.card(LONG)
        found += await judge(stage, "named")
        assert not found, "\n".join(found)

    perform(act, Scene(size=UPRIGHT, profile=Profile.PUBLIC, fitted=Fitted(cards=Reader())))


@pytest.mark.parametrize("size", [UPRIGHT, WIDE])
def test_an_operator_with_a_villager(perform: Perform, size: tuple[int, int]) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.card(LONG)
        found = await judge(stage, "home")
        stage.frame.go(IdentifyRoute(vouched=True))
        stage.frame.current.setPhone("13800131234")
        stage.frame.current.goForward()
        found += await judge(stage, "name")
        stage.frame.current.goForward()
        found += await judge(stage, "vouch")
        stage.crank.forward(61)
        stage.frame.idle.look()
        await stage.hand.wait_text("29 秒后锁屏")
        await stage.hand.drawn()
        seen = inspect(stage.screen.window, needs(elder=False)).all
        found += [f"idle {one}" for one in seen]
        stage.crank.forward(60)
        stage.frame.idle.look()
        assert isinstance(stage.frame.presence.who, Locked)
        found += await judge(stage, "lock")
        assert not found, "\n".join(found)

    perform(act, Scene(size=size))
