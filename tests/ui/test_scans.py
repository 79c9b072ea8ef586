"""Keys from the keyboard's own way: a scanner's become a scan, a person's reach their field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.devices.scanner import Scan
from kiosk.devices.wedge import Ending, WedgeRule
from tests.support.qml import Windows, named
from ui.scans import Scans

SCANNER, PERSON = 0.008, 0.09  # seconds between two keys
GAP = 0.035
LONG = 3600.0
"""As the gap where a pause must not come by itself."""

PAGE = """
TextInput {
    objectName: "field"
    property string ends
    focus: true
    onAccepted: ends += "⏎"
    Keys.onReleased: event => { ends += "↑" + event.key + " " }
}
"""


@dataclass
class Page:
    window: QQuickWindow
    scans: list[Scan] = field(default_factory=list)
    now: float = 0.0

    def listen(self, gap: float = LONG, ending: Ending = Ending.KEY) -> None:
        rule = WedgeRule(gap=gap, ending=ending)
        Scans(rule, self.window, self.scans.append, lambda _event: self.now)

    @property
    def field(self) -> QQuickItem:
        return named(self.window, "field")

    @property
    def typed(self) -> str:
        return str(self.field.property("text"))

    @property
    def ends(self) -> str:
        return str(self.field.property("ends"))

    def keys(self, text: str, after: float = SCANNER) -> None:
        ends = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "→": Qt.Key.Key_Right}
        for char in text:
            self.now += after
            QTest.keyClick(self.window, ends.get(char, char))


@pytest.fixture
def page(qapp: QGuiApplication) -> Iterator[Page]:
    windows = Windows()
    yield Page(windows(PAGE))
    windows.close()


def test_a_scan_reaches_no_field(page: Page) -> None:
    page.listen()
    page.keys("]Q1yz1.Ab-_c\r")
    assert [scan.text for scan in page.scans] == ["yz1.Ab-_c"]
    assert (page.typed, page.ends) == ("", "")


def test_what_a_person_types_reaches_the_field_whole_and_in_order(page: Page) -> None:
    page.listen(GAP)
    page.keys("Ab12345\r", PERSON)
    assert (page.typed, page.scans) == ("Ab12345", [])
    assert page.ends.count("⏎") == 1
    assert page.ends.count("↑") == 8


def test_too_short_for_a_code_is_typing(page: Page) -> None:
    page.listen()
    page.keys("123\r")
    assert (page.typed, page.scans) == ("123", [])


def test_a_key_that_no_scanner_has_lets_go_what_waits(page: Page) -> None:
    page.listen()
    page.keys("123→")
    assert page.typed == "123"


def test_a_single_key_arrives_a_moment_later_by_itself(page: Page, qtbot: QtBot) -> None:
    page.listen(GAP)
    page.keys("7")
    qtbot.waitUntil(lambda: page.typed == "7")


def test_a_scanner_without_end_key(page: Page, qtbot: QtBot) -> None:
    page.listen(GAP, Ending.PAUSE)
    page.keys("690123")
    qtbot.waitUntil(lambda: bool(page.scans))
    assert (page.scans, page.typed) == ([Scan("690123")], "")


def test_what_the_application_types_itself_is_never_a_scan(page: Page) -> None:
    """The keyboard on the screen has no gaps between its keys when several are sent at once."""
    page.listen()
    for char in "12345678":
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(page.window, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char))
    assert page.typed == "12345678"
