"""Icons draw in the colour asked for; the type face says where it came from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage

from tests.support.qml import QML
from ui.fonts import FontSource, load_fonts, missing_glyphs
from ui.icons import ICON_FOLDER, IconProvider

ICONS = sorted(path.stem for path in ICON_FOLDER.glob("*.svg"))


def colours(image: QImage) -> set[str]:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {QColor(pixel.rgb()).name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", ICONS)
def test_icon_is_drawn_in_the_colour(name: str) -> None:
    image = IconProvider().requestImage(f"{name}/c02010/48", QSize(), QSize())
    assert image.size() == QSize(48, 48)
    assert "#c02010" in colours(image)
    assert QColor(image.pixel(0, 0)).name() != "#c02010"


@pytest.mark.parametrize("address", ["nothing/000000/48", "../home/000000/48", "home/red/48", "home/000000"])
def test_unknown_icon_is_no_picture(address: str) -> None:
    assert IconProvider().requestImage(address, QSize(), QSize()).isNull()


def test_every_icon_the_interface_names_exists() -> None:
    pattern = re.compile(r"(?:iconName|\bicon|Icon|name): (?:[^\"\n]*\? )?\"([a-z]+)\"(?: : \"([a-z]+)\")?")
    used = {
        name
        for path in QML.rglob("*.qml")
        for found in pattern.findall(path.read_text())
        for name in found
        if name
    }
    assert "home" in used
    assert used <= set(ICONS)


def write_font(path: Path) -> None:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({ord("A"): "A"})
    builder.setupGlyf({".notdef": Glyph(), "A": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Tiny Test", "styleName": "Regular"})
    builder.setupOS2(ulUnicodeRange1=1, ulCodePageRange1=1)
    builder.setupPost()
    builder.save(str(path))


def test_own_type_face_comes_first(qapp: QGuiApplication, tmp_path: Path) -> None:
    write_font(tmp_path / "tiny.otf")
    loaded = load_fonts([tmp_path / "absent", tmp_path])
    assert (loaded.family, loaded.source) == ("Tiny Test", FontSource.BUNDLED)
    assert missing_glyphs("AB B", "Tiny Test") == ["B"]


def test_without_own_type_face_the_source_is_said(qapp: QGuiApplication, tmp_path: Path) -> None:
    loaded = load_fonts([tmp_path])
    assert loaded.source is not FontSource.BUNDLED
    assert loaded.family == QGuiApplication.font().family()
