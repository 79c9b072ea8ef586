"""The ledger refuses what does not balance and what it already has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from central import ledger
from central.business_tables import ledger_postings
from central.database import Database
from central.handlers.base import Posting
from central.ledger import Entry

AT = "2025-06-03T09:00:00Z"


def _entry(key: str, *legs: tuple[str, int]) -> Entry:
    return Entry(key, AT, "test", None, tuple(Posting(account, fen) for account, fen in legs))


@pytest.mark.parametrize("legs", [(), (("till:a", 1),), (("till:a", 500), ("loss", -499))])
def test_an_entry_that_does_not_balance_cannot_be_made(legs: tuple[tuple[str, int], ...]) -> None:
    with pytest.raises(AssertionError):
        _entry("one", *legs)


def test_balances_follow_from_the_entries(database: Database) -> None:
    entries = [
        _entry("one", ("till:a", 500), ("partner:p", -500)),
        _entry("two", ("till:a", -200), ("loss", 200)),
    ]
    database.write(lambda conn: ledger.post(conn, entries))
    with database.reading() as conn:
        assert ledger.balance(conn, "till:a") == 300
        assert ledger.balance(conn, "till:nowhere") == 0
        assert ledger.trial_balance(conn) == {"loss": 200, "partner:p": -500, "till:a": 300}


def test_the_same_entry_is_posted_once(database: Database) -> None:
    post: Callable[[Connection], None] = lambda conn: ledger.post(conn, [_entry("one", ("a", 1), ("b", -1))])  # noqa: E731
    database.write(post)
    with pytest.raises(IntegrityError):
        database.write(post)


def test_a_ledger_someone_wrote_into_is_noticed(database: Database) -> None:
    database.write(lambda conn: ledger.post(conn, [_entry("one", ("a", 1), ("b", -1))]))
    stray = insert(ledger_postings).values(entry="one", leg=2, account="c", fen=5)
    database.write(lambda conn: conn.execute(stray))
    with database.reading() as conn, pytest.raises(AssertionError):
        ledger.trial_balance(conn)
