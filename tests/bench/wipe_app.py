"""Visits to a public terminal with its real window: each fills in, has printed, copies, leaves.

Run as a program: an empty folder; prints of each wipe the milliseconds, and the processor's, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")

from PySide6.QtGui import QGuiApplication

from central.demo import day
from kiosk.app import keep_what_stays
from kiosk.qtloop import event_loop
from kiosk.services.traces import Clean
from sync.wire.answers import Profile
from tests.support.stage import Scene, Stage, play
from ui.fonts import load_fonts

WARM_UP, VISITS = 2, 20


async def visit(stage: Stage) -> None:
    hand = stage.hand
    await hand.click("home.tile." + day.FAULT_SERVICE)
    await hand.click("form.what-lamp")
    await hand.click("page.primary")
    await hand.type("form.where", "老槐树东第七家")
    await hand.click("page.primary")
    await hand.type("form.description", "路灯不亮")
    await hand.click("page.primary")
    await hand.pad("entry.pad", "13908269901")
    await hand.click("page.primary")
    await hand.wait_for("form.answer.0")
    await hand.click("page.primary")
    await hand.wait_for("slip.paper")
    await hand.click("page.primary")
    await hand.wait_text("已打印")
    QGuiApplication.clipboard().setText("13908269901")


async def leave(stage: Stage) -> tuple[float, float]:
    """Milliseconds until nobody is put off any more, and of the processor's."""
    wipe, let_in = stage.frame.wipe, asyncio.Event()
    began, worked = time.perf_counter(), time.process_time()
    stage.frame.leave()
    assert wipe.puts_off(let_in.set)
    await let_in.wait()
    took = (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000
    assert wipe.verdict == Clean()
    await stage.hand.click("attract")
    await stage.hand.wait_for("home.tile." + day.FAULT_SERVICE)
    return took


async def visits(stage: Stage) -> None:
    keep_what_stays()
    took = []
    for _ in range(WARM_UP + VISITS):
        await visit(stage)
        took.append(await leave(stage))
    print(json.dumps(took[WARM_UP:]), flush=True)


def main(folder: Path) -> None:
    qt = QGuiApplication(sys.argv[:1])
    load_fonts()
    with closing(event_loop(qt)) as loop:
        asyncio.set_event_loop(loop)
        play(loop, folder, Scene(profile=Profile.PUBLIC), visits)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
