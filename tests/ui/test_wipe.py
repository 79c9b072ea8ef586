"""Leaving wipes: nothing of the person is left anywhere on a public terminal, and a leak is found."""

from __future__ import annotations

from collections.abc import Callable

from central.demo import day
from kiosk.services.traces import Clean
from sync.wire.answers import Profile
from tests.support.stage import Scene, Stage

Perform = Callable[..., None]
PUBLIC = Scene(profile=Profile.PUBLIC)


def test_leaving_ends_clean(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await stage.hand.click("home.tile." + day.POWER_SERVICE)
        stage.frame.leave()
        await stage.quiet()
        assert stage.frame.wipe.verdict == Clean()
        assert stage.frame.wipe.was_left == ()
        await stage.hand.wait_for("attract")

    perform(act, PUBLIC)
