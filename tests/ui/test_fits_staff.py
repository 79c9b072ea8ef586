"""The staff's pages on a bad day fit the screens: the largest type, the longer language, all three sizes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.clicker import settle
from tests.support.deeds import sign_in
from tests.support.stage import Scene, Stage
from tests.ui.test_fits import SIZES, findings
from tools import gallery_staff
from tools.gallery_staff import PassingCourier

Perform = Callable[..., None]


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_nothing_is_cut_or_outside(perform: Perform, size: tuple[int, int]) -> None:
    wrong: list[str] = []

    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.switchLanguage()
        stage.frame.toggleElder()
        async for name in gallery_staff.pages(stage):
            await stage.quiet()
            await settle(10)
            wrong.extend(f"{name}: {found}" for found in findings(stage))

    perform(act, Scene(size=size, courier=PassingCourier()))
    assert wrong == []
