"""The guide to government items: found by word, pinyin and initials, read, printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from central.demo import day
from tests.support.stage import Stage

Perform = Callable[..., None]


async def to_guide(stage: Stage) -> None:
    await stage.hand.click("home.tile.g6-guide")
    await stage.hand.wait_text("找到 1135 项")


@pytest.mark.parametrize("query", day.GUIDE_QUERIES)
def test_an_item_is_found_by_word_pinyin_and_initials(perform: Perform, query: str) -> None:
    async def act(stage: Stage) -> None:
        await to_guide(stage)
        await stage.hand.type("guide.search", query)
        await stage.hand.wait_for("guide.hit." + day.GUIDE_ITEM)
        await stage.hand.click("guide.hit." + day.GUIDE_ITEM)
        await stage.hand.wait_for("guide.title")
        assert stage.hand.text_of("guide.title") == day.GUIDE_TITLE

    perform(act)


def test_the_list_of_materials_is_printed(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await to_guide(stage)
        await stage.hand.type("guide.search", "身份证")
        await stage.hand.click("guide.hit." + day.GUIDE_ITEM)
        await stage.hand.click("page.primary")
        await stage.hand.wait_for("slip.paper")
        (paper,) = (tmp_path / "printed").glob("*.txt")
        assert "居民户口簿" in paper.read_text(encoding="utf-8")

    perform(act)


def test_nothing_found_says_so_and_helps(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_guide(stage)
        await stage.hand.type("guide.search", "火星移民")
        await stage.hand.wait_text("没有找到“火星移民”")

    perform(act)


def test_departments_narrow_the_list_and_pages_turn(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        hand = stage.hand
        await to_guide(stage)
        await hand.click("guide.next")
        await hand.wait_for("guide.previous")
        await hand.click("guide.department.区人社局")
        await hand.wait_text("找到 144 项")
        assert not hand.sees("guide.previous")

    perform(act)
