"""Waits, without looking at a clock in between, until a terminal and central agree."""

from __future__ import annotations

import asyncio
from pathlib import Path

from kiosk.devices.file_printer import FilePrinter
from kiosk.terminal import Plan, Terminal
from tests.support.agreement import TerminalFiles, differences

LONGEST = 30.0


def files_of(plan: Plan) -> TerminalFiles:
    printer = plan.printer
    assert isinstance(printer, FilePrinter)
    return TerminalFiles(plan.folders, plan.keys, printer)


async def settle(terminal: Terminal, central: Path, longest: float = LONGEST) -> list[str]:
    """Goes on the line if need be; looks again whenever the ledger changed. What still differs in the end."""
    news = asyncio.Event()
    news.set()
    unsubscribe = terminal.data.subscribe(lambda _tables: news.set())
    found = ["nothing was compared"]
    try:
        async with asyncio.timeout(longest):
            if terminal.line.status is None:
                await terminal.start()
            while found:
                await news.wait()
                news.clear()
                found = await asyncio.to_thread(differences, files_of(terminal.plan), central)
    except TimeoutError:
        return found
    finally:
        unsubscribe()
    return found
