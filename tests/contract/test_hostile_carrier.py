"""Whoever carries bundles may lose, keep, mix and make up files; none of it is taken for central's word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sync import carrier, identity
from sync.carried import Fate
from sync.carrier import Carrier
from sync.outbox import State
from sync.wire import bundle
from sync.wire.bundle import DOWN_SUFFIX, UP_SUFFIX, Downward, Way
from sync.wire.keys import SigningKey
from sync.wire.sealing import DecryptionKey
from tests.support.central import RunningCentral
from tests.support.crank import Crank
from tests.support.stick import (
    emptied,
    empty,
    enrol,
    files,
    fill,
    head_office,
    high_water,
    line_of,
    record,
    states,
)
from tests.support.terminal import Terminal

RECORDED, ACCEPTED = State.RECORDED, State.ACCEPTED


async def test_answers_with_each_others_names_are_for_nobody(
    central: RunningCentral, terminal: Terminal, another: Terminal, tmp_path: Path
) -> None:
    await enrol(central, terminal, another)
    sticks = tmp_path / "one", tmp_path / "two"
    for one, stick in zip((terminal, another), sticks, strict=True):
        record(one, 1)
        await fill(one, stick)
        head_office(central, stick)
    answers = [files(stick, DOWN_SUFFIX)[0] for stick in sticks]
    first, second = (path.read_bytes() for path in answers)
    answers[0].write_bytes(second)
    answers[1].write_bytes(first)
    for one, answer in zip((terminal, another), answers, strict=True):
        (handled,) = await emptied(one, answer)
        assert handled.fate is Fate.FOR_ANOTHER
        assert (states(one), high_water(one)) == ([RECORDED], 0)
    answers[0].write_bytes(first)
    assert await empty(terminal, answers[0]) == [Fate.TAKEN]
    assert states(terminal) == [ACCEPTED]


async def test_an_answer_the_carrier_made_is_foreign(
    central: RunningCentral, terminal: Terminal, stick: Path
) -> None:
    """It knows the head, and the key that a terminal's answers are sealed to is no secret."""
    await enrol(central, terminal)
    record(terminal, 1)
    await fill(terminal, stick)
    head_office(central, stick)
    (path,) = files(stick, DOWN_SUFFIX)
    whole = path.read_bytes()
    head = bundle.parse(whole).head
    here = await terminal.db.read(identity.require)
    own = DecryptionKey.derived_from(SigningKey(terminal.keys.get(here.secret_name) or b"")).public
    lie = Downward((), (), None, None).encode()
    forged = {Fate.FOREIGN: head, Fate.UPWARD: replace(head, way=Way.UP)}
    for fate, claimed in forged.items():
        path.write_bytes(bundle.make(SigningKey.generate(), own, claimed, lie))
        (handled,) = await emptied(terminal, path)
        assert handled.fate is fate
    assert (states(terminal), high_water(terminal)) == ([RECORDED], 0)
    path.write_bytes(whole)
    assert await empty(terminal, path) == [Fate.TAKEN]


async def test_a_stick_cannot_fill_the_laptop(
    central: RunningCentral,
    terminal: Terminal,
    another: Terminal,
    stick: Path,
    crank: Crank,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await enrol(central, terminal, another)
    record(terminal, 1)
    await fill(terminal, stick)
    (true,) = files(stick, UP_SUFFIX)
    head = bundle.parse(true.read_bytes()).head
    to = DecryptionKey.generate().public
    for n in range(4):
        forged = bundle.make(SigningKey.generate(), to, replace(head, nonce=f"n{n}"), bytes(4000))
        (stick / f"zz-{n}{UP_SUFFIX}").write_bytes(forged)
    monkeypatch.setattr(carrier, "MOST", 12_000)
    pouch = another.folder / "courier"
    async with line_of(another) as client:
        there = await Carrier(pouch, crank.now).visit(stick, client)
    assert true.name in there.handed_in
    assert len(there.unusable) == 4
    assert sum(path.stat().st_size for path in pouch.glob("*")) < 12_000
    assert (await empty(terminal, stick)).count(Fate.TAKEN) == 1


async def test_made_up_answers_take_no_room_from_bundles_and_do_not_stay(
    central: RunningCentral, terminal: Terminal, stick: Path, crank: Crank, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A laptop cannot tell who made a bundle, and need not believe when it was made."""
    await enrol(central, terminal)
    record(terminal, 1)
    await fill(terminal, stick)
    (true,) = files(stick, UP_SUFFIX)
    head = replace(bundle.parse(true.read_bytes()).head, way=Way.DOWN, made_at="9998-01-01T00:00:00Z")
    to = DecryptionKey.generate().public
    for n in range(4):
        forged = bundle.make(SigningKey.generate(), to, replace(head, nonce=f"n{n}"), b"x")
        (stick / f"0-{n}{DOWN_SUFFIX}").write_bytes(forged)
    monkeypatch.setattr(carrier, "MOST_FILES", 2)
    pouch = stick.parent / "pouch"
    there = await Carrier(pouch, crank.now).visit(stick, None)
    assert len(files(pouch, DOWN_SUFFIX)) == len(there.unusable) == 2
    assert [path.name for path in files(pouch, UP_SUFFIX)] == [true.name]
    crank.forward(91 * 86_400)
    away = stick.parent / "another"
    away.mkdir()
    assert (await Carrier(pouch, crank.now).visit(away, None)).given_back == ()
    assert files(pouch, DOWN_SUFFIX) == []


async def test_a_name_of_a_terminal_that_is_a_path_stays_in_the_folder(
    central: RunningCentral, terminal: Terminal, stick: Path, crank: Crank
) -> None:
    await enrol(central, terminal)
    record(terminal, 1)
    await fill(terminal, stick)
    (true,) = files(stick, UP_SUFFIX)
    head = replace(bundle.parse(true.read_bytes()).head, terminal="../../../tmp/x")
    (stick / f"x{UP_SUFFIX}").write_bytes(
        bundle.make(SigningKey.generate(), DecryptionKey.generate().public, head, b"x")
    )
    before = {path for path in stick.parent.rglob("*") if path.parent != stick}
    pouch = stick / "pouch"
    await Carrier(pouch, crank.now).visit(stick, None)
    after = {path for path in stick.parent.rglob("*") if path.parent not in (stick, pouch)} - {pouch}
    assert after == before - {pouch}
    assert all(path.name.startswith("yizhan-") for path in pouch.glob("*"))
