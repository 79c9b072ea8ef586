"""What a machine need not keep is erased, by profile and age, of every life and while it is on."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kiosk.store import upkeep
from kiosk.store.papers import Papers
from kiosk.tidying import Tidying
from sync import changes, identity, outbox, transfer
from sync.client import SignedChanges
from sync.membership import membership
from sync.outbox import NewOperation, Recorded
from sync.tables import acks, proofs
from sync.transfer import Chain
from sync.wire import token
from sync.wire.answers import Ack, Changes, Outcome, Profile, Result
from sync.wire.encoding import instant
from sync.wire.operation import new_op_id
from tests.support.ledger import START, TERMINAL, Ledger, open_ledger

PATIENCE = 10


@pytest.fixture
def public(tmp_path: Path) -> Iterator[Ledger]:
    made = open_ledger(tmp_path / "data", Profile.PUBLIC)
    yield made
    made.db.close()


def record(ledger: Ledger, count: int) -> list[Recorded]:
    made = []
    for _ in range(count):
        new, stamp = NewOperation(new_op_id(), "callback.request", {"phone": "139"}), ledger.stamp()
        made.append(ledger.db.run_sync(lambda conn, n=new, s=stamp: outbox.record(conn, n, s)))
    return made


def answer(ledger: Ledger, made: list[Recorded], prune: int, name: str = "token") -> None:
    at = instant(ledger.now)
    results = tuple(Result(one.seq, one.op_id, Outcome.ACCEPTED, 1) for one in made)
    last, life = made[-1], ledger.chain
    ack = Ack(life.terminal, 1, life.incarnation, "n", last.seq, last.link, results, prune, (), at)
    ledger.db.run_sync(lambda conn: transfer.apply_ack(conn, ack, name, at))


def tell(ledger: Ledger, cursor: int, nonce: str, told: Recorded) -> None:
    """A page of the stream, come by courier."""
    outcome = Result(told.seq, told.op_id, Outcome.ACCEPTED, 1).payload()
    here = ledger.db.read_sync(identity.require)
    item = {"n": cursor, "t": "outcome", **outcome}
    page = Changes(TERMINAL, 1, nonce, (item,), cursor, False, instant(START))
    signed = SignedChanges(page, token.sign(ledger.signer, token.Typ.CHANGES, page.payload()))
    member, at = membership(here, ledger.keys), instant(ledger.now)
    ledger.db.run_sync(lambda conn: changes.merge_changes(conn, member, signed, at))


def live_anew(ledger: Ledger) -> None:
    ledger.now += timedelta(days=1)
    here = ledger.db.read_sync(identity.require)
    anew = replace(here, incarnation=2, high_water=0, enrolled_at=instant(ledger.now))
    ledger.db.run_sync(lambda conn: identity.enrol(conn, anew))
    ledger.chain = Chain(TERMINAL, 2)


def papers(ledger: Ledger) -> Papers:
    return Papers(ledger.folders.data, (ledger.folders.data / "printed", ledger.folders.data / "paper"))


def payloads(ledger: Ledger) -> list[bool]:
    """Oldest first."""
    return [bool(view.payload) for view in reversed(ledger.db.read_sync(outbox.recent))]


def count(ledger: Ledger, table) -> int:
    query = select(func.count()).select_from(table)
    return ledger.db.read_sync(lambda conn: conn.execute(query).scalar_one())


def tidy(ledger: Ledger) -> int:
    return asyncio.run(Tidying(ledger.db, lambda: ledger.now, papers(ledger)).work())


@pytest.mark.parametrize(
    ("profile", "days", "erased"),
    [(Profile.PUBLIC, 1, 1), (Profile.ASSISTED, 1, 0), (Profile.ASSISTED, 91, 1)],
)
def test_payloads_go_at_once_from_a_public_terminal_and_later_elsewhere(tmp_path, profile, days, erased):
    ledger = open_ledger(tmp_path / "data", profile)
    answer(ledger, record(ledger, 2), prune=1)
    ledger.now = START + timedelta(days=days)
    assert tidy(ledger) == erased
    assert payloads(ledger) == [not erased, True]
    ledger.db.close()


def test_what_an_ack_gives_free_goes_while_the_terminal_is_on(public: Ledger) -> None:
    made = record(public, 3)
    answer(public, made, prune=1, name="first")

    async def play() -> None:
        changed = asyncio.Event()
        public.db.subscribe(lambda _tables: changed.set())
        tidying = Tidying(public.db, lambda: public.now, papers(public))
        tidying.begin()

        async def until(wanted: list[bool]) -> None:
            async with asyncio.timeout(PATIENCE):
                while payloads(public) != wanted:
                    await changed.wait()
                    changed.clear()

        public.now += timedelta(minutes=1)
        await until([False, True, True])
        answer(public, made, prune=2, name="second")
        await until([False, False, True])
        await tidying.end()

    asyncio.run(play())


def test_what_grows_old_goes_once_a_day_though_no_mark_moves(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "data", Profile.ASSISTED)
    answer(ledger, record(ledger, 1), prune=1)
    tidying, days = Tidying(ledger.db, lambda: ledger.now, papers(ledger)), (1, 60, 91)
    erased = []
    for day in days:
        ledger.now = START + timedelta(days=day)
        erased.append(asyncio.run(tidying.work()))
    assert erased == [0, 0, 1]
    ledger.db.close()


def test_payloads_go_in_bites(public: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "BITE", 2)
    answer(public, record(public, 6), prune=5)
    public.now += timedelta(days=1)
    (life,) = public.db.read_sync(lambda conn: upkeep.lives(conn, public.now))
    bites = [public.db.run_sync(lambda conn, s=span: upkeep.erase(conn, life, s)) for span in life.spans(0)]
    assert bites == [2, 2, 1]
    assert life.spans(life.mark) == []


def test_earlier_lives_are_tidied_too(public: Ledger) -> None:
    made = record(public, 3)
    answer(public, made[:1], prune=0, name="early")
    answer(public, made, prune=2, name="last")
    tell(public, 1, "early", made[1])
    live_anew(public)
    kept = record(public, 1)
    answer(public, kept, prune=0, name="anew")
    tell(public, 2, "late", kept[0])
    assert tidy(public) == 2
    assert payloads(public) == [False, False, True, True]
    assert (count(public, acks), count(public, proofs)) == (3, 2)
    public.now += timedelta(days=91)
    tidy(public)  # central may have been restored since it last spoke, from before that
    assert (count(public, acks), count(public, proofs)) == (3, 2)
    answer(public, record(public, 1), prune=0, name="after a season")
    tidy(public)  # each life keeps its last ack, and what lies above its mark
    assert (count(public, acks), count(public, proofs)) == (3, 1)


def test_a_page_that_is_read_again_is_kept_once(public: Ledger) -> None:
    (made,) = record(public, 1)
    for nonce in ("first", "by courier", "after a loss"):
        tell(public, 1, nonce, made)
    assert count(public, proofs) == 1
