"""A batch gives the same results whether it is applied at once or, after a failure, one by one."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from central import ledger
from tests.central.conftest import Central
from tests.central.driver import Driver

NOTE = "test.note"

days = st.lists(
    st.tuples(
        st.sampled_from(["keep", "reject", "review", "invalid", "unknown"]),
        st.integers(-500, 500),
        st.none() | st.integers(0, 7),
    ),
    max_size=8,
)


def a_day(driver: Driver, day: list[tuple[str, int, int | None]], tail: str) -> list[tuple[object, ...]]:
    """Pushes the day and a last operation; gives what came of the day, without names that differ."""
    ops: list[str] = []
    for word, fen, dep in day:
        payload: dict[str, object] = {"text": word, "cash": {"fen": fen, "lease": "l"}}
        kind = "moon.land" if word == "unknown" else "test.decide"
        if word == "invalid":
            payload["more"] = 1
        parent = {} if dep is None or not ops else {"dep": ops[dep % len(ops)]}
        ops.append(driver.record(kind, payload, **parent).op)
    driver.record(tail, {"text": "tail"})
    return [(r.seq, r.outcome, r.reason, r.rev, r.case is None) for r in driver.push().results[:-1]]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days)
def test_results_are_the_same_at_once_and_one_by_one(
    central: Central, day: list[tuple[str, int, int | None]]
) -> None:
    """Two terminals with the same day; only one meets a broken operation at its end."""
    at_once, one_by_one = central.terminal(), central.terminal()
    assert a_day(at_once, day, NOTE) == a_day(one_by_one, day, "test.broken")
    with central.parts.database.reading() as conn:
        balances = ledger.trial_balance(conn)
    assert balances.get(ledger.suspense(at_once.id)) == balances.get(ledger.suspense(one_by_one.id))
