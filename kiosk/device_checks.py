"""Looks at what is connected, for the doctor and for whoever stands at the machine."""

from collections.abc import Mapping

from kiosk.bilingual import Lang, Text
from kiosk.devices.chips import ChipReader
from kiosk.devices.idcard import CardReader, ReaderState
from kiosk.devices.printer import Printer, PrinterState
from kiosk.devices.speech import Voice, told
from kiosk.devices.wedge import WedgeRule
from kiosk.machine_checks import Finding, Verdict

Found = Mapping[ReaderState, tuple[Verdict, Text, Text | None]]

_PRINTER = {
    PrinterState.READY: (Verdict.GOOD, Text("就绪", "ready"), None),
    PrinterState.PAPER_LOW: (
        Verdict.NOTE,
        Text("纸快用完", "little paper left"),
        Text("备一卷纸", "keep a roll at hand"),
    ),
    PrinterState.PAPER_OUT: (Verdict.BAD, Text("没有纸", "no paper"), Text("请装一卷纸", "load a roll")),
    PrinterState.COVER_OPEN: (
        Verdict.BAD,
        Text("盖子开着", "its cover is open"),
        Text("合上盖子", "close it"),
    ),
    PrinterState.JAMMED: (
        Verdict.BAD,
        Text("卡纸或切刀卡住", "paper or cutter is stuck"),
        Text("断电，取出卡住的纸，再开机", "switch it off, take out the paper, switch it on"),
    ),
    PrinterState.UNPLUGGED: (
        Verdict.BAD,
        Text("没有应答", "does not answer"),
        Text("检查电源、接线和设置 [printer]", "check power, cable and [printer]"),
    ),
}


def printer(device: Printer) -> Finding:
    return Finding(Text("凭条打印机", "receipt printer"), *_PRINTER[device.state()])


_CARDS: Found = {
    ReaderState.READY: (Verdict.GOOD, Text("就绪", "ready"), None),
    ReaderState.NOT_FITTED: (
        Verdict.ABSENT,
        Text("没有装，可以不用证件办理", "none: people go on without their card"),
        None,
    ),
    ReaderState.UNPLUGGED: (
        Verdict.NOTE,
        Text("没有应答，可以不用证件办理", "does not answer: people go on without their card"),
        Text("检查接线和设置 [reader]", "check cable and [reader]"),
    ),
}
_CHIPS: Found = {
    ReaderState.READY: (Verdict.GOOD, Text("就绪", "ready"), None),
    ReaderState.NOT_FITTED: (Verdict.ABSENT, Text("不读芯片卡", "chip cards are not read"), None),
    ReaderState.UNPLUGGED: (
        Verdict.NOTE,
        Text("没有应答", "does not answer"),
        Text("检查接线、pcscd 服务和设置 chip_aid", "check cable, the service pcscd and chip_aid"),
    ),
}


def cards(reader: CardReader) -> Finding:
    return Finding(Text("身份证阅读器", "reader of ID cards"), *_CARDS[reader.state()])


def chips(reader: ChipReader) -> Finding:
    return Finding(Text("芯片卡读卡器", "reader of chip cards"), *_CHIPS[reader.state()])


def scanner(rule: WedgeRule | None) -> Finding:
    """One that types like a keyboard cannot be asked: the words say how to try it."""
    what = Text("扫码枪", "scanner")
    if rule is None:
        return Finding(what, Verdict.ABSENT, Text("没有装", "none"))
    return Finding(what, Verdict.GOOD, Text("在听，扫一个码试试", "listening: scan something to try it"))


def voice(of: Voice) -> Finding:
    """Asked on the loop."""
    there = any(of.available(lang) for lang in Lang)
    return Finding(Text("朗读", "reading aloud"), Verdict.GOOD if there else Verdict.ABSENT, told(of))
