"""Where whoever works here can go, each by the permission it takes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from kiosk.bilingual import Lang, Text
from kiosk.services.permissions import Permission
from ui import routes
from ui.routes import Route


class Way(Enum):
    QUEUE = "queue"
    CASES = "cases"
    TILL = "till"
    LEASES = "leases"
    COURIER = "courier"
    LINE = "line"
    DEVICES = "devices"
    STORAGE = "storage"
    LOGS = "logs"
    SETTINGS = "settings"
    GALLERY = "gallery"
    EXIT = "exit"


ROUTES: Mapping[Way, Route] = {
    Way.QUEUE: routes.QueueRoute(),
    Way.CASES: routes.CasesRoute(),
    Way.TILL: routes.TillRoute(),
    Way.LEASES: routes.LeasesRoute(),
    Way.COURIER: routes.CourierRoute(),
    Way.LINE: routes.LineRoute(),
    Way.DEVICES: routes.DevicesRoute(),
    Way.STORAGE: routes.StorageRoute(),
    Way.LOGS: routes.LogsRoute(),
    Way.SETTINGS: routes.SettingsRoute(),
    Way.GALLERY: routes.GalleryRoute(),
    Way.EXIT: routes.ExitRoute(),
}


@dataclass(frozen=True)
class _Sign:
    needs: Permission
    icon: str
    title: Text
    note: Text


BUSINESS: Mapping[Way, _Sign] = {
    Way.QUEUE: _Sign(
        Permission.SEE_QUEUE,
        "queue",
        Text("待送队列", "The queue"),
        Text("还没有最后结果的业务", "What has no final result yet"),
    ),
    Way.CASES: _Sign(
        Permission.PAY_BACK,
        "case",
        Text("待办", "Cases"),
        Text("没办成的业务，退款、更正", "What came to nothing: pay back, put right"),
    ),
    Way.TILL: _Sign(
        Permission.SEE_QUEUE,
        "cash",
        Text("钱箱", "The till"),
        Text("今天收付了多少", "What came in and went out today"),
    ),
    Way.LEASES: _Sign(
        Permission.ALLOT,
        "sync",
        Text("额度", "Allotments"),
        Text("现金、现货和券还能用多少", "Cash, goods and coupons that are left"),
    ),
}
MACHINE: Mapping[Way, _Sign] = {
    Way.COURIER: _Sign(
        Permission.CARRY,
        "bag",
        Text("优盘收发", "Courier's stick"),
        Text("没有网络时，带走业务、带回答复", "Without a line: business out, answers in"),
    ),
    Way.LINE: _Sign(
        Permission.SEE_QUEUE,
        "online",
        Text("线路与时钟", "Line and clock"),
        Text("网络、流量、时间", "Network, data, time"),
    ),
    Way.DEVICES: _Sign(
        Permission.DEVICES,
        "printer",
        Text("设备", "Devices"),
        Text("打印机、扫码枪、读卡器，没打印的凭条", "Printer, scanner, readers, slips not printed"),
    ),
    Way.STORAGE: _Sign(
        Permission.TIDY,
        "disk",
        Text("存储", "Storage"),
        Text("磁盘还有多少，现在就整理", "Room on the disk; tidy now"),
    ),
    Way.LOGS: _Sign(
        Permission.EXPORT_LOGS,
        "book",
        Text("导出日志", "Export the log"),
        Text("交给维护人员，没有个人信息", "For whoever mends this machine; it names nobody"),
    ),
    Way.SETTINGS: _Sign(
        Permission.SETTINGS,
        "settings",
        Text("本机设置", "Settings of this terminal"),
        Text("本机是什么，画面怎样开始", "What it is, and how its screen begins"),
    ),
    Way.GALLERY: _Sign(
        Permission.SETTINGS,
        "display",
        Text("画面样式", "Look of the screen"),
        Text("各种按钮和状态在现在的颜色下的样子", "Every control in the colours chosen now"),
    ),
    Way.EXIT: _Sign(
        Permission.UNLOCK_KIOSK,
        "exit",
        Text("退出程序", "Leave the program"),
        Text("本机停止服务，要再输密码", "The terminal stops serving; asks for the PIN"),
    ),
}


@dataclass(frozen=True)
class UpkeepRow:
    id: str
    title: str
    note: str
    icon: str


def business(may: Collection[Permission], lang: Lang) -> tuple[UpkeepRow, ...]:
    return _rows(BUSINESS, may, lang)


def machine(may: Collection[Permission], lang: Lang) -> tuple[UpkeepRow, ...]:
    return _rows(MACHINE, may, lang)


def _rows(signs: Mapping[Way, _Sign], may: Collection[Permission], lang: Lang) -> tuple[UpkeepRow, ...]:
    return tuple(
        UpkeepRow(way.value, sign.title.of(lang), sign.note.of(lang), sign.icon)
        for way, sign in signs.items()
        if sign.needs in may
    )
