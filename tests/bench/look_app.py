"""The screen in a process of its own, drawn by software: pages changed, a long shelf scrolled.

Run as a program: a folder; prints what it measured as JSON.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import qasync
from PySide6.QtGui import QGuiApplication

from central.demo import day
from tests.bench.program import rss_mb
from tests.support.deeds import pay_bill, place_order, sign_in
from tests.support.stage import Scene, Stage, play
from ui import routes
from ui.fonts import load_fonts
from ui.routes import Route
from ui.viewmodels.mall import MallModel

SIZE = (1920, 1080)
WARM_UP, MEASURED = 100, 500
ROWS, FRAMES, STEP = 10_000, 600, 67  # 4,000 pixels a second, a hard flick


def ways(paid: str) -> tuple[Route, ...]:
    """What people go through in a day, Home in between as they do."""
    pages = (
        routes.BillsRoute(day.POWER_SERVICE),
        routes.GuideRoute("g6-guide"),
        routes.MallRoute(day.MALL_SERVICE),
        routes.BasketRoute(day.MALL_SERVICE),
        routes.FormRoute(day.FAULT_SERVICE),
        routes.RightsRoute(day.COUPON_SERVICE),
        routes.CallbackRoute(day.DOOR_SERVICE),
        routes.SlipRoute(op_id=paid),
        routes.BusinessRoute(),
        routes.QueueRoute(),
        routes.TillRoute(),
        routes.LeasesRoute(),
        routes.LineRoute(),
    )
    return tuple(step for page in pages for step in (page, routes.HomeRoute()))


async def frame_of(stage: Stage, act: Callable[[], object]) -> float:
    """Milliseconds from the act to a drawn frame that shows all of the page."""
    drawn = asyncio.Event()
    window = stage.screen.window
    start = time.perf_counter()
    act()
    await stage.hand.until(lambda: stage.frame.tasks.idle, "the page")
    window.frameSwapped.connect(drawn.set)
    window.update()
    await drawn.wait()
    window.frameSwapped.disconnect(drawn.set)
    return (time.perf_counter() - start) * 1e3


def open_page(stage: Stage, route: Route) -> None:
    stage.frame.home() if isinstance(route, routes.HomeRoute) else stage.frame.go(route)


async def pages(stage: Stage) -> dict[str, object]:
    """Milliseconds of every change after the first ones, and what the later ones added in MB."""
    sign_in(stage)
    paid = await pay_bill(stage, day.ACCOUNT_IN_FILE)
    await place_order(stage)
    steps = cycle(ways(paid.op_id))
    for route in islice(steps, WARM_UP):
        await frame_of(stage, partial(open_page, stage, route))
    gc.collect()
    before = rss_mb()
    busy = time.process_time()
    times = [await frame_of(stage, partial(open_page, stage, route)) for route in islice(steps, MEASURED)]
    busy = (time.process_time() - busy) * 1e3 / MEASURED
    gc.collect()
    return {"pages": times, "busy": busy, "grown": rss_mb() - before}


async def scroll(stage: Stage) -> dict[str, object]:
    """Milliseconds of each frame while the mall's shelf with so many goods runs past."""
    stage.frame.go(routes.MallRoute(day.MALL_SERVICE))
    await stage.quiet()
    model = stage.frame.current
    assert isinstance(model, MallModel)
    some = model.state.found or ()
    picture = model.state.pictures
    goods = tuple(replace(some[n % len(some)], id=f"g-{n}") for n in range(ROWS))
    pictures = {good.id: picture[some[n % len(some)].id] for n, good in enumerate(goods)}
    model.update(found=goods, total=ROWS, pictures=pictures)
    shelf = await stage.hand.wait_for("mall.shelf")
    assert shelf.property("count") == ROWS
    times = []
    for n in range(FRAMES):
        to = (n + 1) * STEP
        times.append(await frame_of(stage, partial(shelf.setProperty, "contentY", to)))
    return {"frames": times}


def main(folder: Path) -> None:
    qt = QGuiApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    load_fonts()
    loop = qasync.QEventLoop(qt)
    asyncio.set_event_loop(loop)
    found: dict[str, object] = {}

    async def act(stage: Stage) -> None:
        found.update(await pages(stage))
        found.update(await scroll(stage))

    with loop:
        play(loop, folder, Scene(size=SIZE), act)
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")
    main(Path(sys.argv[1]))
