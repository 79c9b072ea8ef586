"""The design system: loads clean, readable, large enough, and works by touch and by key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.qml import QML, Windows, named, tap, type_keys
from ui.gallery import findings, items, sheets

CONTROLS = QML / "Yizhan" / "Controls"
PARTS = {"YFocusRing": "shown: true", "YPageFooter": "page: YPage {}", "YDialog": 'title: "问"'}
NAMES = sorted(path.stem for path in CONTROLS.glob("Y*.qml"))
SIZES = ((1366, 768), (1920, 1080), (1080, 1920))


@pytest.fixture
def show_qml(qapp: QGuiApplication) -> Iterator[Windows]:
    windows = Windows()
    yield windows
    windows.close()


def luminance(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def sheet(show_qml: Windows, name: str, elder: bool, size: tuple[int, int]) -> QQuickWindow:
    body = f'Loader {{ anchors.fill: parent; source: "Gallery/{name}.qml" }}'
    return show_qml(body, elder=elder, width=size[0], height=size[1])


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


@pytest.mark.parametrize("elder", [False, True])
def test_contrast(show_qml: Windows, elder: bool) -> None:
    roles = (
        "ground surface sunken paper primarySoft text textSoft primary primaryDown primaryInk primaryInkSoft"
    )
    window = show_qml(
        "property var roles: ({" + ",".join(f"{r}: Theme.{r}" for r in roles.split()) + "})\n"
        "property var tones: Theme.tones; property var chapters: Theme.chapters",
        elder=elder,
    )
    least = 7.0 if elder else 4.5
    role = {name: QColor(value) for name, value in window.property("roles").toVariant().items()}
    tones = window.property("tones").toVariant().values()
    chapters = window.property("chapters").toVariant().values()
    grounds = [role[n] for n in ("ground", "surface", "sunken", "paper", "primarySoft")]
    inks = [role[n] for n in ("text", "textSoft", "primary")] + [QColor(t["ink"]) for t in tones]
    pairs = list(product(inks, grounds))
    pairs += [(QColor(t["ink"]), QColor(t["soft"])) for t in (*tones, *chapters)]
    pairs += [(QColor("white"), QColor(t["ink"])) for t in tones]
    pairs += list(product([role["text"], role["textSoft"]], [QColor(c["soft"]) for c in chapters]))
    pairs += list(product([role["primaryInk"], role["primaryInkSoft"]], [role["primary"]]))
    assert min(contrast(a, b) for a, b in pairs) >= least


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("elder", [False, True])
def test_sheets_fit_and_are_large_enough(show_qml: Windows, elder: bool, size: tuple[int, int]) -> None:
    places = set()
    for name in sheets():
        window = sheet(show_qml, name, elder, size)
        assert findings(window) == ()
        for item in items(window.contentItem()):
            if (
                item.property("down") is not None
                and item.isEnabled()
                and item.property("tappable") is not False
            ):
                assert min(item.width(), item.height()) >= (72 if elder else 48), (name, item)
            if item.property("lineCount") and item.property("text"):
                assert item.property("font").pixelSize() >= (28 if elder else 20), (
                    name,
                    item.property("text"),
                )
        found = [i for i in items(window.contentItem()) if i.objectName() in ("page.back", "page.home")]
        places |= {(i.objectName(), i.mapToScene(QPointF(0, 0)).toTuple(), i.width()) for i in found}
    assert len(places) == 2


def test_everything_touchable_has_a_name(show_qml: Windows) -> None:
    for name in sheets():
        window = sheet(show_qml, name, False, SIZES[1])
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
