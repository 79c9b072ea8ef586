"""What this machine need not keep any longer, of every life it had, to be erased in bites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import Connection

from sync import evidence, identity, lines, transfer
from sync.evidence import Heard
from sync.identity import Identity
from sync.transfer import Chain, Span
from sync.wire.answers import Profile
from sync.wire.encoding import instant, parse_instant

KEPT = timedelta(
    days=90
)  # people come back with a slip; on a public terminal nothing of theirs waits for them

NEVER = "9999"
BITE = 500  # rows, or places of a chain, in a transaction: whoever records meanwhile waits for one
MOST_LINES = 20_000  # what acks that came in great batches left behind


@dataclass(frozen=True)
class Life:
    chain: Chain
    mark: int  # central's prune mark
    before: str  # payloads recorded earlier go
    heard: Heard  # central's words that go

    def spans(self, above: int) -> list[Span]:
        ends = [*range(above, self.mark, BITE), max(above, self.mark)]
        return [Span(first, last) for first, last in pairwise(ends)]


def lives(conn: Connection, now: datetime) -> tuple[Life, ...]:
    """Newest first. A machine that is public now keeps nothing of what it recorded before, either."""
    here = identity.current(conn)
    if here is None:
        return ()
    all_of_them = [here, *identity.earlier(conn)]
    return tuple(_life(conn, at, all_of_them, now) for at in range(len(all_of_them)))


def _life(conn: Connection, at: int, lives: list[Identity], now: datetime) -> Life:
    this, long_ago = lives[at], instant(now - KEPT)
    later = [one.enrolled_at for one in lives[:at] if one.terminal == this.terminal]
    is_first = all(one.terminal != this.terminal for one in lives[at + 1 :])
    chain = Chain(this.terminal, this.incarnation)
    return Life(
        chain,
        transfer.prune_mark(conn, chain),
        instant(now) if Profile.PUBLIC in (lives[0].profile, this.profile) else long_ago,
        Heard(
            _in_every_backup(conn, this, lives[0], now),
            "" if is_first else this.enrolled_at,
            min([NEVER, *later]),
        ),
    )


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


def trim(conn: Connection, life: Life) -> bool:
    """Drops a bite of central's old words. False: there was none."""
    return evidence.trim(conn, life.chain, life.heard, BITE) > 0


def trim_lines(conn: Connection) -> bool:
    return lines.trim(conn, most=BITE) == BITE
