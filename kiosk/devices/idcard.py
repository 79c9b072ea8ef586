"""What the application asks of a reader of ID cards, and how one may fail.

WorldError (sync.errors)
└── CardError           business goes on without the card
    ├── CardUnreadable  a card lies there and says nothing that can be believed: lay it down anew
    └── ReaderUnplugged nobody answers at the other end
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Protocol

from kiosk.devices.idnumber import Sex
from sync.errors import WorldError


class ReaderState(Enum):
    READY = "ready"
    NOT_FITTED = "not-fitted"
    UNPLUGGED = "unplugged"


class CardError(WorldError):
    """`detail` names no person."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class CardUnreadable(CardError):
    pass


class ReaderUnplugged(CardError):
    pass


@dataclass(frozen=True)
class IdCard:
    """Checked: the number is valid and agrees with `born` and `sex`. No log shows any of it."""

    name: str = field(repr=False)
    sex: Sex = field(repr=False)
    nation: str = field(repr=False)  # 汉, 藏 …; empty on a residence permit
    born: date = field(repr=False)
    address: str = field(repr=False)
    number: str = field(repr=False)
    valid_from: date = field(repr=False)
    valid_to: date | None = field(repr=False)  # None: long-term

    def expired(self, today: date) -> bool:
        return self.valid_to is not None and self.valid_to < today


class CardReader(Protocol):
    """Both calls may take as long as the device does: never on the loop, and one at a time."""

    def read(self) -> IdCard | None:
        """The card that lies there now; None when there is none. Raises CardError."""

    def state(self) -> ReaderState:
        """Never raises."""


class NoReader:
    """A terminal without one."""

    def read(self) -> IdCard | None:
        return None

    def state(self) -> ReaderState:
        return ReaderState.NOT_FITTED
