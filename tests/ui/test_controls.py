"""The design system: loads clean, readable, large enough, and works by touch and by key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.qml import QML, Windows, named, tap, type_keys
from tools.look.scenery import items
from tools.look.sheets import sheets

CONTROLS = QML / "Yizhan" / "Controls"
PARTS = {
    "YFocusRing": "shown: true",
    "YPageFooter": "page: YPage {}",
    "YPageHead": "page: YPage {}\nmargin: 8",
    "YLater": "index: 0\nreveal: YReveal {}",
    "YDialog": 'title: "问"',
}
NAMES = sorted(path.stem for path in CONTROLS.glob("Y*.qml"))


@pytest.fixture
def show_qml(qapp: QGuiApplication) -> Iterator[Windows]:
    windows = Windows()
    yield windows
    windows.close()


def test_module_lists_every_control() -> None:
    listed = re.findall(r"^(Y\w+) 1\.0 (\w+\.qml)$", (CONTROLS / "qmldir").read_text(), re.MULTILINE)
    assert sorted(listed) == [(name, f"{name}.qml") for name in NAMES]


@pytest.mark.parametrize("path", sorted(CONTROLS.glob("*.qml")), ids=lambda path: path.stem)
def test_files_are_bound_and_short(path: Path) -> None:
    text = path.read_text()
    assert "pragma ComponentBehavior: Bound" in text
    assert text.count("\n") <= 200


@pytest.mark.parametrize("elder", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_control_loads_without_a_warning(show_qml: Windows, name: str, elder: bool) -> None:
    show_qml(f"{name} {{ {PARTS.get(name, '')} }}", elder=elder)


def test_everything_touchable_has_a_name(show_qml: Windows) -> None:
    for name in sheets():
        body = f'Loader {{ anchors.fill: parent; source: "Gallery/{name}.qml" }}'
        window = show_qml(body, width=1920, height=1080)
        for item in items(window.contentItem()):
            if item.property("down") is None or not item.isEnabled():
                continue
            spoken = QAccessible.queryAccessibleInterface(item)
            assert spoken is not None, (name, item)
            assert spoken.text(QAccessible.Text.Name), (name, item)


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "¥0.00"),
        (5, "¥0.05"),
        (8640, "¥86.40"),
        (123450, "¥1,234.50"),
        (123456789012, "¥1,234,567,890.12"),
        (-100, "-¥1.00"),
    ],
)
def test_amount(show_qml: Windows, fen: int, text: str) -> None:
    window = show_qml(f'YAmount {{ objectName: "it"; fen: {fen} }}')
    assert named(window, "it").property("text") == text


@pytest.mark.qt_log_ignore("whole number of fen")
def test_amount_refuses_half_a_fen(show_qml: Windows, qtlog: Any) -> None:
    show_qml("YAmount { fen: 0.5 }")
    assert any("whole number of fen" in record.message for record in qtlog.records)


def test_button_by_key_and_touch(show_qml: Windows) -> None:
    window = show_qml('property int count: 0; YButton { objectName: "it"; text: "好"; onClicked: count++ }')
    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert named(window, "it").property("visualFocus")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(window, key)
    tap(window, "it")
    assert window.property("count") == 4


def test_disabled_button_says_why_and_does_nothing(show_qml: Windows) -> None:
    window = show_qml(
        "property int count: 0\n"
        'YButton { objectName: "it"; text: "开门"; enabled: false; reason: "没有网络"; onClicked: count++ }'
    )
    tap(window, "it")
    assert window.property("count") == 0
    assert "没有网络" in [item.property("text") for item in items(window.contentItem())]


def test_page_asks_for_back_home_and_primary(show_qml: Windows) -> None:
    window = show_qml(
        'property string asked: ""; property bool ready: false\n'
        "YPage { anchors.fill: parent\n"
        'primaryText: "下一步"; primaryEnabled: ready; primaryReason: "先选一项"\n'
        'onBackRequested: asked += "b"; onHomeRequested: asked += "h"; onPrimaryRequested: asked += "p" }'
    )
    assert named(window, "page.primaryReason").property("text") == "先选一项"
    tap(window, "page.primary")
    tap(window, "page.back")
    tap(window, "page.home")
    window.setProperty("ready", True)
    tap(window, "page.primary")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.property("asked") == "bhpb"


PAD = """
    property string amount: ""
    YNumberPad {
        objectName: "pad"; decimal: true; maximumLength: 7; value: amount
        onEdited: v => amount = v }
"""


def test_number_pad_keeps_an_amount_an_amount(show_qml: Windows) -> None:
    window = show_qml(PAD)
    for key in ("0", "1", ".", ".", "2", "5", "9"):
        tap(window, f"key-{key}")
    assert window.property("amount") == "1.25"
    tap(window, "key-back")
    assert window.property("amount") == "1.2"
    named(window, "pad").forceActiveFocus()
    QTest.keyClick(window, Qt.Key.Key_Delete)
    type_keys(window, "98x7654321")
    assert window.property("amount") == "9876543"


def test_pad_types_into_a_field(show_qml: Windows) -> None:
    window = show_qml(
        'property string told: ""\n'
        'YField { id: f; y: 400; width: 400; mode: "digits"; maximumLength: 4; onEdited: t => told = t }\n'
        "YNumberPad { field: f }"
    )
    for key in "12345":
        tap(window, f"key-{key}")
    assert window.property("told") == "1234"
    tap(window, "key-clear")
    assert window.property("told") == ""


def test_pin_pad_tells_once_and_forgets(show_qml: Windows) -> None:
    window = show_qml(
        'property string got: ""\nYPinPad { objectName: "pin"; length: 4; onCompleted: p => got += p }'
    )
    for key in "1234":
        tap(window, f"key-{key}")
    assert window.property("got") == "1234"
    assert named(window, "pin").property("entered") == 0


def test_field_keeps_its_binding_and_rare_characters(show_qml: Windows) -> None:
    window = show_qml(
        'property string model: "㮾"; property string told: ""\n'
        'YField { objectName: "name"; width: 400; label: "姓名"; text: model; onEdited: t => told = t }'
    )
    named(window, "nameInput").forceActiveFocus()
    type_keys(window, "abc")
    assert window.property("told") == "㮾abc"
    window.setProperty("model", "𡓐㳇")
    assert named(window, "nameInput").property("text") == "𡓐㳇"


@pytest.mark.parametrize(("mode", "typed", "kept"), [("digits", "1a2.", "12"), ("amount", "1.234x", "1.23")])
def test_field_modes(show_qml: Windows, mode: str, typed: str, kept: str) -> None:
    window = show_qml(f'YField {{ objectName: "it"; width: 400; mode: "{mode}" }}')
    named(window, "itInput").forceActiveFocus()
    type_keys(window, typed)
    assert named(window, "it").property("text") == kept


def test_field_error_is_spoken(show_qml: Windows) -> None:
    window = show_qml(
        'YField { objectName: "it"; width: 400; label: "电话"; helper: "11 位"; error: "少一位" }'
    )
    spoken = QAccessible.queryAccessibleInterface(named(window, "itInput"))
    assert spoken.text(QAccessible.Text.Description) == "少一位"


def test_choice_check_and_quantity(show_qml: Windows) -> None:
    window = show_qml(
        'property string picked: "a"; property int count: 1; property bool agreed: false\n'
        "ColumnLayout { width: 600\n"
        'YChoice { objectName: "c"; model: [{value: "a", label: "甲"}, {value: "b", label: "乙"}]\n'
        "value: picked; onChosen: v => picked = v }\n"
        'YCheck { objectName: "k"; text: "同意"; onToggled: agreed = checked }\n'
        'YQuantity { objectName: "q"; value: count; to: 2; onChanged: v => count = v } }'
    )
    tap(window, "c-b")
    assert window.property("picked") == "b"
    assert (named(window, "c-a").property("checked"), named(window, "c-b").property("checked")) == (
        False,
        True,
    )
    named(window, "c-a").forceActiveFocus()
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert window.property("picked") == "a"
    tap(window, "k")
    assert window.property("agreed") is True
    for _ in range(3):
        tap(window, "qMore")
    assert window.property("count") == 2
    for _ in range(3):
        tap(window, "qLess")
    assert window.property("count") == 1


@pytest.mark.parametrize(("act", "told"), [("dialogAccept", "yes"), ("dialogReject", "no"), ("escape", "no")])
def test_dialog(show_qml: Windows, act: str, told: str) -> None:
    window = show_qml(
        'property string told: ""; property alias open: d.visible\n'
        'YDialog { id: d; title: "离开吗？"; onAccepted: told = "yes"; onRejected: told = "no"\n'
        "Component.onCompleted: open() }"
    )
    if act == "escape":
        QTest.keyClick(window, Qt.Key.Key_Escape)
    else:
        tap(window, act)
    assert window.property("told") == told
    assert window.property("open") is False


def test_toast_hides_after_its_time(show_qml: Windows, qtbot: QtBot) -> None:
    window = show_qml(
        "property bool up: t.visible\n"
        'YToast { id: t; duration: 30; Component.onCompleted: show("已记录", "good") }'
    )
    qtbot.waitUntil(lambda: not window.property("up"), timeout=20_000)
