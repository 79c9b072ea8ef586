"""The courier's side of the screen: sticks in the machine, files onto them and from them, beside the line."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.devices.media import Stick, sticks
from kiosk.terminal import Terminal
from sync.wire.files import FOLDER

if TYPE_CHECKING:  # what makes bundles is imported when somebody comes for them
    from sync.carried import Contents, Handled, Written
    from sync.carrier import Carrier, Round
    from sync.postbag import Bag


class CourierDesk:
    """Implements `ui.ports.Courier`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    async def sticks(self) -> tuple[Stick, ...]:
        return await asyncio.to_thread(sticks, self._terminal.plan.media)

    async def look(self, stick: Stick) -> Contents:
        from sync import pieces, postbag

        here = self._terminal.identity
        folder, terminal = stick.path / FOLDER, here.terminal if here else ""
        return await pieces.off_loop(lambda: postbag.contents(folder, terminal))

    async def fill(self, stick: Stick) -> tuple[Written, ...]:
        bag, folder = await asyncio.to_thread(self._bag, stick)
        return await bag.fill(folder)

    async def empty(self, stick: Stick) -> tuple[Handled, ...]:
        from kiosk import couriers
        from sync import central_keys
        from sync.carried import Fate

        terminal = self._terminal
        folder = stick.path / FOLDER
        if not await asyncio.to_thread(folder.is_dir):  # nothing is made on a stick that is only read
            return ()
        handled = await couriers.bag(terminal).empty([folder])
        terminal.line.trust(await terminal.data.read(central_keys.signing))
        if any(one.fate is Fate.LOCKED for one in handled):
            await terminal.start()  # the line has not heard that this life is over
        return handled

    async def carry(self, stick: Stick) -> Round:
        carrier, folder = await asyncio.to_thread(self._carrier, stick)
        return await carrier.visit(folder, self._terminal.line.client)

    def _bag(self, stick: Stick) -> tuple[Bag, Path]:
        from kiosk import couriers

        return couriers.bag(self._terminal), _folder(stick)

    def _carrier(self, stick: Stick) -> tuple[Carrier, Path]:
        from kiosk import couriers

        return couriers.carrier(self._terminal), _folder(stick)


def _folder(stick: Stick) -> Path:
    """Raises StoreError where the stick cannot be written."""
    from kiosk.store.faults import translated

    folder = stick.path / FOLDER
    with translated(folder):
        folder.mkdir(exist_ok=True)
    return folder
