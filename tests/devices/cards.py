"""Cards of people who do not exist, and a module that answers as a recorded one did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from kiosk.devices import sam_frames
from kiosk.devices.idcard import IdCard
from kiosk.devices.idnumber import Sex
from kiosk.devices.sam_frames import Ask, Said, request
from kiosk.devices.sam_text import block_of

ZHANG = IdCard(
    name="张玉芬",
    sex=Sex.FEMALE,
    nation="汉",
    born=date(1949, 12, 31),
    address="四川省广安市广安区协兴镇星光村3组17号",
    number="11010519491231002X",
    valid_from=date(2016, 5, 3),
    valid_to=None,
)
RARE = IdCard(
    name="㳇𡓐卓玛",
    sex=Sex.MALE,
    nation="藏",
    born=date(1880, 1, 1),
    address="四川省广安市",
    number="440524188001010014",
    valid_from=date(2020, 1, 1),
    valid_to=date(2040, 1, 1),
)
AUTHORITY = "广安市公安局广安区分局"
FOUND = bytes.fromhex("aaaaaa966900080000 9f 00000000 97".replace(" ", ""))
SELECTED = bytes.fromhex("aaaaaa9669000c000090 0000000000000000 9c".replace(" ", ""))
NOBODY = sam_frames.answer(Said.NO_CARD)
"""The first two as modules send them, taken down byte by byte in their makers' papers."""


def told(card: IdCard, kind: str = " ") -> bytes:
    """The answer to READ: text, and a picture of nobody."""
    picture = bytes(range(256)) * 4
    lengths = (256).to_bytes(2, "big") + len(picture).to_bytes(2, "big")
    return sam_frames.answer(Said.DONE, lengths + block_of(card, AUTHORITY, kind) + picture)


@dataclass
class Module:
    """Answers what it is asked, in pieces as a serial line brings them; finds a card once."""

    answers: dict[Ask, bytes] = field(default_factory=dict)
    piece: int = 200
    asked: list[Ask] = field(default_factory=list)
    opened: int = 0
    pulled: bool = False
    dumb: bool = False
    _coming: bytes = b""

    def lay(self, card: IdCard) -> None:
        self.answers |= {Ask.FIND: FOUND, Ask.SELECT: SELECTED, Ask.READ: told(card)}

    def open(self) -> Module:
        if self.pulled:
            raise FileNotFoundError(2, "No such file or directory")
        self.opened += 1
        return self

    def write(self, data: bytes) -> None:
        if self.pulled:
            raise OSError(5, "Input/output error")
        ask = next(one for one in Ask if request(one) == data)
        self.asked.append(ask)
        default = sam_frames.answer(Said.DONE) if ask is Ask.STATE else NOBODY
        self._coming = b"" if self.dumb else self.answers.get(ask, default)
        if ask is Ask.READ:
            self.answers.pop(Ask.FIND, None)

    def read(self) -> bytes:
        head, self._coming = self._coming[: self.piece], self._coming[self.piece :]
        return head

    def close(self) -> None:
        self._coming = b""


def counting() -> Callable[[], float]:
    """A clock that goes on by a tenth of a second whenever somebody looks."""
    now = [0.0]

    def ticks() -> float:
        now[0] += 0.1
        return now[0]

    return ticks
