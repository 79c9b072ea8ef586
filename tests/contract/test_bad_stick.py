"""A stick with files that are corrupt, huge or not to be read: named, passed over, never the end of visit."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from sync import postbag
from sync.carried import Fate
from sync.carrier import Carrier
from sync.wire.bundle import DOWN_SUFFIX, MAX_FILE, PACK_SUFFIX, UP_SUFFIX
from tests.support.central import RunningCentral
from tests.support.crank import Crank
from tests.support.stick import emptied, enrol, files, fill, head_office, line_of, record
from tests.support.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc gives a file that cannot be read")
UNREADABLE = "/proc/self/mem"
HUGE = 64 << 30


def spoil(stick: Path, suffix: str) -> set[str]:
    """Their names come before all others."""
    for name, data in (("corrupt", b"YZB1\n\xff\n\n"), ("short", b"")):
        (stick / f"0-{name}{suffix}").write_bytes(data)
    (stick / f"0-unreadable{suffix}").symlink_to(UNREADABLE)
    with (stick / f"0-huge{suffix}").open("wb") as file:
        file.truncate(HUGE)
    return {f"0-{name}{suffix}" for name in ("corrupt", "short", "unreadable", "huge")}


def bytes_read() -> int:
    (line,) = (one for one in Path("/proc/self/io").read_text().splitlines() if one.startswith("rchar"))
    return int(line.split()[1])


async def test_a_carrier_names_them_and_takes_the_rest(
    central: RunningCentral, terminal: Terminal, laptop: Terminal, stick: Path, crank: Crank
) -> None:
    await enrol(central, terminal, laptop)
    record(terminal, 1)
    await fill(terminal, stick)
    bad = spoil(stick, UP_SUFFIX) | spoil(stick, PACK_SUFFIX)
    async with line_of(laptop) as client:
        there = await Carrier(laptop.folder / "courier", crank.now).visit(stick, client)
    assert {name for name, _ in there.unusable} == bad
    assert (len(there.taken_along), len(there.handed_in), len(there.given_back)) == (1, 1, 1)


async def test_a_terminal_names_them_and_takes_its_answer(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    await enrol(central, terminal)
    record(terminal, 1)
    await fill(terminal, stick)
    bad = spoil(stick, DOWN_SUFFIX) | spoil(stick, UP_SUFFIX)
    assert {name for name, _ in head_office(central, stick).unusable} == bad
    handled = {one.file: one.fate for one in await emptied(terminal, stick)}
    assert {name for name, fate in handled.items() if fate is Fate.DAMAGED} == bad
    assert sorted(fate.value for name, fate in handled.items() if name not in bad) == ["taken", "upward"]
    assert postbag.contents(stick, "").unreadable == len(bad)


async def test_one_that_lies_broken_in_the_pouch_is_taken_along_again(
    central: RunningCentral, terminal: Terminal, laptop: Terminal, stick: Path, crank: Crank
) -> None:
    await enrol(central, terminal, laptop)
    record(terminal, 1)
    await fill(terminal, stick)
    carrier = Carrier(laptop.folder / "courier", crank.now)
    await carrier.visit(stick, None)
    (kept,) = files(laptop.folder / "courier", UP_SUFFIX)
    kept.write_bytes(kept.read_bytes()[:-9])
    async with line_of(laptop) as client:
        broken = await carrier.visit(stick, client)
        assert [name for name, _ in broken.unusable] == [kept.name]
        assert len((await carrier.visit(stick, client)).handed_in) == 1


async def test_a_look_reads_the_heads_alone(
    central: RunningCentral, terminal: Terminal, laptop: Terminal, stick: Path, crank: Crank
) -> None:
    await enrol(central, terminal, laptop)
    for _ in range(40):
        terminal.record(text=os.urandom(1500).hex())
    await fill(terminal, stick)
    (one,) = files(stick, UP_SUFFIX)
    for n in range(99):
        (stick / f"copy-{n}{UP_SUFFIX}").write_bytes(one.read_bytes())
    whole = 100 * one.stat().st_size
    assert 5_000_000 < whole < 100 * MAX_FILE
    before = bytes_read()
    assert postbag.contents(stick, "").others_up == 100
    assert bytes_read() - before < whole / 3
    carrier = Carrier(laptop.folder / "courier", crank.now)
    await carrier.visit(stick, None)
    before = bytes_read()
    await carrier.visit(stick, None)  # all of it is in the pouch
    assert bytes_read() - before < whole / 3
    assert one.stat().st_size < MAX_FILE
