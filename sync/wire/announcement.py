"""What a county tells people at its points: a notice, or a campaign tied to a service (PROTOCOL.md §6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sync.wire.encoding import parse_instant
from sync.wire.errors import Malformed
from sync.wire.shape import Fields

LONGEST_TITLE, LONGEST_TEXT = (24, 60), (100, 250)
"""Characters of Chinese and of English: what can be read in passing, in large type too."""
LONGEST_ID, MOST_POINTS, LAST = 64, 1000, 10**6
MEMBERS = frozenset({"t", "id", "title", "text", "from", "to", "service", "points", "picture", "order"})
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Sort(Enum):
    """The record's `t`."""

    NOTICE = "notice"
    CAMPAIGN = "campaign"


@dataclass(frozen=True)
class Announcement:
    """`title` and `text`: Chinese and English; `points` empty: all of the county."""

    sort: Sort
    id: str
    title: tuple[str, str]
    text: tuple[str, str]
    begins: datetime | None
    ends: datetime | None
    service: str | None
    points: tuple[str, ...]
    picture: str | None
    order: int

    @classmethod
    def parse(cls, raw: Any) -> Announcement:
        """Raises Malformed, which names the member."""
        read = Fields(raw, "announcement")
        sort = next((one for one in Sort if one.value == read.text("t")), None)
        if sort is None:
            raise Malformed("announcement: t is neither notice nor campaign")
        begins, ends = (_moment(read, name) for name in ("from", "to"))
        made = cls(
            sort=sort,
            id=_bounded(read.text("id"), "id", LONGEST_ID),
            title=_both(read.mapping("title"), "title", LONGEST_TITLE),
            text=_both(read.mapping("text"), "text", LONGEST_TEXT),
            begins=begins,
            ends=ends,
            service=_bounded(read.text("service"), "service", LONGEST_ID) if "service" in raw else None,
            points=tuple(_bounded(one, "points", LONGEST_ID) for one in _points(read, raw)),
            picture=read.optional_text("picture"),
            order=read.integer("order"),
        )
        _check(made)
        return made


def _check(made: Announcement) -> None:
    if made.begins is not None and made.ends is not None and made.begins >= made.ends:
        raise Malformed("announcement: to is not after from")
    if made.picture is not None and _SHA256.fullmatch(made.picture) is None:
        raise Malformed("announcement: picture is not a hash")
    if len(made.points) > MOST_POINTS or not 0 <= made.order <= LAST:
        raise Malformed("announcement: too many points, or no place in the order")
    if made.sort is Sort.CAMPAIGN and (made.service is None or made.begins is None or made.ends is None):
        raise Malformed("announcement: a campaign names its service, from and to")


def _both(raw: Mapping[str, Any], name: str, longest: tuple[int, int]) -> tuple[str, str]:
    read = Fields(raw, f"announcement.{name}")
    return _bounded(read.text("zh"), name, longest[0]), _bounded(read.text("en"), name, longest[1])


def _bounded(text: str, name: str, longest: int) -> str:
    """Of seen characters, one line."""
    if not text.strip() or len(text) > longest or _UNSEEN.search(text):
        raise Malformed(f"announcement: {name} is empty, too long or of unseen characters")
    return text


def _points(read: Fields, raw: Mapping[str, Any]) -> tuple[str, ...]:
    return read.texts("points") if raw.get("points") is not None else ()


def _moment(read: Fields, name: str) -> datetime | None:
    text = read.optional_text(name)
    return None if text is None else parse_instant(text)
