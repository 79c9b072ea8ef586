"""What is connected, by click: how it is, what it did last, and the slips that wait for paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.devices.faults import Device, Faults
from kiosk.devices.file_cards import NO_CABLE, FileCardReader
from kiosk.devices.file_printer import EMPTY_ROLL, FilePrinter
from kiosk.devices.fitted import Fitted
from kiosk.devices.observed import ObservedPrinter
from kiosk.devices.printer import PaperOut
from kiosk.devices.scanner import Scan, Symbology
from kiosk.devices.wedge import WedgeRule
from kiosk.services import slips
from sync.points import unobserved
from tests.devices.samples import slip
from tests.support.crank import START
from tests.support.deeds import pay_bill, sign_in
from tests.support.stage import Scene, Stage
from ui.routes import DevicesRoute, QueueRoute

Perform = Callable[..., None]


async def to_devices(stage: Stage) -> None:
    sign_in(stage)
    stage.frame.go(DevicesRoute())
    await stage.hand.wait_for("devices.printer")
    await stage.quiet()


def test_each_device_says_how_it_is_and_what_to_do(perform: Perform, tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / NO_CABLE).touch()

    async def act(stage: Stage) -> None:
        sign_in(stage)
        stage.frame.go(QueueRoute())
        await stage.hand.click("upkeep.devices")
        await stage.hand.wait_for("devices.printer")
        expected = {
            "devices.printer": ("凭条打印机", "就绪"),
            "devices.qr": ("扫码枪", "扫一个码试试"),
            "devices.card": ("身份证阅读器", "没有应答", "检查接线"),
            "devices.points": ("芯片卡读卡器", "不读芯片卡"),
            "devices.speaker": ("朗读",),
        }
        for name, texts in expected.items():
            shown = " ".join(stage.hand.texts(await stage.hand.wait_for(name)))
            assert all(text in shown for text in texts), (name, shown)
        (tmp_path / "cards" / NO_CABLE).unlink()
        (tmp_path / "printed").mkdir()
        (tmp_path / "printed" / EMPTY_ROLL).touch()
        await stage.hand.click("page.primary")
        await stage.hand.wait_text("没有纸")

    perform(act, Scene(fitted=Fitted(FileCardReader(tmp_path / "cards"), scanner=WedgeRule())))


def test_a_scan_is_tried_without_showing_what_it_says(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        await to_devices(stage)
        stage.frame.scanned(Scan("11010519491231002X", Symbology.QR))
        await stage.hand.wait_text("读到 18 个字符（QR）")
        assert not stage.hand.reads("11010519491231002X")

    perform(act)


def test_a_test_slip_is_printed_and_kept_nowhere(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        await to_devices(stage)
        await stage.hand.click("devices.test")
        await stage.hand.wait_text("测试条已打印")
        assert (tmp_path / "printed" / "TEST.txt").exists()
        assert await stage.ledger(slips.unprinted) == ()

    perform(act)


def test_slips_that_wait_are_printed_as_originals_once_there_is_paper(
    perform: Perform, tmp_path: Path
) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await pay_bill(stage)
        (waiting,) = await stage.ledger(slips.unprinted)
        (tmp_path / "printed").mkdir()
        empty = tmp_path / "printed" / EMPTY_ROLL
        empty.touch()
        await to_devices(stage)
        await stage.hand.wait_for("devices.slip." + waiting.number)
        await stage.hand.click("devices.printAll")
        await stage.hand.wait_for("page.problem")
        assert "没有纸" in stage.hand.text_of("page.problem")
        assert await stage.ledger(slips.unprinted_count) == 1
        empty.unlink()
        await stage.hand.click("page.retry")
        await stage.hand.wait_gone("devices.slips")
        assert "补打" not in (tmp_path / "printed" / f"{waiting.number}.txt").read_text("utf-8")
        assert stage.hand.reads("打印了 1 张")

    perform(act)


def test_the_last_troubles_are_told_with_their_time(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        for _ in range(3):
            stage.faults.note(Device.PRINTER, PaperOut("roll"))
            stage.crank.forward(60)
        await to_devices(stage)
        shown = stage.hand.text_of("devices.faults")
        assert "打印机没有纸了" in shown
        assert "共 3 次" in shown
        assert "10:02" in shown

    perform(act)


def test_nobody_without_the_right_sees_it(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        stage.frame.go(DevicesRoute())
        await stage.hand.wait_for("page.problem")
        assert "先登录" in stage.hand.text_of("page.problem")
        assert not stage.hand.sees("devices.printer")

    perform(act)


def test_a_printer_in_use_notes_its_troubles_once_per_kind(tmp_path: Path) -> None:
    faults = Faults(lambda: START)
    (tmp_path / EMPTY_ROLL).touch()
    printer = ObservedPrinter(FilePrinter(tmp_path), unobserved, faults)
    for _ in range(2):
        with pytest.raises(PaperOut):
            printer.print(slip())
    (fault,) = faults.recent()
    assert (fault.device, fault.times, fault.error.__traceback__) == (Device.PRINTER, 2, None)
