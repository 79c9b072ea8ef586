"""Parts of a file as HTTP carries them: what a range answer holds, how far an upload has come."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sync.failures import HostileAnswer, Hostility
from sync.transport import Answer

_REACHED = re.compile(r"bytes=0-([0-9]{1,15})")
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})")


@dataclass(frozen=True)
class Piece:
    """Part of a file: its bytes, where they start, and how long the whole is."""

    data: bytes = field(repr=False)
    start: int
    total: int


def portal_page(answer: Answer) -> HostileAnswer:
    return HostileAnswer(Hostility.CAPTIVE_PORTAL, f"{answer.status} {answer.media_type}")


def piece_of(answer: Answer, start: int) -> Piece:
    if answer.status == 200 and "html" not in answer.media_type:
        return Piece(answer.body, 0, len(answer.body))
    if answer.status != 206:
        raise portal_page(answer)
    piece = _content_range(answer)
    if piece.start != start:
        raise HostileAnswer(Hostility.MALFORMED, f"asked from {start}, got from {piece.start}")
    return piece


def reached(answer: Answer) -> int:
    return 1 + int(found[1]) if (found := _REACHED.fullmatch(answer.headers.get("range", ""))) else 0


def _content_range(answer: Answer) -> Piece:
    found = _CONTENT_RANGE.fullmatch(answer.headers.get("content-range", ""))
    if found is None or int(found[2]) - int(found[1]) + 1 != len(answer.body):
        raise HostileAnswer(Hostility.MALFORMED, "no content range that fits")
    return Piece(answer.body, int(found[1]), int(found[3]))
