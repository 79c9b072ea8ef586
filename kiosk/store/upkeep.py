"""What this machine need not keep any longer, of every life it had, to be erased in bites."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select

from kiosk.store.tables import drafts
from sync import evidence, identity, lines, transfer
from sync.evidence import Heard
from sync.identity import Identity
from sync.transfer import Chain, Span
from sync.wire.answers import Profile
from sync.wire.encoding import instant, parse_instant

KEPT = timedelta(
    days=90
)  # people come back with a slip; on a public terminal nothing of theirs waits for them

DRAFTS_KEPT = timedelta(days=14)  # somebody meant to come back
NEVER = "9999"
BITE = 500  # rows, or places of a chain, in a transaction: whoever records meanwhile waits for one
MOST_LINES = 20_000  # what acks that came in great batches left behind


@dataclass(frozen=True)
class Life:
    chain: Chain
    mark: int  # central's prune mark
    before: str  # payloads recorded earlier go

    def spans(self, above: int) -> list[Span]:
        ends = [*range(above, self.mark, BITE), max(above, self.mark)]
        return [Span(first, last) for first, last in pairwise(ends)]


@dataclass(frozen=True)
class OldWords:
    """What central said to one life, and need not be shown again."""

    chain: Chain
    heard: Heard


def lives(conn: Connection, now: datetime) -> tuple[Life, ...]:
    """Newest first. A machine that is public now keeps nothing of what it recorded before, either."""
    all_of_them = _all(conn)
    return tuple(_life(conn, one, all_of_them[0], now) for one in all_of_them)


def old_words(conn: Connection, now: datetime) -> tuple[OldWords, ...]:
    """Newest life first. It looks at every ack there is: not for each that comes."""
    all_of_them = _all(conn)
    return tuple(_old_words(conn, at, all_of_them, now) for at in range(len(all_of_them)))


def _all(conn: Connection) -> list[Identity]:
    here = identity.current(conn)
    return [] if here is None else [here, *identity.earlier(conn)]


def _life(conn: Connection, this: Identity, newest: Identity, now: datetime) -> Life:
    is_public = Profile.PUBLIC in (newest.profile, this.profile)
    chain = Chain(this.terminal, this.incarnation)
    return Life(chain, transfer.prune_mark(conn, chain), instant(now if is_public else now - KEPT))


def _old_words(conn: Connection, at: int, lives: list[Identity], now: datetime) -> OldWords:
    this = lives[at]
    later = [one.enrolled_at for one in lives[:at] if one.terminal == this.terminal]
    is_first = all(one.terminal != this.terminal for one in lives[at + 1 :])
    heard = Heard(
        _in_every_backup(conn, this, lives[0], now),
        "" if is_first else this.enrolled_at,
        min([NEVER, *later]),
    )
    return OldWords(Chain(this.terminal, this.incarnation), heard)


def _in_every_backup(conn: Connection, life: Identity, newest: Identity, now: datetime) -> str:
    """Central's words before this are: counted from when it last spoke to us, for it may have been restored
    since. "": nobody knows, as long as this life was not heard after a loss."""
    spoken = transfer.last_spoken(conn, life.terminal) if life.epoch == newest.epoch else None
    return "" if spoken is None else instant(min(now, parse_instant(spoken)) - KEPT)


def is_erasable(conn: Connection, life: Life, span: Span) -> bool:
    return transfer.is_erasable(conn, life.chain, life.before, span)


def erase(conn: Connection, life: Life, span: Span) -> int:
    """How many payloads; only of final operations that central has given free."""
    return transfer.prune(conn, life.chain, life.before, span)


_WORDY = """
SELECT s.number, s.body FROM slips s JOIN operations o ON o.op_id = s.op_id
WHERE o.payload IS NULL AND json_extract(s.body, '$.bare') IS NULL LIMIT ?
"""
_BARE = "UPDATE slips SET body = ? WHERE number = ?"
_LASTING = frozenset({"Amount"})


def bare_slips(conn: Connection) -> int:
    """Slips of operations whose payload is erased lose what they said of anybody: up to a bite of them."""
    found = conn.exec_driver_sql(_WORDY, (BITE,)).all()
    for number, body in found:
        conn.exec_driver_sql(_BARE, (json.dumps(_bare(json.loads(body)), ensure_ascii=False), number))
    return len(found)


def _bare(body: dict[str, Any]) -> dict[str, Any]:
    """Its facts go, from below the heading too; sums, the verdict and the code to verify by stay."""
    facts = [line for line in body["facts"] if line[0] not in _LASTING]
    kept = {name: [line for line in body[name] if line not in facts] for name in ("facts", "lines")}
    return body | kept | {"bare": True}


def drop_drafts(conn: Connection, now: datetime) -> int:
    """Those that nobody came back to."""
    old = select(drafts.c.id).where(drafts.c.saved_at < instant(now - DRAFTS_KEPT))
    found = list(conn.execute(old).scalars())
    for one in found:
        lines.remove(conn, drafts, id=one)
    return len(found)


def trim(conn: Connection, words: OldWords) -> bool:
    """Drops a bite of them. False: there was none."""
    return evidence.trim(conn, words.chain, words.heard, BITE) > 0


def trim_lines(conn: Connection) -> bool:
    return lines.trim(conn, most=BITE) == BITE
