"""The traces below the glass: left pages and their tasks, basket, drafts, the ledger's log, slip files."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QCoreApplication, QEvent
from sqlalchemy import Connection, Table

from kiosk.bilingual import Text
from kiosk.services import forms, mall
from kiosk.services.traces import Trace
from kiosk.store import papers
from kiosk.store.tables import basket_lines
from kiosk.store.tables import drafts as form_drafts
from ui.ports import Data, Ports
from ui.routes import Route
from ui.spawn import Tasks

LONGEST_TASK = 5.0  # seconds: a printer may take its time with the slip of who has gone
LOG_TRIES = 4
PAGES = Text("离开的页面", "pages that were left")
TASKS = Text("未结束的事务", "work not ended")
BASKET = Text("购物篮", "the basket")
DRAFTS = Text("草稿", "drafts")
LOG = Text("账本日志", "the ledger's log")
FILES = Text("凭条文件", "slips as files")


class Gone:
    """Objects of a visit that are to die with it: page models, their states, persons."""

    def __init__(self) -> None:
        self._refs: list[weakref.ref[object]] = []

    def watch(self, *objects: object) -> None:
        wanted = (one for one in objects if not isinstance(one, get_args(Route)))
        self._refs += [weakref.ref(one) for one in wanted if type(one).__weakrefoffset__]

    def alive(self) -> list[object]:
        found = [one for ref in self._refs if (one := ref()) is not None]
        self._refs = [weakref.ref(one) for one in found]
        return found


def below(ports: Ports, running: Tasks, kept: Callable[[], bool]) -> tuple[Trace, ...]:
    """All but the pages, which the window holds; `kept` as in `drafts` and `slip_files`."""
    folders = (ports.paper_folder, ports.printed) if ports.printed else (ports.paper_folder,)
    return (
        tasks(running),
        basket(ports.data),
        drafts(ports.data, kept),
        ledger_log(ports.data),
        slip_files(folders, kept),
    )


def pages(gone: Gone, let_go: Callable[[], None]) -> Trace:
    """`let_go` drops what the window's engine holds."""

    async def forget() -> None:
        await asyncio.sleep(0)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        let_go()
        gc.collect()
        if gone.alive():  # of the first pages, which were there when the application kept what stays
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    async def residue() -> int:
        return len(gone.alive())

    return Trace(PAGES, forget, residue, last=True)


def tasks(running: Tasks) -> Trace:
    """With what failed: a traceback holds whatever stood in the failing code's variables."""

    async def forget() -> None:
        waiting = running.of_the_gone()
        if waiting:
            await asyncio.wait(waiting, timeout=LONGEST_TASK)
        running.forget_bugs()

    async def residue() -> int:
        return len(running.of_the_gone()) + sum(bug.__traceback__ is not None for bug in running.bugs)

    return Trace(TASKS, forget, residue)


def basket(data: Data) -> Trace:
    async def forget() -> None:
        await data.run(mall.empty)

    async def residue() -> int:
        return await data.read(lambda conn: _count(conn, basket_lines))

    return Trace(BASKET, forget, residue)


def drafts(data: Data, kept: Callable[[], bool]) -> Trace:
    """`kept`: a draft stays for its person where somebody answers for the place."""

    async def forget() -> None:
        if not kept():
            await data.run(forms.wipe_drafts)

    async def residue() -> int:
        return 0 if kept() else await data.read(lambda conn: _count(conn, form_drafts))

    return Trace(DRAFTS, forget, residue)


def ledger_log(data: Data) -> Trace:
    """Nothing older than the departure stands in it; what is written meanwhile may."""
    emptied = False

    async def forget() -> None:
        nonlocal emptied
        emptied = False
        data.forget_asked()
        for _ in range(LOG_TRIES):  # somebody may just be reading
            emptied = emptied or await data.empty_log()

    async def residue() -> int:
        return int(not emptied)

    return Trace(LOG, forget, residue, last=True)


def slip_files(folders: Iterable[Path], kept: Callable[[], bool]) -> Trace:
    """PDFs, and the files of a printer that writes some: nobody takes them away from a public terminal."""
    places = tuple(folders)

    async def forget() -> None:
        if not kept():
            await asyncio.to_thread(_remove, places)

    async def residue() -> int:
        return 0 if kept() else len(await asyncio.to_thread(papers.slip_files, places))

    return Trace(FILES, forget, residue)


def _count(conn: Connection, table: Table) -> int:
    found: int = conn.exec_driver_sql(f"SELECT count(*) FROM {table.name}").scalar_one()  # noqa: S608
    return found


def _remove(places: tuple[Path, ...]) -> None:
    for one in papers.slip_files(places):
        one.unlink(missing_ok=True)
