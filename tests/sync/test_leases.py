"""A lease is spent, given back and regranted without its sum ever changing."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from sync import leases, tables
from sync.errors import LeaseExhausted, LeaseUnknown, TokenSpent
from sync.leases import Advice, Draw, LeaseState, Limit
from tests.support.ledger import START, Ledger, new_grant

FLOAT = "L-float:P1"


@pytest.fixture
def granted(ledger: Ledger) -> Ledger:
    ledger.db.run_sync(lambda conn: leases.apply_grant(conn, new_grant("float:P1", 1000, "fen"), "token"))
    return ledger


def spend(ledger: Ledger, amount: int, token: str | None = None) -> None:
    ledger.db.run_sync(lambda conn: leases.spend(conn, FLOAT, amount, token))


def lease(ledger: Ledger) -> leases.Lease:
    return ledger.db.read_sync(lambda conn: leases.for_right(conn, "float:P1"))[0]


def test_spending_and_giving_back_keep_the_sum(granted):
    spend(granted, 600)
    spend(granted, -100)
    granted.db.run_sync(lambda conn: leases.give_back(conn, FLOAT, 200))
    now = lease(granted)
    assert (now.spent, now.returned, now.left) == (500, 200, 300)


def test_more_than_is_left_is_refused_whole(granted):
    spend(granted, 900)
    with pytest.raises(LeaseExhausted) as caught:
        spend(granted, 101)
    assert (caught.value.asked, caught.value.left) == (101, 100)
    assert lease(granted).spent == 900


def test_a_token_is_spent_once_until_its_operation_is_undone(granted):
    def redeem(op_id):
        granted.db.run_sync(lambda conn: leases.spend(conn, FLOAT, 1, "K/7", op_id))

    redeem("op-1")
    with pytest.raises(TokenSpent):
        redeem("op-2")
    granted.db.run_sync(lambda conn: leases.release_spends(conn, FLOAT, "op-other"))
    assert lease(granted).spent == 1
    granted.db.run_sync(lambda conn: leases.release_spends(conn, FLOAT, "op-1"))
    assert lease(granted).spent == 0
    redeem("op-2")
    assert granted.db.read_sync(lambda conn: leases.spent_tokens(conn, FLOAT)) == {"K/7"}


def test_a_rejection_reads_what_its_operation_took_and_no_other_spend(granted):
    plan = granted.db.read_sync(
        lambda conn: conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {leases._RELEASE}", (FLOAT, "op-1")).all()
    )
    spends = [row.detail for row in plan if " s " in f"{row.detail} "]
    assert spends == ["SEARCH s USING INDEX lease_spends_op (op_id=?)"]


def test_unknown_and_revoked_leases_give_nothing(granted):
    with pytest.raises(LeaseUnknown):
        granted.db.run_sync(lambda conn: leases.spend(conn, "L-none", 1))
    granted.db.run_sync(lambda conn: leases.set_state(conn, FLOAT, LeaseState.REVOKED))
    with pytest.raises(LeaseExhausted):
        spend(granted, 1)


def test_a_higher_revision_replaces_the_grant_and_keeps_the_spending(granted):
    spend(granted, 400)
    bigger = new_grant("float:P1", 5000, "fen", rev=2)
    assert granted.db.run_sync(lambda conn: leases.apply_grant(conn, bigger, "token-2"))
    assert not granted.db.run_sync(
        lambda conn: leases.apply_grant(conn, new_grant("float:P1", 1, "fen", rev=1), "token-1")
    )
    assert (lease(granted).amount, lease(granted).left) == (5000, 4600)


@pytest.mark.parametrize(
    ("spent", "days", "advice", "limit"),
    [
        (699, 0, Advice.FREE, None),
        (700, 0, Advice.PREFER_ONLINE, Limit.SOFT),
        (900, 0, Advice.STOP, Limit.HARD),
        (1000, 0, Advice.STOP, Limit.EXHAUSTED),
        (0, 29, Advice.FREE, None),
        (0, 30, Advice.STOP, Limit.AGE),
    ],
)
def test_standing_between_the_two_limits(ledger, spent, days, advice, limit):
    grant = new_grant("float:P1", 1000, "fen", hard=900)
    ledger.db.run_sync(lambda conn: leases.apply_grant(conn, grant, "token"))
    spend(ledger, spent)
    standing = leases.standing(lease(ledger), START + timedelta(days=days))
    assert (standing.advice, standing.limit, standing.left) == (advice, limit, 1000 - spent)


def test_the_counters_are_what_the_spends_add_up_to_after_a_rebuild_too(ledger):
    """Uses with no time known count since the last grant, those of a rejected operation not at all."""

    def draw(op_id: str, amount: int, *tokens: str, blind: bool = True) -> None:
        ledger.db.run_sync(lambda conn: leases.draw(conn, Draw(FLOAT, amount, tokens, op_id, blind)))

    def granted(rev: int) -> None:
        grant = new_grant("float:P1", 1000 * rev, "fen", rev=rev)
        ledger.db.run_sync(lambda conn: leases.apply_grant(conn, grant, f"token-{rev}"))

    granted(1)
    draw("op-0", 10)
    draw("op-1", 10)
    draw("op-2", -10)
    granted(2)
    draw("op-3", 2, "K/1", "K/2")
    draw("op-4", 5)
    draw("op-5", 5, blind=False)
    draw("op-6", 5)
    for rejected in ("op-1", "op-3"):
        ledger.db.run_sync(lambda conn, op=rejected: leases.release_spends(conn, FLOAT, op))
    ledger.db.run_sync(lambda conn: leases.give_back(conn, FLOAT, 100, "op-7"))
    living = lease(ledger)
    assert (living.spent, living.uses, living.blind) == (15, 4, 2)
    forgotten = update(tables.leases).values(spent=7, uses=7, blind=7)
    ledger.db.run_sync(lambda conn: (conn.execute(forgotten), leases.recount(conn)))
    assert lease(ledger) == living
