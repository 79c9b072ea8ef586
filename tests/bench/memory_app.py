"""A terminal in a process of its own: says what it takes with nobody to push to, and at most while pushing.

Run as a program: the terminal's folder. Two lines come out, in MB.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from kiosk.terminal import Terminal
from sync.policy import Link
from tests.bench.county import plan_of
from tests.bench.program import peak_mb, reset_peak, rss_mb
from tests.bench.waiting import link_is, nothing_left


async def main(folder: Path) -> None:
    terminal = await asyncio.to_thread(Terminal.open, plan_of(folder))
    try:
        await terminal.start()
        await link_is(terminal, Link.OFFLINE)
        print(rss_mb(), flush=True)
        reset_peak()
        await nothing_left(terminal)
        print(peak_mb(), flush=True)
    finally:
        await terminal.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
