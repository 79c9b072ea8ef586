"""A courier's files cut and altered, and a central that lost its past: named, healed, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from central import changes as news
from central import courier, operators
from central.operators import Operator
from sync import carriedevidence, changes, documents, identity, transfer
from sync.carried import Fate
from sync.carrier import Carrier
from sync.outbox import State
from sync.policy import Do, Step
from sync.transfer import Chain
from sync.wire.bundle import DOWN_SUFFIX, UP_SUFFIX
from tests.support.central import COUNTY, POINT, RunningCentral
from tests.support.crank import Crank
from tests.support.stick import (
    bag,
    emptied,
    empty,
    enrol,
    files,
    fill,
    head_office,
    held_by,
    high_water,
    line_of,
    record,
    states,
)
from tests.support.terminal import PACE, Terminal, settle

PLACE = {"t": "place", "id": "511602", "level": "county", "name": "广安区"}
RECORDED, ACCEPTED, UNKNOWN = State.RECORDED, State.ACCEPTED, State.UNKNOWN


def broken(data: bytes) -> Iterator[bytes]:
    """Cut in every part and at every border of them, and one bit flipped in each."""
    magic, head, sealed, _ = data.split(b"\n")
    borders = [0, len(magic), len(magic) + 1 + len(head), len(data) - 1]
    places = {0, 1, 2, len(data) // 2}
    places |= {place + off for place in borders for off in (-1, 0, 1) if 0 <= place + off < len(data)}
    places |= {len(magic) + 1 + head.index(b".") + off for off in (-5, 0, 5)}
    places |= {len(data) - 1 - len(sealed) + n for n in (40, len(sealed) // 3, len(sealed) - 3)}
    for place in sorted(places):
        yield data[:place]
        yield data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]


async def test_a_broken_answer_is_named_and_the_whole_one_still_counts(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    record(terminal, 2)
    await fill(terminal, stick)
    head_office(central, stick)
    (answer,) = files(stick, DOWN_SUFFIX)
    whole = answer.read_bytes()
    for data in broken(whole):
        answer.write_bytes(data)
        (handled,) = await emptied(terminal, answer)
        assert handled.fate in (Fate.DAMAGED, Fate.FOREIGN, Fate.UNASKED, Fate.FOR_ANOTHER), data
        assert handled.file == answer.name
        assert (states(terminal), high_water(terminal)) == ([RECORDED] * 2, 0)
    answer.write_bytes(whole)
    assert await empty(terminal, answer) == [Fate.TAKEN]
    assert states(terminal) == [ACCEPTED] * 2


async def test_a_broken_bundle_is_named_at_central_and_nothing_of_it_taken(
    central: RunningCentral, terminal: Terminal, laptop: Terminal, stick: Path, crank: Crank
) -> None:
    await enrol(central, terminal, laptop)
    record(terminal, 2)
    await fill(terminal, stick)
    (bundle,) = files(stick, UP_SUFFIX)
    whole = bundle.read_bytes()
    carrier = Carrier(laptop.folder / "courier", crank.now)
    async with line_of(laptop) as client:
        for data in broken(whole):
            bundle.write_bytes(data)
            assert [name for name, _ in head_office(central, stick).unusable] == [bundle.name]
            there = await carrier.visit(stick, client)
            assert (len(there.unusable), there.handed_in, there.waiting) == (1, (), ())
    assert held_by(central) == 0
    bundle.write_bytes(whole)
    head_office(central, stick)
    await empty(terminal, stick)
    assert states(terminal) == [ACCEPTED] * 2


async def test_a_bundle_needs_no_way_back_to_be_safe(
    central: RunningCentral, terminal: Terminal, stick: Path, crank: Crank
) -> None:
    """The file is on the stick only once its nonce is in the ledger: a cut between them costs nothing."""
    await enrol(central, terminal)
    record(terminal, 1)
    await fill(terminal, stick)
    terminal.restart()
    head_office(central, stick)
    assert await empty(terminal, *files(stick, DOWN_SUFFIX)) == [Fate.TAKEN]
    assert states(terminal) == [ACCEPTED]


async def test_what_central_has_without_its_answers_is_asked_for_again(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    record(terminal, 2)
    await fill(terminal, stick)
    head_office(central, stick)
    here = terminal.db.read_sync(identity.require)
    chain = Chain(here.terminal, here.incarnation)
    link = terminal.db.read_sync(lambda conn: transfer.chain_at(conn, chain, 2))
    terminal.db.run_sync(lambda conn: transfer.settle(conn, chain, 2, link))  # a status question said so
    assert (await fill(terminal, stick)).operations == 2


async def test_a_restored_central_hears_by_courier_what_it_had_said(
    central: RunningCentral, terminal: Terminal, tmp_path: Path, crank: Crank
) -> None:
    await enrol(central, terminal)

    async def round_trip(name: str) -> list[Fate]:
        await fill(terminal, tmp_path / name)
        head_office(central, tmp_path / name)
        return await empty(terminal, tmp_path / name)

    record(terminal, 1)
    await round_trip("before")
    assert liu_may_work(terminal)
    backup = central.backup()
    terminal.record("test.decide", text="reject")
    record(terminal, 1)
    tell(central, terminal, 5, crank)
    await round_trip("lost")
    was = states(terminal)
    central.restore(backup)
    record(terminal, 1)
    assert Fate.TAKEN in await round_trip("asked")
    assert (states(terminal), held_by(central)) == ([*was, RECORDED], 1)
    dismiss(central, crank)
    assert Fate.TAKEN in await round_trip("shown")
    assert not liu_may_work(terminal)
    assert (states(terminal), held_by(central)) == ([*was, ACCEPTED], 4)
    record(terminal, 1)
    assert (await fill(terminal, tmp_path / "after")).operations == 1
    stale = await empty(terminal, tmp_path / "lost", tmp_path / "asked")
    assert stale.count(Fate.KNOWN) == 2
    head_office(central, tmp_path / "after")
    await empty(terminal, tmp_path / "after")
    assert (states(terminal), held_by(central)) == ([*was, ACCEPTED, ACCEPTED], 5)


async def test_a_long_stream_of_a_restored_central_comes_whole_by_courier(
    central: RunningCentral,
    terminal: Terminal,
    tmp_path: Path,
    crank: Crank,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One page an answer: the place in the stream must go on from the pages, not from where it was."""
    await enrol(central, terminal)

    async def round_trip(name: str) -> None:
        await fill(terminal, tmp_path / name)
        head_office(central, tmp_path / name)
        await empty(terminal, tmp_path / name)

    await round_trip("before")
    assert liu_may_work(terminal)
    backup = central.backup()
    record(terminal, 1)
    tell(central, terminal, 2 * news.PAGE, crank)
    await round_trip("lost")
    assert terminal.db.read_sync(changes.cursor) > 2 * news.PAGE
    central.restore(backup)
    monkeypatch.setattr(courier, "MAX_CHANGES", 0)
    await round_trip("asked")
    tell(central, terminal, news.PAGE, crank)
    dismiss(central, crank)
    await round_trip("shown")
    await round_trip("after")
    assert not liu_may_work(terminal)


async def test_after_evidence_by_courier_the_line_reads_the_stream_anew(
    central: RunningCentral, terminal: Terminal, tmp_path: Path, crank: Crank
) -> None:
    """The answer to the evidence is lost on its way back; what came in between has numbers told before."""
    await enrol(central, terminal)
    async with terminal.engine() as engine:
        await settle(engine)
        backup = central.backup()
        record(terminal, 1)
        tell(central, terminal, 5, crank)
        put(central, crank, "op-new", active=True)
        engine.wake()
        crank.forward(PACE.changes)
        await settle(engine)
    assert liu_may_work(terminal)
    central.restore(backup)
    await fill(terminal, tmp_path / "asked")
    head_office(central, tmp_path / "asked")
    await empty(terminal, tmp_path / "asked")
    dismiss(central, crank)
    await fill(terminal, tmp_path / "shown")
    head_office(central, tmp_path / "shown")
    async with terminal.engine() as engine:
        await settle(engine)
    assert not liu_may_work(terminal)


async def test_after_evidence_by_courier_earlier_lives_are_heard_by_line_too(
    central: RunningCentral, terminal: Terminal, tmp_path: Path, crank: Crank
) -> None:
    await enrol(central, terminal)
    name = terminal.db.read_sync(identity.require).terminal
    record(terminal, 2)
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    backup = central.backup()
    record(terminal, 1)
    async with terminal.engine() as engine:
        await settle(engine)
    central.restore(backup)
    for stick in (tmp_path / "asked", tmp_path / "shown"):
        await bag(terminal).fill(stick)
        head_office(central, stick)
        if stick.name == "asked":
            await empty(terminal, stick)
    async with terminal.engine() as engine:
        while await engine.turn() != Do(Step.CHANGES):
            pass
    epochs = terminal.db.read_sync(lambda conn: [identity.epoch_of(conn, name, life) for life in (1, 2)])
    assert (epochs, held_by(central)) == ([2, 2], 3)


async def test_a_page_that_ends_at_the_gap_of_a_restore_is_gone_beyond_by_courier(
    central: RunningCentral, terminal: Terminal, tmp_path: Path, crank: Crank
) -> None:
    await enrol(central, terminal)

    async def round_trip(name: str) -> None:
        await fill(terminal, tmp_path / name)
        head_office(central, tmp_path / name)
        await empty(terminal, tmp_path / name)

    await round_trip("before")
    tell(central, terminal, news.PAGE - terminal.db.read_sync(changes.cursor), crank)
    backup = central.backup()
    record(terminal, 1)
    tell(central, terminal, 5, crank)
    await round_trip("lost")
    central.restore(backup)
    await round_trip("asked")
    await round_trip("shown")
    assert terminal.db.read_sync(changes.cursor) > news.PAGE + 5


def tell(central: RunningCentral, terminal: Terminal, count: int, crank: Crank) -> None:
    here = terminal.db.read_sync(identity.require).terminal
    item = {"t": "settings", "values": {"idle_seconds": 60}}
    central.parts.database.write(lambda conn: news.publish(conn, [here], [item] * count, crank.at))


def dismiss(central: RunningCentral, crank: Crank) -> None:
    put(central, crank, "op-liu", active=False)


def put(central: RunningCentral, crank: Crank, name: str, *, active: bool) -> None:
    one = Operator(name, "刘㮾", ("operator",), "$argon2id$fixed", active=active, point=POINT)
    central.parts.database.write(lambda conn: operators.put(conn, COUNTY, one, crank.at))


def liu_may_work(terminal: Terminal) -> bool:
    return any(one.id == "op-liu" for one in terminal.db.read_sync(documents.operators))


async def test_evidence_that_no_single_bundle_holds_comes_up_in_several(
    central: RunningCentral, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def round_trip(name: str) -> None:
        await fill(terminal, tmp_path / name)
        head_office(central, tmp_path / name)
        await empty(terminal, tmp_path / name)

    await enrol(central, terminal)
    backup = central.backup()
    for n in range(5):
        terminal.record("test.decide", text="reject")
        await round_trip(f"told {n}")
    was = states(terminal)
    central.restore(backup)
    record(terminal, 1)
    monkeypatch.setattr(carriedevidence, "PAGE", 1)
    monkeypatch.setattr(carriedevidence, "MOST_PAGES", 2)
    await round_trip("asked")
    told = terminal.db.read_sync(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM acks").scalar_one())
    for n in range(told):
        await round_trip(f"shown {n}")
    assert (states(terminal), held_by(central)) == ([*was, ACCEPTED], 6)
