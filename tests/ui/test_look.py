"""The theme in all its variants: readable, large enough, whole; the inspection finds what is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.variant import Variant
from tests.support.qml import Windows
from tools.look.colour import Colour, contrast
from tools.look.inspect import Findings, behind, inspect, needs
from tools.look.scenery import drawn, items, painted
from tools.look.sheets import LOOKS, SIZES, Studio, sheets

NORMAL = needs(elder=False)


@pytest.fixture
def show_qml(qapp: QGuiApplication) -> Iterator[Windows]:
    windows = Windows()
    yield windows
    windows.close()


@pytest.fixture(scope="module")
def studio(qapp: QGuiApplication) -> Iterator[Studio]:
    opened = Studio.open()
    yield opened
    opened.engine.deleteLater()


@pytest.mark.parametrize(("variant", "elder"), LOOKS)
def test_colours_stand_out(show_qml: Windows, variant: Variant, elder: bool) -> None:
    window = show_qml(
        "property var roles: Theme.table.roles; property var tones: Theme.tones\n"
        "property var chapters: Theme.chapters",
        elder=elder,
        variant=variant.value,
    )
    role = {name: colour(value) for name, value in window.property("roles").toVariant().items()}
    tones = window.property("tones").toVariant().values()
    chapters = window.property("chapters").toVariant().values()
    grounds = [role[n] for n in ("ground", "surface", "sunken", "paper", "primarySoft")]
    inks = [role[n] for n in ("text", "textSoft", "primary")] + [colour(t["ink"]) for t in tones]
    pairs = list(product(inks, grounds))
    pairs += [(colour(t["ink"]), colour(t["soft"])) for t in (*tones, *chapters)]
    pairs += [(role["toneInk"], colour(t["ink"])) for t in tones]
    pairs += list(product([role["text"], role["textSoft"]], [colour(c["soft"]) for c in chapters]))
    pairs += list(product([role["primaryInk"]], [role["primary"], role["primaryDown"]]))
    pairs += list(product([role["bandInk"], role["bandInkSoft"]], [role["band"]]))
    pairs += [(role["bandInk"], role["bandSoft"])]
    assert min(contrast(a, b) for a, b in pairs) >= needs(elder, variant.value).contrast
    shapes = [(role[n], g) for n in ("edge", "focus") for g in grounds]  # what is no text
    shapes.append((role["bandFocus"], role["band"]))
    assert min(contrast(a, b) for a, b in shapes) >= 3.0


def colour(name: str) -> Colour:
    return Colour.of(QColor(name))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("variant", "elder"), LOOKS)
def test_every_control_is_readable_large_and_whole(
    studio: Studio, variant: Variant, elder: bool, size: tuple[int, int]
) -> None:
    wrong = {name: studio.draw(name, variant, elder, size)[1].all for name in sheets()}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_back_and_home_are_always_in_the_same_place(show_qml: Windows) -> None:
    places = set()
    for name in sheets():
        window = show_qml(f'Loader {{ anchors.fill: parent; source: "Gallery/{name}.qml" }}')
        found = [i for i in items(window.contentItem()) if i.objectName() in ("page.back", "page.home")]
        places |= {(i.objectName(), i.mapToScene(QPointF(0, 0)).toTuple(), i.width()) for i in found}
    assert len(places) == 2


FAULTS = {
    "faint": ('YText { color: Theme.line; text: "看不清" }', "contrast", "看不清"),
    "faint by opacity": ('YText { opacity: 0.4; text: "看不清" }', "contrast", "看不清"),
    "faint where switched off": (
        'YButton { enabled: false; opacity: 0.5; text: "停用" }',
        "contrast",
        "停用",
    ),
    "on a card of its colour": (
        "Item { width: 300; height: 90; Rectangle { anchors.fill: parent; color: Theme.text }\n"
        'YText { anchors.centerIn: parent; text: "看不见" } }',
        "contrast",
        "看不见",
    ),
    "too small to touch": ('YButton { width: 40; height: 40; text: "" }', "targets", "40x40"),
    "too small to touch a key": ("YKey { height: 30 }", "targets", "x30"),
    "cut": (
        'YText { width: 80; wrapMode: Text.NoWrap; elide: Text.ElideRight; text: "一二三四五六七八" }',
        "cut",
        "cut",
    ),
    "outside": ('YText { x: 1300; text: "一二三四五六七八" }', "cut", "outside"),
    "broken": ('YText { width: 60; text: "Government" }', "cut", "broken word"),
    "small type": ('YText { font.pixelSize: 14; text: "小" }', "cut", "type of 14"),
    "over each other": (
        'Item { YText { text: "一二三" }\nYText { y: 4; text: "四五六" } }',
        "cut",
        "over each other",
    ),
    "covered": (
        'Item { YText { text: "一二三" }\nRectangle { width: 300; height: 90; color: Theme.paper } }',
        "cut",
        "covered",
    ),
    "out of its button": (
        'YButton { height: 60; width: 90; leftPadding: -40; text: "一二三四五六七八九十一二三四" }',
        "cut",
        "sticks out",
    ),
}


@pytest.mark.parametrize(("body", "kind", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(show_qml: Windows, body: str, kind: str, said: str) -> None:
    window = show_qml("color: Theme.ground\n" + body)
    assert any(said in found for found in getattr(inspect(window, NORMAL), kind))


def test_what_is_right_is_not_found(show_qml: Windows) -> None:
    window = show_qml('color: Theme.ground\nYButton { kind: "primary"; text: "确认" }')
    assert inspect(window, NORMAL) == Findings()


def test_what_is_behind_a_text_is_what_is_drawn_there(show_qml: Windows) -> None:
    """The computed ground of every text is the colour of the picture beside its letters."""
    window = show_qml('Loader { anchors.fill: parent; source: "Gallery/FormSheet.qml" }', variant="night")
    checked = list(grounds_beside(window))
    assert len(checked) > 10
    assert [pair for pair in checked if pair[0] != pair[1]] == []


def grounds_beside(window: QQuickWindow) -> Iterator[tuple[str, str]]:
    image = window.grabWindow()
    scene = drawn(window)
    for index, one in enumerate(scene):
        if not one.text or one.types or one.button is not None:
            continue
        letters = painted(one)
        at = QPointF(letters.x() - 1, letters.center().y()).toPoint()
        if one.seen.contains(letters):
            yield behind(scene, index, Colour.of(window.color())).name, image.pixelColor(at).name().upper()
