"""A journal's segments, read in order up to the first thing that is not as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.wire import segment
from sync.wire.errors import Malformed
from sync.wire.segment import HEAD, LENGTH, START, Ending, Head, Place, Segment, body_at

NAME = re.compile(r"(\d{6,})\.yzj")


class What(Enum):
    """What a fault is, as far as the bytes tell."""

    TORN = "torn"  # the file ends within its newest record: a power cut leaves this
    LAST_SHUT = "last-shut"  # the newest record does not open: altered, or torn by a power cut
    HEAD = "head"  # no segment, or its head is not the one written
    RENAMED = "renamed"  # its head has another number than its name
    SEGMENT_GONE = "segment-gone"
    LINES_GONE = "lines-gone"  # fewer records than the next segment counts
    LENGTH = "length"  # a record's length was changed
    MOVED = "moved"  # the record that belongs here stands further on
    REPEATED = "repeated"  # an earlier record stands here once more
    ALTERED = "altered"  # as many records as there were, and this one does not open
    ALTERED_OR_GONE = "altered-or-gone"  # does not open; nothing says how many there were


@dataclass(frozen=True)
class Fault:
    what: What
    file: str
    n: int  # of the first line that is not as it was written
    offset: int
    detail: str = ""


@dataclass(frozen=True)
class Line:
    n: int
    file: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Reading:
    lines: tuple[Line, ...]
    fault: Fault | None

    @property
    def first_n(self) -> int:
        return self.lines[0].n if self.lines else 1


@dataclass(frozen=True)
class _File:
    name: str
    number: int
    data: bytes


def read(files: Mapping[str, bytes], key: bytes) -> Reading:
    """Of the files of a journal's folder by name."""
    cipher = AESGCM(key)
    found = sorted(
        (_File(name, int(match[1]), data) for name, data in files.items() if (match := NAME.fullmatch(name))),
        key=lambda one: one.number,
    )
    lines: list[Line] = []
    end = START
    for index, file in enumerate(found):
        following = _head_after(file, found[index + 1 : index + 2])
        read_here = _opened(file, end, first=index == 0, cipher=cipher)
        if isinstance(read_here, Fault):
            return Reading(tuple(lines), read_here)
        lines += [Line(one.n, file.name, one.offset, one.line) for one in read_here.records]
        end = read_here.end
        fault = _fault(file, read_here, following, cipher, last=index + 1 == len(found))
        if fault is not None:
            return Reading(tuple(lines), fault)
    return Reading(tuple(lines), None)


def _opened(file: _File, end: Place, *, first: bool, cipher: AESGCM) -> Segment | Fault:
    """A segment that follows, its records read as far as they open."""
    try:
        head = Head.decode(file.data)
    except Malformed as error:
        return Fault(What.HEAD, file.name, end.last_n + 1, 0, str(error))
    fault = _head_fault(file, head, end, first=first)
    return fault or segment.read(file.data, cipher)


def _head_fault(file: _File, head: Head, end: Place, *, first: bool) -> Fault | None:
    n = end.last_n + 1
    before = 0 if first else end.segment
    if file.number != before + 1:
        gone = f"{before + 1:06d}" + ("" if file.number == before + 2 else f"-{file.number - 1:06d}")
        return Fault(What.SEGMENT_GONE, file.name, n, 0, gone)
    if head.number != file.number:
        return Fault(What.RENAMED, file.name, n, 4, f"{head.number:06d}")
    if head.chain_before != end.chain:
        return Fault(What.HEAD, file.name, n, 16, "chain")
    if not first and head.first_n != n:
        return Fault(What.HEAD, file.name, n, 8, str(head.first_n))
    return None


def _fault(
    file: _File, read_here: Segment, following: Head | None, cipher: AESGCM, *, last: bool
) -> Fault | None:
    end = read_here.end
    if read_here.ending is Ending.WHOLE:
        what = What.LINES_GONE if following is not None and _cut_before(following, end) else None
    else:
        what = _what_shut(file.data, read_here, cipher)
        what = what or _what_count(file.data, read_here, following, last=last)
    if what is What.HEAD:
        return Fault(what, file.name, 1, 8, str(end.last_n + 1))
    return None if what is None else Fault(what, file.name, end.last_n + 1, end.offset)


def _cut_before(following: Head, end: Place) -> bool:
    return following.first_n > end.last_n + 1 and following.chain_before != end.chain


def _what_shut(data: bytes, read_here: Segment, cipher: AESGCM) -> What | None:
    """What the record that does not open tells by itself."""
    end = read_here.end
    if read_here.head.number == 1 and not read_here.records and _opens_as_first(data, cipher):
        return What.HEAD
    if read_here.ending is Ending.LENGTH:
        return What.LENGTH
    bodies = _bodies(data, end.offset)
    if bodies and bodies[0] in _bodies(data, HEAD.size, end.offset):
        return What.REPEATED
    moved = any(segment.open_body(cipher, body, end) is not None for body in bodies[1:])
    return What.MOVED if moved else None


def _what_count(data: bytes, read_here: Segment, following: Head | None, *, last: bool) -> What:
    """What the number of records tells that should be here."""
    end = read_here.end
    if following is not None:
        expected = following.first_n - 1 - end.last_n
        return What.ALTERED if len(_bodies(data, end.offset)) >= expected else What.LINES_GONE
    if last and read_here.ending is Ending.SHORT:
        return What.TORN
    return What.LAST_SHUT if last and read_here.ending is Ending.SHUT else What.ALTERED_OR_GONE


def _opens_as_first(data: bytes, cipher: AESGCM) -> bool:
    """Whether the head of a journal's first segment once counted from 1."""
    body = body_at(data, HEAD.size)
    return body is not None and segment.open_body(cipher, body, Head.after(START).start) is not None


def _bodies(data: bytes, offset: int, stop: int | None = None) -> Sequence[bytes]:
    """Whole records from here on, opened or not."""
    found: list[bytes] = []
    while (stop is None or offset < stop) and (body := body_at(data, offset)) is not None:
        found.append(body)
        offset += LENGTH.size + len(body)
    return found


def _head_after(file: _File, rest: Sequence[_File]) -> Head | None:
    """Of the very next segment, if that is there."""
    for following in rest:
        try:
            head = Head.decode(following.data)
        except Malformed:
            return None
        if head.number == following.number == file.number + 1:
            return head
    return None
