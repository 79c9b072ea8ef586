"""Packs that come by line and by courier at once: one import at a time, and none takes another's file."""

import asyncio
import concurrent.futures
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.store import catalogue, packs
from kiosk.store.catalogue import Catalogue
from sync.client import SignedManifest
from sync.packplan import Loaded
from tests.support.ledger import START, Ledger
from tests.support.shelf import Shelf, good, packed

MOMENT = 0.5  # seconds in which an import that nothing holds back would be over


@pytest.fixture
def shelf(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(packs, "LINES_A_TRANSACTION", 5)
    made = Shelf(ledger, tmp_path)
    made.install(*packed([good(n, "豆腐") for n in range(20)]))
    return made


def loaded(shelf: Shelf, version: str, as_of: str = "2026-03-02T00:00:00Z") -> Loaded:
    signed, data = packed([good(n, f"莲藕{version}") for n in range(20)], version)
    path = shelf.folder / version
    path.write_bytes(data)
    return Loaded(SignedManifest(replace(signed.manifest, as_of=as_of), "token"), path)


def importer(shelf: Shelf, half_built: Callable[[], None]) -> Catalogue:
    """Calls once, from the thread that builds, when a quarter is there."""
    calls = [half_built]

    def progress(_done: int, _total: int) -> None:
        if calls:
            calls.pop()()

    return Catalogue(shelf.ledger.db, shelf.ledger.opened.cache_key, lambda: START, progress)


def active(shelf: Shelf) -> str:
    found = shelf.ledger.db.read_sync(catalogue.active)
    assert found is not None
    return found.version


async def while_importing(shelf: Shelf, first: Loaded, second: Loaded) -> None:
    loop, begun = asyncio.get_running_loop(), []

    def meanwhile() -> None:
        other = asyncio.run_coroutine_threadsafe(shelf.catalogue().install(second), loop)
        begun.append(other)
        concurrent.futures.wait([other], MOMENT)

    await importer(shelf, meanwhile).install(first)
    await asyncio.wrap_future(begun[0])


def test_the_second_waits_for_the_first(shelf: Shelf) -> None:
    asyncio.run(while_importing(shelf, loaded(shelf, "2"), loaded(shelf, "3")))
    assert active(shelf) == "3"
    assert len(shelf.find("good", "莲藕3")) == 20
    assert len(shelf.files()) == 2
    shelf.ledger.reopen()
    assert shelf.ledger.opened.mended == ()


def test_an_older_one_that_waited_does_not_take_the_newer_ones_place(shelf: Shelf) -> None:
    older = loaded(shelf, "2", as_of="2026-03-01T12:00:00Z")
    asyncio.run(while_importing(shelf, loaded(shelf, "3"), older))
    assert active(shelf) == "3"
    assert len(shelf.find("good", "莲藕3")) == 20


def test_one_that_is_given_up_is_over_before_the_next_one_begins(shelf: Shelf) -> None:
    async def act() -> None:
        loop, going_on = asyncio.get_running_loop(), []

        def give_up() -> None:
            loop.call_soon_threadsafe(first.cancel)
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()  # it is cancelled by now
            going_on.append(len(shelf.files()))

        first = loop.create_task(importer(shelf, give_up).install(loaded(shelf, "2")))
        await asyncio.gather(first, return_exceptions=True)
        assert first.cancelled()
        assert going_on == [2]  # its thread had come to its end before it was said to be over
        assert len(shelf.files()) == 1
        await shelf.catalogue().install(loaded(shelf, "3"))

    asyncio.run(act())
    assert active(shelf) == "3"
