"""The comparison that every journey rests on sees each way in which a terminal and central may part."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from central import service
from central.config import Folder
from kiosk.services import slip_build, words
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.terminal import Terminal
from sync.keystore import LEDGER
from sync.outbox import State
from sync.wire.kinds import Kind
from tests.journeys.machine import plan_of
from tests.journeys.settling import files_of, settle
from tests.journeys.visit import RECORDED, Visit
from tests.journeys.world import World
from tests.support import agreement

NOT_YET, DONE = slip_build.NOT_YET.zh, words.outcome(Kind.ORDER_PLACE, State.ACCEPTED).zh
ORDER = "(SELECT {id} FROM operations WHERE kind = 'order.place')"
OURS, THEIRS = ORDER.format(id="op_id"), ORDER.format(id="op")


@pytest.fixture(scope="module")
def served(prepared: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A county whose terminal has done everything and settled it."""
    made = prepared.copy(tmp_path_factory.mktemp("served") / "world")
    with made.serving() as central:
        made.point_to(central.port)
        asyncio.run(_serve(made))
    return made


async def _serve(county: World) -> None:
    terminal = await asyncio.to_thread(Terminal.open, plan_of(county.home))
    await Visit(terminal, county.errand(), lambda _deed: None, lambda _line: None).serve()
    assert await settle(terminal, county.central) == []
    await terminal.close()


def differences(county: World) -> list[str]:
    return agreement.differences(files_of(plan_of(county.home)), county.central)


def at_the_terminal(county: World, *statements: str) -> None:
    plan = plan_of(county.home)
    key = plan.keys.get(LEDGER)
    assert key is not None
    engine = open_engine(Source(plan.folders.ledger, key, Mode.WRITE))
    with engine.connect() as conn, conn.begin():
        _execute(conn, statements)
    engine.dispose()


def at_central(county: World, *statements: str) -> None:
    parts = service.open_(Folder(county.central))
    parts.database.write(lambda conn: _execute(conn, statements))
    parts.database.close()


def _execute(conn: Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        assert conn.exec_driver_sql(statement).rowcount, f"changes nothing: {statement}"


def first_paper(county: World) -> Path:
    return min((county.home / "printed").glob("*.txt"))


def reworded(county: World) -> None:
    path = first_paper(county)
    path.write_text(path.read_text("utf-8").replace("尚未办结", "已经办结"), "utf-8")


TERMINAL = {
    "an operation is lost": (f"DELETE FROM operations WHERE op_id = {OURS}", "only at central"),
    "a payload changed": (
        f"UPDATE operations SET payload = X'7b7d' WHERE op_id = {OURS}",
        "payload_hash",
    ),
    "an outcome is better than it is": (
        "UPDATE outcomes SET outcome = 'accepted' WHERE outcome = 'rejected'",
        "outcome is accepted here and rejected at central",
    ),
    "cash is missing": ("UPDATE till_moves SET fen = fen - 1 WHERE kind = 'bill.pay'", "till:"),
    "a spend is not counted": ("UPDATE leases SET spent = spent - 1 WHERE spent = 1", "its spends are"),
    "a spend never happened": (
        ["UPDATE leases SET spent = 0", " DELETE FROM lease_spends WHERE token IS NOT NULL"][1],
        "its spends are",
    ),
    "a case owes something else": (
        "UPDATE cases SET owes = replace(owes, '\"fen\": ', '\"fen\": 1')",
        "case:",
    ),
    "a slip says done too early": (
        f"UPDATE slips SET body = replace(body, '{NOT_YET}', '{DONE}') WHERE kind = 'record-of-request'",
        "its words say nothing, or contradict themselves",
    ),
    "a slip is titled done": (
        "UPDATE slips SET kind = 'done' WHERE kind = 'record-of-request'",
        "titled done, says pending",
    ),
    "a slip names another sum": (
        "UPDATE slips SET body = replace(body, '\"fen\": ', '\"fen\": 9') WHERE op_id = " + OURS,
        "the words say",
    ),
    "a slip's code is of another operation": (
        f"UPDATE slips SET op_id = {OURS} WHERE kind = 'done'",
        "its code names another operation",
    ),
}
AS_KEPT = (
    "terminal, incarnation, op, kind, header, payload, link, dep, sup, outcome, reason, case_id, rev, facts,"
    " received_at, settled_at"
)
CENTRAL = {
    "an operation is lost": (f"DELETE FROM operations WHERE op = {THEIRS}", "only at the terminal"),
    "an operation took effect twice": (
        f"INSERT INTO operations (seq, {AS_KEPT}) SELECT seq + 100, {AS_KEPT} FROM operations"
        " WHERE kind = 'goods.sell'",
        "is there twice",
    ),
    "an outcome changed": ("UPDATE operations SET outcome = 'review' WHERE kind = 'bill.pay'", "outcome is"),
    "an entry is uneven": (
        "UPDATE ledger_postings SET fen = fen + 1 WHERE account LIKE 'till:%'",
        "does not sum to zero",
    ),
    "a lease was drawn on": ("UPDATE leases SET spent = spent + 1 WHERE spent = 1", "at central: spent"),
    "a case was closed": ("UPDATE cases SET state = 'closed'", "case:"),
    "a rejected payment has no case": (
        "UPDATE operations SET case_id = NULL WHERE outcome = 'rejected'",
        "and no case",
    ),
}
PAPER: dict[str, tuple[Callable[[World], None], str]] = {
    "a printed word differs": (reworded, "says something else than the ledger"),
    "a slip was never printed": (lambda county: first_paper(county).unlink(), "there is no paper"),
}


@pytest.mark.parametrize("what", TERMINAL)
def test_sees_what_is_wrong_at_the_terminal(served: World, tmp_path: Path, what: str) -> None:
    statement, said = TERMINAL[what]
    county = served.copy(tmp_path / "world")
    at_the_terminal(county, statement)
    assert [line for line in differences(county) if said in line], differences(county)


@pytest.mark.parametrize("what", CENTRAL)
def test_sees_what_is_wrong_at_central(served: World, tmp_path: Path, what: str) -> None:
    statement, said = CENTRAL[what]
    county = served.copy(tmp_path / "world")
    at_central(county, statement)
    assert [line for line in differences(county) if said in line], differences(county)


@pytest.mark.parametrize("what", PAPER)
def test_sees_what_is_wrong_on_paper(served: World, tmp_path: Path, what: str) -> None:
    change, said = PAPER[what]
    county = served.copy(tmp_path / "world")
    change(county)
    assert [line for line in differences(county) if said in line], differences(county)


def test_the_report_lists_both_ends(served: World) -> None:
    assert differences(served) == []
    made = agreement.report(files_of(plan_of(served.home)), served.central)
    assert made["differences"] == []
    assert len(made["operations"]) == 1 + len(RECORDED)
    for row in made["operations"]:
        assert row["terminal"] == row["central"]
        assert len(row["terminal"]["payload_hash"]) == 64
    for row in made["leases"]:
        end = row["terminal"]
        assert end == row["central"]
        assert end["granted"] == end["left"] + end["spent"] + end["returned"]
    [case] = made["cases"]
    assert case["terminal"] == case["central"]
    assert case["ledger_due_fen"] == case["central"]["owed_fen"] > 0
    said = {(slip["title"], slip["words_say"], slip["central_says"]) for slip in made["slips"]}
    assert said == {
        ("record-of-request", "pending", "accepted"),
        ("record-of-request", "pending", "rejected"),
        ("done", "done-here", "accepted"),
    }
    assert made["till_fen"]["terminal"] == made["till_fen"]["central"] > 0
