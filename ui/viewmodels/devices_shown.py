"""What is connected, how it is, and which slips wait for paper, derived in one function."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.bilingual import Lang, Text
from kiosk.devices.faults import Device, Fault
from kiosk.devices.scanner import Scan, Symbology
from kiosk.machine_checks import Finding, Verdict
from kiosk.services import moments, words
from kiosk.services.slips import SlipEntry
from ui.troubles import trouble_text
from ui.viewmodels.base import Head, PairRow

TITLE, SUBTITLE = (
    Text("设备", "Devices"),
    Text("打印机、扫码枪、读卡器", "Printer, scanner, readers"),
)
AGAIN = Text("再查一遍", "Look again")
LOOKING = Text("正在查看设备…", "Looking at the devices…")
NAMES: dict[Device, Text] = {
    Device.PRINTER: Text("打印机", "Printer"),
    Device.CARDS: Text("身份证阅读器", "Reader of ID cards"),
    Device.CHIPS: Text("芯片卡读卡器", "Reader of chip cards"),
}
KINDS = {
    Verdict.GOOD: ("good", "check"),
    Verdict.ABSENT: ("neutral", "dash"),
    Verdict.NOTE: ("warn", "warn"),
    Verdict.BAD: ("bad", "cross"),
}
SIGNS = {
    Verdict.GOOD: Text("好", "Fine"),
    Verdict.ABSENT: Text("没有", "None"),
    Verdict.NOTE: Text("留意", "Look"),
    Verdict.BAD: Text("要处理", "Fix"),
}
HEARD = Text("读到 {count} 个字符（{kind}）", "{count:character|characters} read ({kind})")
NO_MARK = Text("未注明码制", "kind of code not told")
SYMBOLOGIES: dict[Symbology, str] = {
    Symbology.CODE_39: "Code 39",
    Symbology.CODE_128: "Code 128",
    Symbology.DATA_MATRIX: "Data Matrix",
    Symbology.EAN: "EAN",
    Symbology.ITF: "ITF",
    Symbology.PDF_417: "PDF417",
    Symbology.QR: "QR",
    Symbology.AZTEC: "Aztec",
}
ONCE, OFTEN = Text("{at}", "{at}"), Text("{at}，共 {times} 次", "{at}, {times:time|times}")
TESTED = Text("测试条已打印，看看字清不清楚", "The test slip is printed: is it sharp?")
DONE = Text("打印了 {count} 张", "{count} printed")
WAITING = Text("还有 {count} 张凭条没有打印", "Not printed yet: {count}")
PRINT_THESE = Text("打印这 {count} 张", "Print these {count}")


@dataclass(frozen=True)
class Heard:
    """Of a scan: what it says may name a person."""

    length: int
    symbology: Symbology | None

    @classmethod
    def of(cls, scan: Scan) -> Heard:
        return cls(len(scan.text), scan.symbology)


@dataclass(frozen=True)
class DevicesState:
    found: tuple[tuple[str, Finding], ...] = ()  # icon; empty: still looking
    faults: tuple[Fault, ...] = ()
    slips: tuple[SlipEntry, ...] = ()  # not printed, the newest first
    waiting: int = 0
    heard: Heard | None = None
    notice: Text | None = None


@dataclass(frozen=True)
class DeviceRow:
    id: str
    icon: str
    name: str
    words: str
    kind: str
    mark: str
    sign: str


@dataclass(frozen=True)
class WaitingSlip:
    number: str
    title: str
    note: str


@dataclass(frozen=True, kw_only=True)
class DevicesShown(Head):
    looking: str
    devices: tuple[DeviceRow, ...]
    heard: str
    notice: str
    faults: tuple[PairRow, ...]
    waiting: str
    print_these: str
    slips: tuple[WaitingSlip, ...]


def show(state: DevicesState, lang: Lang) -> DevicesShown:
    return DevicesShown(
        title=TITLE.of(lang),
        subtitle=SUBTITLE.of(lang),
        icon="printer",
        primary=AGAIN.of(lang),
        primary_icon="refresh",
        looking="" if state.found else LOOKING.of(lang),
        devices=tuple(_device(icon, finding, lang) for icon, finding in state.found),
        heard=_heard(state.heard, lang),
        notice=state.notice.of(lang) if state.notice else "",
        faults=tuple(_fault(one, lang) for one in state.faults),
        waiting=WAITING.with_params({"count": str(state.waiting)}).of(lang) if state.waiting else "",
        print_these=PRINT_THESE.with_params({"count": str(len(state.slips))}).of(lang) if state.slips else "",
        slips=tuple(_slip(one, lang) for one in state.slips),
    )


def _device(icon: str, finding: Finding, lang: Lang) -> DeviceRow:
    kind, mark = KINDS[finding.verdict]
    said = [finding.words] if finding.remedy is None else [finding.words, finding.remedy]
    between = "，" if lang is Lang.ZH else "; "
    return DeviceRow(
        id=icon,
        icon=icon,
        name=_capital(finding.what.of(lang)),
        words=_capital(between.join(text.of(lang) for text in said)),
        kind=kind,
        mark=mark,
        sign=SIGNS[finding.verdict].of(lang),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _heard(heard: Heard | None, lang: Lang) -> str:
    if heard is None:
        return ""
    kind = SYMBOLOGIES[heard.symbology] if heard.symbology else NO_MARK.of(lang)
    return HEARD.with_params({"count": str(heard.length), "kind": kind}).of(lang)


def _fault(fault: Fault, lang: Lang) -> PairRow:
    at = (ONCE if fault.times == 1 else OFTEN).with_params(
        {"at": moments.show(fault.last), "times": str(fault.times)}
    )
    return PairRow(NAMES[fault.device].of(lang), f"{trouble_text(fault.error).of(lang)}\n{at.of(lang)}")


def _slip(entry: SlipEntry, lang: Lang) -> WaitingSlip:
    kind = words.of(entry.kind).of(lang)
    return WaitingSlip(
        entry.number, entry.title.of(lang), f"{kind}  {moments.show(entry.at).of(lang)}  {entry.number}"
    )
