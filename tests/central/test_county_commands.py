"""`yizhan-central audit`, `attachments`, `deck`, `settings`, on a central as it is set up in its folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from central import ca, changes, enrolment, ledger, service, terminals
from central.__main__ import main
from central.business_tables import applications, cases, ledger_entries, ledger_postings
from central.config import Folder, Parts
from central.enrolment import Application
from central.handlers.base import Posting
from central.ledger import Entry
from central.rights_tables import deck_cards, leases, pools
from central.tables import counties, operations
from sync.wire import deck as wire_deck
from sync.wire.answers import Profile
from sync.wire.keys import SigningKey
from sync.wire.operation import new_op_id
from sync.wire.request import new_nonce
from tests.central.rights_county import DECK, POINTS, plant_rights

COUNTY, AT = "511602", "2025-06-03T09:00:00Z"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def parts(tmp_path: Path, database_url: str) -> Iterator[Parts]:
    """With one terminal, which holds something of every generic right."""
    made = service.make(Folder(tmp_path / "central"), database_url, ())
    record = {"id": "P-1", "place": "511602100001", "name": {"zh": "㳇口", "en": "Fukou"}, "address": "村口"}
    with made.database.writing() as conn:
        terminals.add_county(conn, COUNTY, "广安区", {"case_prefix": "GA"})
        terminals.add_points(conn, COUNTY, [record])
        plant_rights(conn, ("P-1",))
    enrol(made)
    yield made
    made.database.close()


def enrol(parts: Parts) -> str:
    with parts.database.writing() as conn:
        at = parts.clock()
        code = enrolment.issue_code(conn, ca.der(parts.folder), Profile.ASSISTED, COUNTY, at)
        wanted = Application(str(code), "P-1", SigningKey.generate().public, new_nonce())
        enrolment.enrol(conn, parts.keys, wanted, at, parts.numbers)
        return str(conn.execute(select(leases.c.terminal)).scalars().first())


def run(parts: Parts, *words: str) -> int:
    return main([words[0], "--data", str(parts.folder.root), *words[1:]])


def planted(conn: Connection, terminal: str, case: str | None) -> str:
    """An operation under review, as central keeps it."""
    op = new_op_id()
    row = {"terminal": terminal, "incarnation": 1, "seq": 1, "op": op, "kind": "right.use", "case_id": case}
    row |= {"header": b"{}", "payload": b"{}", "link": b"", "outcome": "review", "rev": 1, "facts": {}}
    conn.execute(insert(operations).values(**row, received_at=AT))
    return op


def open_case(conn: Connection, terminal: str) -> str:
    case = new_op_id()
    row = {"id": case, "number": "GA-1", "county": COUNTY, "op": "o", "terminal": terminal, "point": "P-1"}
    row |= {"kind": "right.use", "reason": "lease-breach", "opened": AT, "state": "open", "rev": 1}
    conn.execute(insert(cases).values(**row, owes=[], facts={}))
    return case


def test_books_that_are_right_are_said_to_be(parts: Parts, capsys: Captured) -> None:
    with parts.database.writing() as conn:
        terminal = str(conn.execute(select(leases.c.terminal)).scalars().first())
        planted(conn, terminal, open_case(conn, terminal))
        legs = (Posting("till:P-1", 500), Posting("loss", -500))
        ledger.post(conn, [Entry("one", AT, "test", None, legs)])
    assert run(parts, "audit") == 0
    assert "1 entries, 4 rights, 1 reviews" in capsys.readouterr().out


def test_an_audit_names_whatever_is_wrong(parts: Parts, capsys: Captured) -> None:
    with parts.database.writing() as conn:
        terminal = str(conn.execute(select(leases.c.terminal)).scalars().first())
        alone, case = planted(conn, terminal, None), open_case(conn, terminal)
        heads = [{"key": key, "at": AT, "what": "test"} for key in ("uneven", "bare")]
        conn.execute(insert(ledger_entries), heads)
        conn.execute(insert(ledger_postings).values(entry="uneven", leg=0, account="c", fen=5))
        conn.execute(update(pools).where(pools.c.right == POINTS).values(total=7))
        lease = conn.execute(select(leases.c.id).where(leases.c.right == DECK)).scalar_one()
        conn.execute(update(leases).where(leases.c.id == lease).values(spent=3))
    assert run(parts, "audit") == 1
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    for word in ("uneven：合计 5", "bare：", f"{POINTS}：总数", f"{DECK} {lease}：用掉", alone):
        assert [line for line in lines if word in line], word
    assert len(lines) == 5
    with parts.database.writing() as conn:
        conn.execute(update(operations).values(case_id=case))
        conn.execute(update(cases).values(state="closed"))
    assert run(parts, "audit") == 1
    assert alone in capsys.readouterr().err  # a closed case shows it to nobody


def test_an_application_whose_files_have_not_come_is_listed(parts: Parts, capsys: Captured) -> None:
    photo = b"photo"
    name = hashlib.sha256(photo).hexdigest()
    assert run(parts, "attachments") == 0
    assert "every attachment has come" in capsys.readouterr().out
    with parts.database.writing() as conn:
        terminal = str(conn.execute(select(leases.c.terminal)).scalars().first())
        op = planted(conn, terminal, None)
        row = {"op": op, "county": COUNTY, "service": "s", "form": "f", "form_version": 1, "data": {}}
        rest = {"attachments": [name], "state": "received", "at": AT}
        conn.execute(insert(applications).values(**row, **rest))
    assert run(parts, "attachments", "--county", COUNTY) == 0
    assert capsys.readouterr().out == f"{AT}  {terminal}  {op}  s  {name}\n"
    assert run(parts, "attachments", "--county", "nowhere") == 1
    assert "nowhere" in capsys.readouterr().err
    parts.attachments.put(photo)
    assert run(parts, "attachments") == 0
    assert op not in capsys.readouterr().out


def test_a_deck_is_laid_open_once_nothing_of_it_is_out(parts: Parts, capsys: Captured) -> None:
    with parts.database.reading() as conn:
        lease = conn.execute(select(leases.c.id).where(leases.c.right == DECK)).scalar_one()
    assert run(parts, "deck", "open", "deck:none") == 1
    assert "deck:none" in capsys.readouterr().err
    assert run(parts, "deck", "open", DECK) == 1
    refused = capsys.readouterr()
    assert refused.out == ""
    assert lease in refused.err
    assert available(parts) > 0  # refused, so nothing was written off
    data = ["--data", str(parts.folder.root)]
    assert main(["lease", "close", *data, "--by", "刘经理", "--remainder", "pool", lease]) == 0
    capsys.readouterr()
    assert run(parts, "deck", "open", DECK) == 0
    first = capsys.readouterr().out
    told = json.loads(first)
    leaves = [wire_deck.read(DECK, card).leaf for card in told["cards"]]
    assert wire_deck.commitment(DECK, leaves) == told["commitment"]
    assert available(parts) == 0
    enrol(parts)
    with parts.database.reading() as conn:
        assert len(conn.execute(select(leases.c.id).where(leases.c.right == DECK)).all()) == 1
    assert run(parts, "deck", "open", DECK) == 0
    assert capsys.readouterr().out == first
    assert run(parts, "audit") == 0


def test_a_deck_that_was_changed_is_not_laid_open_as_if_it_were_not(parts: Parts, capsys: Captured) -> None:
    with parts.database.writing() as conn:
        lease = conn.execute(select(leases.c.id).where(leases.c.right == DECK)).scalar_one()
        conn.execute(update(deck_cards).where(deck_cards.c.position == 3).values(prize="gold"))
    data = ["--data", str(parts.folder.root)]
    main(["lease", "close", *data, "--by", "刘经理", "--remainder", "write-off", lease])
    assert run(parts, "deck", "open", DECK) == 1
    assert "the cards are not those of the commitment" in capsys.readouterr().err


def test_no_deck_is_laid_open_while_central_reconciles(parts: Parts, capsys: Captured) -> None:
    assert run(parts, "restored") == 0
    assert run(parts, "deck", "open", DECK) == 1
    assert "reconciling" in capsys.readouterr().err


def available(parts: Parts) -> int:
    with parts.database.reading() as conn:
        return int(conn.execute(select(pools.c.available).where(pools.c.right == DECK)).scalar_one())


def held(parts: Parts) -> tuple[dict[str, Any], list[Any]]:
    """What the county's row says, and what its terminal was told."""
    with parts.database.reading() as conn:
        terminal = str(conn.execute(select(leases.c.terminal)).scalars().first())
        page = changes.page(conn, terminal, 0)
        assert page is not None
        told = [item["values"] for item in page.items if item["t"] == "settings"]
        return conn.execute(select(counties.c.settings)).scalar_one(), told


def test_settings_are_changed_taken_back_and_told(parts: Parts, capsys: Captured) -> None:
    _, before = held(parts)
    assert run(parts, "settings", COUNTY, "data_budget_mb=200") == 0
    assert capsys.readouterr().out == "case_prefix=GA\ndata_budget_mb=200\n"
    both = {"case_prefix": "GA", "data_budget_mb": 200}
    assert held(parts) == (both, [*before, both])
    assert run(parts, "settings", COUNTY) == 0
    assert run(parts, "settings", COUNTY, "data_budget_mb=200") == 0
    assert held(parts)[1] == [*before, both]  # nothing new, nothing told
    assert run(parts, "settings", COUNTY, "data_budget_mb=", "case_prefix=GX") == 0
    assert held(parts) == ({"case_prefix": "GX"}, [*before, both, {"case_prefix": "GX"}])


def test_what_asks_a_second_person_is_a_list(parts: Parts, capsys: Captured) -> None:
    assert run(parts, "settings", COUNTY, "second_person=operation.reverse/other, case.close") == 0
    assert "second_person=case.close,operation.reverse/other\n" in capsys.readouterr().out
    assert held(parts)[0]["second_person"] == ["case.close", "operation.reverse/other"]


def test_what_a_point_offers_is_told_by_point(parts: Parts, capsys: Captured) -> None:
    assert run(parts, "settings", COUNTY, "chapters=pt-hall:government, pt-shop:mall+bills") == 0
    assert "chapters=pt-hall:government,pt-shop:bills+mall\n" in capsys.readouterr().out
    assert held(parts)[1][-1]["chapters"] == {"pt-hall": ["government"], "pt-shop": ["bills", "mall"]}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["chapters=pt-hall"], "chapters"),
        (["chapters=pt-hall:"], "chapters"),
        (["chapters=a:mall,a:bills"], "chapters"),
        (["data_budget=5"], "data_budget"),
        (["data_budget_mb"], "data_budget_mb"),
        (["data_budget_mb=much"], "data_budget_mb=much"),
        (["data_budget_mb=-1"], "data_budget_mb=-1"),
        (["data_budget_mb=10000001"], "data_budget_mb=10000001"),
        (["case_prefix=广安"], "case_prefix=广安"),
        (["case_prefix=GX", "data_budget_mb=x"], "data_budget_mb=x"),
        (["second_person=lease.request"], "second_person"),
        (["second_person=bill.pay,"], "second_person"),
        (["second_person=bill.pay/other"], "second_person"),
        (["case_prefix=GX", "case_prefix=GY"], "case_prefix"),
    ],
)
def test_what_is_no_setting_is_named(parts: Parts, capsys: Captured, words: list[str], named: str) -> None:
    before = held(parts)
    assert run(parts, "settings", COUNTY, *words) == 1
    assert named in capsys.readouterr().err
    assert held(parts) == before
    assert run(parts, "settings", "nowhere", "case_prefix=GX") == 1
    assert "nowhere" in capsys.readouterr().err
