"""The default reader of ID cards: a card is a file in a folder, laid there and taken away by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.devices.idcard import CardUnreadable, IdCard, ReaderState, ReaderUnplugged
from kiosk.devices.idnumber import Sex
from kiosk.devices.sam_text import agree

NO_CABLE = "unplugged"  # a file of this name in the folder stands for the pulled cable
LARGEST = 4096
_TEXTS = ("name", "nation", "address", "number")


@dataclass(frozen=True)
class FileCardReader:
    """No folder, no reader. The first `.json` by name lies on it: name, sex (`male`, `female`), nation, born,
    address, number, valid_from, valid_to (null: long-term), dates as 1949-12-31."""

    folder: Path

    def read(self) -> IdCard | None:
        if self.state() is ReaderState.UNPLUGGED:
            raise ReaderUnplugged(str(self.folder))
        try:
            path = min(self.folder.glob("*.json"), default=None)
            data = None if path is None else path.read_bytes()
        except OSError as error:  # taken away meanwhile
            raise CardUnreadable(str(error.strerror)) from error
        return None if data is None else card_of(data)

    def state(self) -> ReaderState:
        if not self.folder.is_dir():
            return ReaderState.NOT_FITTED
        unplugged = (self.folder / NO_CABLE).exists()
        return ReaderState.UNPLUGGED if unplugged else ReaderState.READY


def card_of(data: bytes) -> IdCard:
    """Raises CardUnreadable."""
    if len(data) > LARGEST:
        raise CardUnreadable(f"{len(data)} bytes")
    try:
        raw = json.loads(data)
        texts = [raw[name] for name in _TEXTS]
        if not all(isinstance(text, str) for text in texts):
            raise CardUnreadable("a text that is none")
        name, nation, address, number = texts
        until = raw["valid_to"]
        card = IdCard(
            name=name,
            sex=Sex(raw["sex"]),
            nation=nation,
            born=date.fromisoformat(raw["born"]),
            address=address,
            number=number,
            valid_from=date.fromisoformat(raw["valid_from"]),
            valid_to=None if until is None else date.fromisoformat(until),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CardUnreadable(type(error).__name__) from error
    agree(card)
    return card


def file_of(card: IdCard) -> bytes:
    """What `card_of` reads."""
    until = None if card.valid_to is None else card.valid_to.isoformat()
    dates = {"born": card.born.isoformat(), "valid_from": card.valid_from.isoformat(), "valid_to": until}
    texts = {"name": card.name, "nation": card.nation, "address": card.address, "number": card.number}
    return json.dumps(texts | dates | {"sex": card.sex.value}, ensure_ascii=False, indent=1).encode()
