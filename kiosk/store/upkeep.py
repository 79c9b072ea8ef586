"""What is done once a start: erasing what this machine need not keep any longer."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from sync import evidence, identity, lines, transfer
from sync.transfer import Chain
from sync.wire.answers import Profile
from sync.wire.encoding import instant

KEPT = timedelta(
    days=90
)  # people come back with a slip; on a public terminal nothing of theirs waits for them

MOST_LINES = 20_000  # what acks that came in great batches left behind


def tidy(conn: Connection, now: datetime) -> int:
    """How many payloads were erased; only of final operations that central has given free."""
    lines.trim(conn, most=MOST_LINES)
    here = identity.current(conn)
    if here is None:
        return 0
    chain, before = Chain(here.terminal, here.incarnation), now - KEPT
    evidence.trim(conn, chain, instant(before))
    return transfer.prune(conn, chain, instant(now if here.profile is Profile.PUBLIC else before))
