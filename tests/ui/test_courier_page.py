"""The courier's page, by click: no stick, several, what each errand came to, and a stick that fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.bilingual import Lang
from kiosk.devices.media import Stick
from kiosk.services.permissions import Session
from sync.carried import Contents, Fate, Handled
from sync.errors import DiskFull, ReadOnly, StoreError
from sync.policy import Link
from tests.support.deeds import pay_bill, sign_in
from tests.support.stage import NoSticks, Scene, Stage
from tools.gallery_staff import PassingCourier
from ui.routes import CourierRoute, QueueRoute
from ui.viewmodels import courier_result
from ui.viewmodels.courier_result import BAD, Errand, Read, StickFailed

Perform = Callable[..., None]
PASSING = Scene(courier=PassingCourier())


class Failing(PassingCourier):
    """A stick that says no."""

    async def empty(self, stick: Stick) -> tuple[Handled, ...]:
        raise DiskFull(str(stick.path))


class Counting(PassingCourier):
    """Knows how often it was looked at."""

    looks = 0

    async def look(self, stick: Stick) -> Contents:
        self.looks += 1
        return await super().look(stick)


async def to_courier(stage: Stage) -> None:
    stage.frame.go(QueueRoute())
    await stage.hand.click("upkeep.courier")
    await stage.quiet()


def test_without_a_stick_one_is_asked_for(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_courier(stage)
        await stage.hand.wait_text("请插入优盘")
        assert not stage.hand.sees("courier.write")

    perform(act, Scene(courier=NoSticks()))


def test_of_two_sticks_one_is_chosen_and_told_what_is_on_it(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await pay_bill(stage)
        await to_courier(stage)
        await stage.hand.wait_text("用哪一个优盘？")
        assert not stage.hand.sees("courier.write")
        await stage.hand.click("courier.stick.KINGSTON")
        await stage.hand.wait_for("courier.contents")
        shown = stage.hand.text_of("courier.contents")
        for text in ("给本机的答复", "别处终端写出的", "读不了的文件"):
            assert text in shown, text
        assert stage.hand.reads("1 笔等待送出")
        stage.wire.be(Link.OFFLINE)
        await stage.hand.wait_text("先带上，联网后再插一次就交出")

    perform(act, PASSING)


def test_a_stick_is_looked_at_once_whatever_happens_meanwhile(perform: Perform) -> None:
    courier = Counting()

    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_courier(stage)
        await stage.hand.click("courier.stick.KINGSTON")
        await stage.hand.wait_for("courier.contents")
        await stage.quiet()
        for link in (Link.OFFLINE, Link.ONLINE):
            stage.wire.be(link)
            await stage.quiet()
        assert courier.looks == 1
        await stage.hand.click("courier.write")
        await stage.hand.wait_text("已写好")
        await stage.quiet()
        assert courier.looks == 2

    perform(act, Scene(courier=courier))


@pytest.mark.parametrize(
    ("errand", "words"),
    [
        ("write", ("已写好，可以拔下优盘", "4 笔", "23.4 KB", "收到答复后再写一次")),
        ("read", ("已读完，有文件没有收", "2 个", "不完整或被改动", "先升级本机")),
        ("carry", ("没有全部交给中心", "已交给中心", "2 个文件", "联网后再插一次优盘")),
    ],
)
def test_every_errand_says_what_it_came_to(perform: Perform, errand: str, words: tuple[str, ...]) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_courier(stage)
        await stage.hand.click("courier.stick.KINGSTON")
        await stage.hand.click("courier." + errand)
        await stage.hand.wait_for("courier.result")
        await stage.quiet()
        for text in words:
            assert stage.hand.reads(text), (text, stage.hand.texts())

    perform(act, PASSING)


def test_a_stick_that_fails_says_how_and_can_be_tried_again(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_courier(stage)
        await stage.hand.click("courier.stick.KINGSTON")
        await stage.hand.click("courier.read")
        await stage.hand.wait_text("优盘满了")
        await stage.hand.click("courier.write")
        await stage.hand.wait_text("已写好")

    perform(act, Scene(courier=Failing()))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (DiskFull("/media/s/yizhan/a.yzb"), "优盘满了"),
        (ReadOnly("/media/s/yizhan"), "优盘是只读的"),
        (StoreError("/media/s"), "优盘拔掉了"),
        (DiskFull("/data/courier/a.yzb"), "本机存储已满"),
    ],
)
def test_what_a_stick_or_this_disk_can_do_wrong_has_words(error: StoreError, words: str) -> None:
    failed = StickFailed(Errand.CARRY, error, Path("/media/s"))
    assert words in courier_result.shown(failed, Lang.ZH).title


def test_a_file_that_was_not_taken_is_named_whatever_became_of_it() -> None:
    for fate in Fate:
        shown = courier_result.shown(Read((Handled("a.yza", fate),)), Lang.EN)
        assert bool(shown.files) is (fate in BAD), fate
        assert shown.counted or shown.files[0].note


def test_who_may_not_carry_is_refused(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        nobody = Session("op-x", "临时", ("visitor",), frozenset(), False, stage.crank.at)
        stage.frame.sign_in(nobody, None)
        stage.frame.go(CourierRoute())
        await stage.hand.wait_text("没有此项权限")
        assert not stage.hand.sees("courier.stick.KINGSTON")

    perform(act, PASSING)
