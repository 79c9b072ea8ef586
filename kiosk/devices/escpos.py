"""A slip as ESC/POS bytes: GB 18030 text, double-width titles, rare characters as raster, QR codes."""

from dataclasses import dataclass, field

from kiosk.bilingual import Lang
from kiosk.devices.glyphs import CELL, Coverage, Glyphs
from kiosk.devices.paper import Slip
from kiosk.devices.slip_text import BOTH, WIDE_YUAN, QrRow, Row, TextRow, layout

RESET = b"\x1b@"
CHINESE_ON = b"\x1c&"  # FS &: multi-byte characters
ALIGN = b"\x1ba"
STRONG = b"\x1bE"
SIZE = b"\x1d!"
DOUBLE = b"\x11"
BIT_IMAGE = b"\x1b*\x21" + CELL.to_bytes(2, "little")  # 24-dot, double density
FEED_AND_CUT = b"\x1dVB\x00"
QR_DOTS = 4
PLAIN: dict[int, int | None] = WIDE_YUAN | dict.fromkeys((*range(32), *range(127, 160)))


@dataclass(frozen=True)
class Paper:
    """What one printer can do."""

    columns: int = 48
    langs: tuple[Lang, ...] = BOTH
    coverage: Coverage = field(default_factory=Coverage)
    glyphs: Glyphs = field(default_factory=lambda: Glyphs(None))
    native_qr: bool = True


def render(slip: Slip, paper: Paper) -> bytes:
    slip = slip.spelt(lambda text: "".join(_spell(char, paper) for char in text.translate(PLAIN)))
    rows = layout(slip, paper.columns, paper.langs)
    return b"".join((RESET, CHINESE_ON, *(_row(row, paper) for row in rows), b"\n\n", FEED_AND_CUT))


def _row(row: Row, paper: Paper) -> bytes:
    match row:
        case QrRow(data):
            code = _native_qr(data.encode()) if paper.native_qr else _raster_qr(data)
            return ALIGN + b"\x01" + code + b"\n" + ALIGN + b"\x00"
        case TextRow(text, align, big, strong):
            before = (
                ALIGN + bytes([align.value]) + STRONG + bytes([strong]) + SIZE + (DOUBLE if big else b"\0")
            )
            return before + _text(text, paper) + b"\n"


def _text(text: str, paper: Paper) -> bytes:
    return b"".join(_char(char, paper) for char in text)


def _spell(char: str, paper: Paper) -> str:
    """A character that nobody here can draw is named by its code point."""
    if paper.coverage.has(char) or paper.glyphs.draw(char) is not None:
        return char
    return f"[U+{ord(char):04X}]"


def _char(char: str, paper: Paper) -> bytes:
    if paper.coverage.has(char):
        return char.encode("gb18030")
    dots = paper.glyphs.draw(char)
    assert dots is not None, "spelt out before the layout"
    return BIT_IMAGE + dots


def _native_qr(data: bytes) -> bytes:
    def command(function: int, *body: bytes) -> bytes:
        payload = b"1" + bytes([function]) + b"".join(body)
        return b"\x1d(k" + len(payload).to_bytes(2, "little") + payload

    model = command(65, b"2\x00")
    size = command(67, bytes([QR_DOTS]))
    level = command(69, b"1")
    return model + size + level + command(80, b"0", data) + command(81, b"0")


def _raster_qr(data: str) -> bytes:
    import segno

    grid = [list(row) for row in segno.make_qr(data, error="m").matrix_iter(scale=QR_DOTS, border=2)]
    stride = (len(grid[0]) + 7) // 8
    body = bytearray()
    for row in grid:
        padded = [*row, *([0] * (stride * 8 - len(row)))]
        for start in range(0, len(padded), 8):
            body.append(sum(bool(dot) << (7 - bit) for bit, dot in enumerate(padded[start : start + 8])))
    return b"\x1dv0\x00" + stride.to_bytes(2, "little") + len(grid).to_bytes(2, "little") + bytes(body)
