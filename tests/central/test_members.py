"""`yizhan-central member`: cards that terminals believe, and the end of a lost one in every stream."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from central import ca, changes, enrolment, members, records, service, terminals, welcome
from central.__main__ import main
from central.config import Folder, Parts, member_key
from central.enrolment import Application
from central.handlers.base import TerminalRow
from central.tables import member_cards
from central.tables import terminals as terminals_table
from sync.wire import member
from sync.wire.answers import Profile
from sync.wire.keys import PublicKey, SigningKey, keyring
from sync.wire.request import new_nonce

Captured = pytest.CaptureFixture[str]
COUNTY, NAME = "511602", "单小㳇"


@pytest.fixture
def parts(tmp_path: Path, database_url: str) -> Iterator[Parts]:
    """With one terminal."""
    made = service.make(Folder(tmp_path / "central"), database_url, ())
    record = {"id": "P-1", "place": "511602100001", "name": {"zh": "㳇口", "en": "Fukou"}, "address": "村口"}
    with made.database.writing() as conn:
        terminals.add_county(conn, COUNTY, "广安区", {"case_prefix": "GA"})
        terminals.add_points(conn, COUNTY, [record])
        at = made.clock()
        code = enrolment.issue_code(conn, ca.der(made.folder), Profile.ASSISTED, COUNTY, at)
        wanted = Application(str(code), "P-1", SigningKey.generate().public, new_nonce())
        enrolment.enrol(conn, made.keys, wanted, at, made.numbers)
    yield made
    made.database.close()


def run(parts: Parts, *words: str) -> int:
    return main(["member", words[0], "--data", str(parts.folder.root), *words[1:]])


def issued(parts: Parts, capsys: Captured, *more: str) -> tuple[str, str]:
    """The member's number and the card's token."""
    assert run(parts, "issue", COUNTY, "--name", NAME, *more) == 0
    number, token, *_ = capsys.readouterr().out.split("\n")
    return number, token


def issuers(parts: Parts) -> dict[str, PublicKey]:
    with parts.database.reading() as conn:
        found = records.every(conn, COUNTY, "issuer_key")
    return keyring(*(PublicKey.from_jwk(one["jwk"]) for one in found if "member" in one["scopes"]))


def told(parts: Parts) -> list[dict[str, Any]]:
    with parts.database.reading() as conn:
        (terminal,) = conn.execute(select(terminals_table.c.id)).scalars().all()
        page = changes.page(conn, terminal, 0)
    assert page is not None
    return [item for item in page.items if item["t"] == "revocation"]


def test_a_card_says_who_it_is_and_no_whole_name(parts: Parts, capsys: Captured) -> None:
    number, token = issued(parts, capsys, "--phone", "13812345678", "--years", "3")
    card = member.read(token, issuers(parts))
    assert (card.member, card.county, card.name) == (number, COUNTY, "单**")
    assert int(card.exp[:4]) - int(card.issued[:4]) == 3
    assert NAME[1:] not in token
    assert len(token) <= member.LONGEST_TOKEN
    assert run(parts, "list", COUNTY) == 0
    listed = capsys.readouterr().out
    assert card.card in listed
    assert NAME not in listed


def test_terminals_learn_the_key_with_the_next_pack(parts: Parts, capsys: Captured) -> None:
    assert run(parts, "issue", COUNTY, "--name", NAME) == 0
    assert "run pack" in capsys.readouterr().out
    assert run(parts, "issue", COUNTY, "--name", NAME) == 0
    assert "run pack" not in capsys.readouterr().out
    assert issuers(parts) == keyring(member_key(parts.folder).public)


def test_a_lost_card_is_told_to_those_there_and_to_those_who_come(parts: Parts, capsys: Captured) -> None:
    _, token = issued(parts, capsys)
    card = member.read(token, issuers(parts)).card
    assert run(parts, "revoke", card, "--by", "lost, Chen") == 0
    (item,) = told(parts)
    assert (item["what"], item["id"], item["reason"]) == ("member", card, "lost, Chen")
    with parts.database.reading() as conn:
        row = TerminalRow("T-new", 1, "P-1", COUNTY, Profile.PUBLIC)
        assert {"t": "revocation", "what": "member", "id": card, "reason": "lost, Chen"} in welcome.items(
            conn, row
        )
    assert run(parts, "revoke", card, "--by", "again") == 1
    assert run(parts, "revoke", "M-none/1", "--by", "x") == 1


def test_another_card_ends_those_before_it(parts: Parts, capsys: Captured) -> None:
    number, first = issued(parts, capsys)
    assert run(parts, "renew", number, "--by", "worn out") == 0
    again, second = capsys.readouterr().out.split("\n")[:2]
    assert again == number
    old, new = (member.read(one, issuers(parts)) for one in (first, second))
    assert old.card != new.card
    assert [item["id"] for item in told(parts)] == [old.card]


def test_a_revocation_of_a_lost_past_holds_again(parts: Parts, capsys: Captured) -> None:
    """Central restored from before it: a terminal shows what it was told."""
    said = {"t": "revocation", "what": "member", "id": "M-lost/1", "reason": "lost"}
    for _ in range(2):
        with parts.database.writing() as conn:
            members.take_told(conn, COUNTY, said, parts.clock())
    assert [item["id"] for item in told(parts)] == ["M-lost/1"]
    with parts.database.reading() as conn:
        assert members.revocations(conn, COUNTY) == [said]
    assert run(parts, "list", COUNTY) == 0
    assert "M-lost/1" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("issue", "999999", "--name", NAME),
        ("issue", COUNTY, "--name", " "),
        ("issue", COUNTY, "--name", NAME, "--years", "0"),
        ("issue", COUNTY, "--name", NAME, "--years", "99"),
        ("renew", "M-none", "--by", "x"),
        ("list", "999999"),
    ],
)
def test_what_cannot_be_is_said(parts: Parts, capsys: Captured, words: tuple[str, ...]) -> None:
    assert run(parts, *words) == 1
    assert capsys.readouterr().err
    with parts.database.reading() as conn:
        assert conn.execute(select(member_cards)).all() == []


def test_the_code_is_drawn_to_be_printed(parts: Parts, capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "card.svg"
    issued(parts, capsys, "--qr", str(file))
    assert "<svg" in file.read_text("utf-8")
    assert run(parts, "issue", COUNTY, "--name", NAME, "--qr", str(tmp_path / "none" / "card.svg")) == 1
