"""A terminal's own stream: complete, in order, in pages, and honest about what it never had."""

from __future__ import annotations

from argon2 import PasswordHasher
from sqlalchemy import select

from central import changes, operators, terminals
from central.operators import Operator
from central.tables import terminals as rows
from sync.wire.answers import Profile
from sync.wire.problems import Problem
from tests.central.conftest import BRANCH, COUNTY, POINT, Central
from tests.central.driver import Driver, problem_of


def kinds(driver: Driver) -> list[str]:
    return [item["t"] for item in driver.all_changes()]


def test_new_terminal_finds_its_operators_and_settings(central: Central) -> None:
    driver = central.terminal()
    items = driver.all_changes()
    assert [item["n"] for item in items] == list(range(1, len(items) + 1))
    people = {item["id"]: item for item in items if item["t"] == "operator"}
    assert people.keys() == {"op-liu", "op-zhao"}
    assert people["op-liu"]["name"] == "刘㮾"
    assert people["op-liu"]["roles"] == ["operator"]
    assert people["op-liu"]["must_change"] is True
    assert [item["values"] for item in items if item["t"] == "settings"] == [{"idle_seconds": 60}]
    branch = central.terminal(Profile.STAFF, BRANCH)
    there = {item["id"] for item in branch.all_changes() if item["t"] == "operator"}
    assert there == {"op-zhao"}  # Liu works at the village point only


def test_stream_goes_on_from_the_cursor_in_pages(central: Central) -> None:
    driver = central.terminal()
    start = driver.changes(0).cursor
    fresh = [
        {"t": "revocation", "what": "key", "id": str(n), "reason": "lost"} for n in range(changes.PAGE + 5)
    ]
    with central.parts.database.writing() as conn:
        changes.publish(conn, [driver.id], fresh, central.clock())
    first = driver.changes(start)
    assert (len(first.items), first.more) == (changes.PAGE, True)
    second = driver.changes(first.cursor)
    assert (len(second.items), second.more) == (5, False)
    assert [item["id"] for item in (*first.items, *second.items)] == [item["id"] for item in fresh]
    assert driver.changes(second.cursor).items == ()


def test_cursor_ahead_of_the_stream_means_resync(central: Central) -> None:
    driver = central.terminal()
    newest = driver.changes(0).cursor
    response = driver.ask("GET", f"{driver.base}/changes?cursor={newest + 1}", nonce="my-nonce")
    assert problem_of(response) is Problem.RESYNC
    assert driver.signed_problem(response, "my-nonce")["epoch"] == 1


def test_a_place_whose_item_is_another_one_means_resync(central: Central) -> None:
    """A restored central has used the number again, and what it was used for first was read."""
    driver = central.terminal()
    page = driver.changes(0)
    place = f"{driver.base}/changes?cursor={page.cursor}&mark="
    assert driver.ask("GET", place + str(page.mark), nonce="n").status_code == 200
    response = driver.ask("GET", place + "0" * 16, nonce="my-nonce")
    assert problem_of(response) is Problem.RESYNC
    assert driver.changes(page.cursor).mark is None


def test_operator_changes_reach_those_they_concern(central: Central) -> None:
    village, branch = central.terminal(), central.terminal(Profile.STAFF, BRANCH)
    before = len(branch.all_changes())
    with central.parts.database.writing() as conn:
        assert operators.set_verifier(conn, COUNTY, "op-liu", "$argon2id$new", central.clock())
        assert not operators.set_verifier(conn, COUNTY, "nobody", "$argon2id$new", central.clock())
    item = village.all_changes()[-1]
    assert (item["id"], item["verifier"], item["must_change"], item["rev"]) == (
        "op-liu",
        "$argon2id$new",
        False,
        2,
    )
    assert len(branch.all_changes()) == before
    with central.parts.database.writing() as conn:
        gone = Operator("op-zhao", "赵敏", ("staff",), "$argon2id$x", active=False)
        operators.put(conn, COUNTY, gone, central.clock())
    assert village.all_changes()[-1]["active"] is False
    assert branch.all_changes()[-1]["active"] is False


def test_verifier_is_argon2id_of_the_pin(central: Central) -> None:
    verifier = operators.make_verifier("482915")
    assert verifier.startswith(operators.VERIFIER_PREFIX)
    assert PasswordHasher().verify(verifier, "482915")
    assert verifier != operators.make_verifier("482915")


def test_settings_reach_every_terminal_of_the_county(central: Central) -> None:
    both = [central.terminal(), central.terminal(Profile.STAFF, BRANCH)]
    with central.parts.database.writing() as conn:
        terminals.change_settings(conn, COUNTY, {"idle_seconds": 90}, central.clock())
    for driver in both:
        assert driver.all_changes()[-1]["values"] == {"idle_seconds": 90}
    assert central.terminal().enrolment.settings == {"idle_seconds": 90}


def test_staff_terminal_that_comes_later_gets_the_open_cases(central: Central) -> None:
    driver = central.terminal()
    result = driver.push_one("test.decide", {"text": "reject", "cash": {"fen": 70, "lease": "l"}})
    late = central.terminal(Profile.STAFF, BRANCH)
    assert [i["case"] for i in late.all_changes() if i["t"] == "case"] == [result.case]
    neighbour = central.terminal()
    assert "case" not in kinds(neighbour)


def test_heartbeat_is_kept_last(central: Central) -> None:
    driver = central.terminal()
    for depth in (3, 2):
        body = b'{"queue":%d,"note":"\xe3\xb3\x87"}' % depth
        assert driver.ask("POST", f"{driver.base}/heartbeat", body).status_code == 204
    with central.parts.database.reading() as conn:
        row = conn.execute(select(rows).where(rows.c.id == driver.id)).one()
    assert row.heartbeat == {"queue": 2, "note": "㳇"}
    assert row.heartbeat_at == "2025-06-03T09:00:00Z"
    assert row.point == POINT
