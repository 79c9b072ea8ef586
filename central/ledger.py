"""Double entry in integer fen: every entry sums to zero, nothing is changed, a correction is a new entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from central.bulk import Rows, write
from central.business_tables import ledger_entries, ledger_postings
from central.handlers.base import Incoming, Posting
from sync.wire.encoding import instant

LOSS = "loss"


def till(point: str) -> str:
    """The counted cash in the drawer of a point."""
    return f"till:{point}"


def suspense(terminal: str) -> str:
    """Cash that moved at a terminal and is not yet known to belong to anyone."""
    return f"suspense:{terminal}"


def partner(partner_id: str) -> str:
    return f"partner:{partner_id}"


def campaign(kind: str) -> str:
    """Who pays for the value of a coupon."""
    return f"campaign:{kind}"


def customer_due(case: str) -> str:
    """Below zero: owed to the customer; above zero: too much was handed out and is to come back."""
    return f"customer-due:{case}"


def reference(op: Incoming) -> str:
    """The prefix of an operation's entry keys: its place in the chain, which no other can have."""
    place = f"{op.terminal.id}.{op.terminal.incarnation}.{op.header.seq}"
    return f"{place}.fork-{op.fork}" if op.fork else place


@dataclass(frozen=True)
class Entry:
    key: str
    at: str
    what: str
    op: str | None
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        assert self.postings, f"{self.key}: an entry without postings"
        total = sum(posting.fen for posting in self.postings)
        assert total == 0, f"{self.key}: postings sum to {total} fen, not to zero"


def transfer(debit: str, credit: str, fen: int) -> tuple[Posting, Posting]:
    """`fen` more on `debit`, as much less on `credit`."""
    return Posting(debit, fen), Posting(credit, -fen)


def post(conn: Connection, entries: Sequence[Entry], *beside: Rows) -> None:
    """The key is unique: the same entry posted twice fails instead of counting twice."""
    heads = [{"key": e.key, "at": e.at, "what": e.what, "op": e.op} for e in entries]
    postings = [
        {"entry": entry.key, "leg": leg, "account": posting.account, "fen": posting.fen}
        for entry in entries
        for leg, posting in enumerate(entry.postings)
    ]
    write(conn, *beside, Rows(ledger_entries, heads), Rows(ledger_postings, postings))


def book(conn: Connection, op: Incoming, step: str, legs: Iterable[Posting], what: str = "") -> None:
    """A step of an operation (once: it is a part of the key); nothing where no money moves."""
    moving = tuple(leg for leg in legs if leg.fen)
    if moving:
        key, at = f"{reference(op)}:{step}", instant(op.received_at)
        post(conn, [Entry(key, at, f"{op.header.kind} {what or step}", op.header.op, moving)])


def balance(conn: Connection, account: str) -> int:
    total = select(func.coalesce(func.sum(ledger_postings.c.fen), 0)).where(
        ledger_postings.c.account == account
    )
    return int(conn.scalar(total) or 0)


def balances(conn: Connection, prefix: str) -> dict[str, int]:
    """Of every account whose name begins so and is not even."""
    fen = func.sum(ledger_postings.c.fen)
    here = ledger_postings.c.account.startswith(prefix, autoescape=True)
    rows = conn.execute(
        select(ledger_postings.c.account, fen).where(here).group_by(ledger_postings.c.account)
    )
    return {str(account): int(total) for account, total in rows if total}


def uneven(conn: Connection) -> dict[str, int]:
    """What entries sum to that do not sum to zero: somebody wrote beside `post`."""
    fen = func.sum(ledger_postings.c.fen)
    query = select(ledger_postings.c.entry, fen).group_by(ledger_postings.c.entry).having(fen != 0)
    return {str(key): int(total) for key, total in conn.execute(query.order_by(ledger_postings.c.entry))}


def empty(conn: Connection) -> list[str]:
    """Entries without postings, likewise."""
    legs = select(ledger_postings.c.leg).where(ledger_postings.c.entry == ledger_entries.c.key)
    query = select(ledger_entries.c.key).where(~legs.exists()).order_by(ledger_entries.c.key)
    return list(conn.execute(query).scalars())


def trial_balance(conn: Connection) -> dict[str, int]:
    """Every account that is not even; the values sum to zero (asserted)."""
    fen = func.sum(ledger_postings.c.fen)
    rows = conn.execute(
        select(ledger_postings.c.account, fen)
        .group_by(ledger_postings.c.account)
        .order_by(ledger_postings.c.account)
    )
    balances = {str(account): int(total) for account, total in rows if total}
    assert sum(balances.values()) == 0, "the ledger does not sum to zero"
    return balances
