"""ESC/POS bytes: GB 18030 text, dots for what the printer lacks, a QR either way, no stray commands."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.bilingual import same
from kiosk.devices.escpos import BIT_IMAGE, FEED_AND_CUT, RESET, Paper, render
from kiosk.devices.glyphs import CELL, Coverage, Glyphs
from kiosk.devices.paper import Pair, Slip
from tests.devices.samples import CODE, slip

CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def with_value(value: str) -> Slip:
    return replace(slip(), lines=(Pair(same("户名"), same(value)),))


def test_text_is_gb18030_between_reset_and_cut() -> None:
    data = render(slip(), Paper())
    assert data.startswith(RESET)
    assert data.endswith(FEED_AND_CUT)
    assert "业务受理记录".encode("gb18030") in data
    assert "￥12,345.67".encode("gb18030") in data


def test_titles_are_double_size_and_the_rest_is_not() -> None:
    data = render(slip(), Paper())
    assert b"\x1d!\x11" + "业务受理记录".encode("gb18030") in data
    assert b"\x1d!\x00" + "交电费".encode("gb18030") in data


@pytest.mark.skipif(not CJK.exists(), reason="needs a CJK font")
@pytest.mark.parametrize("char", ["㳇", "㮾", "𠮷"])
def test_a_rare_character_becomes_dots(char: str) -> None:
    data = render(with_value(f"单{char}"), Paper(glyphs=Glyphs(CJK)))
    at = data.index(BIT_IMAGE) + len(BIT_IMAGE)
    dots = data[at : at + CELL * 3]
    assert any(dots)
    assert char.encode("gb18030") not in data
    assert "单".encode("gb18030") in data


@pytest.mark.skipif(not CJK.exists(), reason="needs a CJK font")
def test_different_characters_are_different_dots() -> None:
    glyphs = Glyphs(CJK)
    drawn = {glyphs.draw(char) for char in "㳇㮾𠮷"}
    assert len(drawn) == 3
    assert None not in drawn


def test_without_a_font_the_code_point_is_printed() -> None:
    assert b"[U+214D0]" in render(with_value("单𡓐"), Paper())


def test_a_spelt_out_character_keeps_its_line_within_the_paper() -> None:
    data = render(with_value("𡓐" * 7), Paper(columns=32))
    rows = [row.split(b"\x1d!\x00")[-1] for row in data.split(b"\n") if b"U+" in row]
    assert rows
    assert all(len(row) <= 32 for row in rows)


@pytest.mark.skipif(not CJK.exists(), reason="needs a CJK font")
def test_what_the_font_lacks_is_not_drawn_as_a_box() -> None:
    assert Glyphs(CJK).draw("\U0002fffd") is None


def test_a_printer_with_the_whole_standard_gets_text() -> None:
    class Whole(Coverage):
        def has(self, char: str) -> bool:
            return True

    data = render(with_value("𡓐"), Paper(coverage=Whole()))
    assert "𡓐".encode("gb18030") in data


def test_the_code_goes_as_a_command_or_as_dots() -> None:
    native = render(slip(), Paper())
    raster = render(slip(), Paper(native_qr=False))
    assert b"\x1d(k" in native
    assert CODE.encode() in native
    assert b"\x1dv0" in raster
    assert CODE.encode() not in raster
    at = raster.index(b"\x1dv0\x00") + 4
    stride, rows = raster[at] | raster[at + 1] << 8, raster[at + 2] | raster[at + 3] << 8
    body = raster[at + 4 : at + 4 + stride * rows]
    assert len(body) == stride * rows
    assert sum(body) > 0


def test_the_yuan_sign_is_the_one_the_code_page_has() -> None:
    data = render(with_value("¥5.00 × 2"), Paper())
    assert "￥5.00 × 2".encode("gb18030") in data


def test_a_name_cannot_carry_printer_commands() -> None:
    data = render(with_value("a\x1bp0\x1d\x00b\x9b"), Paper())
    assert b"ap0b" in data
