"""What is connected to a terminal besides its printer."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.devices.chips import ChipReader, NoChips
from kiosk.devices.idcard import CardReader, NoReader
from kiosk.devices.wedge import WedgeRule


@dataclass(frozen=True)
class Fitted:
    cards: CardReader = field(default_factory=NoReader)
    chips: ChipReader = field(default_factory=NoChips)
    scanner: WedgeRule | None = None
