"""Operations up and answers down in files, whoever carries them: copies, losses and reorders are harmless."""

from pathlib import Path

import pytest

from central import courier as central_courier
from sync import central_keys, courier, identity, outbox, transfer
from sync.courier import Letter, Merged
from sync.membership import membership
from sync.outbox import State
from sync.transfer import Chain
from sync.wire import bundle
from sync.wire.encoding import instant
from sync.wire.errors import WireError
from tests.support.central import POINT, RunningCentral
from tests.support.crank import Crank
from tests.support.terminal import Terminal, settle


def post(terminal: Terminal) -> Letter:
    here = terminal.db.read_sync(identity.require)
    member = membership(here, terminal.keys)
    parcel = terminal.db.read_sync(lambda conn: courier.gather(conn, Chain(here.terminal, here.incarnation)))
    to = terminal.db.read_sync(central_keys.encryption)
    assert to is not None
    letter = courier.seal(parcel, member, to, instant(terminal.clock.now().at), None)
    terminal.db.run_sync(lambda conn: courier.posted(conn, letter.head))
    return letter


def answered(central: RunningCentral, letter: Letter) -> bytes:
    return central_courier.answer(central.parts, bundle.parse(letter.data)).data


def take(terminal: Terminal, data: bytes) -> Merged:
    member = membership(terminal.db.read_sync(identity.require), terminal.keys)
    answer = courier.read_answer(bundle.parse(data), member)
    at = instant(terminal.clock.now().at)
    return terminal.db.run_sync(lambda conn: courier.merge(conn, member, answer, at))


def states(terminal: Terminal) -> list[State]:
    return [view.state for view in reversed(terminal.db.read_sync(outbox.recent))]


@pytest.fixture
async def enrolled(central: RunningCentral, terminal: Terminal) -> Terminal:
    await terminal.enrol(central.url, central.code(), POINT)
    return terminal


async def test_there_and_back(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    for _ in range(3):
        terminal.record()
    letter = post(terminal)
    assert states(terminal) == [State.RECORDED] * 3
    merged = take(terminal, answered(central, letter))
    assert merged.news
    assert states(terminal) == [State.ACCEPTED] * 3
    assert terminal.db.read_sync(outbox.depth).open == 0
