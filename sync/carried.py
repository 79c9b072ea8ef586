"""What became of each file that a courier brought, and of what was written for one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the words of a fate are needed at a start, what makes bundles is not
    from sync.wire.bundle import Head


class Fate(Enum):
    """What became of one file of the folder; nothing of it is changed there."""

    TAKEN = "taken"
    KNOWN = "known"  # taken before; once more changes nothing
    FOR_ANOTHER = "for-another"  # terminal: left for it
    UPWARD = "upward"  # on its way to central
    DAMAGED = "damaged"
    NEWER = "newer"  # made by a later version of the program
    FOREIGN = "foreign"  # not signed by our central
    UNASKED = "unasked"  # an answer to a bundle that this terminal knows nothing of
    LOCKED = "locked"  # central's chain and ours differ, or this life is over
    PACK_TAKEN = "pack-taken"
    PACK_KNOWN = "pack-known"
    PACK_REFUSED = "pack-refused"


@dataclass(frozen=True)
class Contents:
    """What lies in a courier's folder, counted by whom it concerns."""

    ours_up: int = 0
    others_up: int = 0
    ours_down: int = 0
    others_down: int = 0
    packs: int = 0
    unreadable: int = 0


@dataclass(frozen=True)
class Handled:
    file: str
    fate: Fate
    detail: str = ""
    news: bool = False


@dataclass(frozen=True)
class Written:
    file: str
    head: Head
    size: int
    more: bool  # not all fitted: the rest goes with the next one, after the answer

    @property
    def operations(self) -> int:
        return self.head.last_seq - self.head.first_seq + 1
