"""zstd has one owner: lines go in and come out as they were, and what does not fit is refused."""

import ast
import io
from pathlib import Path

import pytest

from sync.wire import zipped
from sync.wire.batch import MAX_BODY, MAX_UNPACKED
from sync.wire.errors import Malformed

REPO = Path(__file__).parents[2]
LINES = [b"", b"a", b"\xe9\xa9\xbf\xe7\xab\x99", b"x" * 70_000, b"z"]


def streamed(data: bytes, longest: int = 100_000) -> list[bytes]:
    return list(zipped.lines(io.BytesIO(data), longest))


def test_lines_come_out_as_they_went_in() -> None:
    data = b"".join(zipped.pressed(LINES, 3))
    assert streamed(data) == LINES
    assert streamed(b"".join(zipped.pressed([], 3))) == []
    assert zipped.unpack(data, 100_000) == b"".join(line + b"\n" for line in LINES)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html>", "not zstd"),
        (zipped.pack(b"a\nb"), "not ended"),
        (zipped.pack(b"a\n" + bytes(300_000)), "too long"),
        (zipped.pack(bytes(150_000) + b"\n"), "too long"),
        (b"".join(zipped.pressed([bytes([n]) * 900 for n in range(256)], 3))[:-90], "not ended"),
    ],
)
def test_what_does_not_fit_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        streamed(data)


def test_nobody_else_speaks_zstd() -> None:
    users = [
        path.relative_to(REPO).as_posix()
        for room in ("sync", "central", "kiosk", "ui")
        for path in sorted((REPO / room).rglob("*.py"))
        if any("zstandard" in _imported(node) for node in ast.walk(ast.parse(path.read_bytes())))
    ]
    assert users == ["sync/wire/zipped.py"]


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [name.name for name in node.names] if isinstance(node, ast.Import) else []


def test_a_batch_leaves_room_for_what_it_begins_with() -> None:
    assert MAX_UNPACKED - MAX_BODY == 64 * 1024
