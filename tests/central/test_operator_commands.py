"""`yizhan-central operator`: who works where; each change is told, a first PIN must be changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from central import ca, changes, enrolment, operators, service, terminals
from central.__main__ import main
from central.config import Folder, Parts
from central.enrolment import Application
from sync.wire.answers import Profile
from sync.wire.keys import SigningKey
from sync.wire.request import new_nonce

Captured = pytest.CaptureFixture[str]
COUNTY, LIU = "511602", "op-liu"


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
    return main(["operator", words[0], "--data", str(parts.folder.root), COUNTY, *words[1:]])


def told(parts: Parts) -> list[dict[str, Any]]:
    """What the terminal heard of operators."""
    with parts.database.reading() as conn:
        terminal = str(conn.exec_driver_sql("SELECT id FROM terminals").scalar_one())
        page = changes.page(conn, terminal, 0)
    assert page is not None
    return [item for item in page.items if item["t"] == "operator"]


def add(parts: Parts, capsys: Captured, *more: str) -> str:
    assert run(parts, "add", LIU, "--name", "刘㮾", "--role", "operator", *more) == 0
    return capsys.readouterr().out.strip()


def test_a_new_operator_has_a_first_pin_that_must_be_changed(parts: Parts, capsys: Captured) -> None:
    pin = add(parts, capsys, "--point", "P-1")
    (item,) = told(parts)
    assert (item["id"], item["roles"], item["must_change"], item["active"]) == (LIU, ["operator"], True, True)
    assert PasswordHasher().verify(item["verifier"], pin)
    assert len(pin) == 6
    assert run(parts, "list") == 0
    assert capsys.readouterr().out == f"{LIU}  刘㮾  operator  P-1  须改密码 · PIN to be changed\n"


def test_a_forgotten_pin_is_reset_and_the_old_one_is_over(parts: Parts, capsys: Captured) -> None:
    add(parts, capsys)
    with parts.database.writing() as conn:
        operators.set_verifier(conn, COUNTY, LIU, operators.make_verifier("902817"), parts.clock())
    assert run(parts, "reset", LIU) == 0
    pin = capsys.readouterr().out.strip()
    *_, own, reset = told(parts)
    assert (own["must_change"], reset["must_change"]) == (False, True)
    assert PasswordHasher().verify(reset["verifier"], pin)
    assert reset["rev"] > own["rev"]


def test_roles_and_the_end_are_told_and_what_was_held_is_kept(parts: Parts, capsys: Captured) -> None:
    add(parts, capsys)
    assert run(parts, "roles", LIU, "--role", "staff", "--role", "agent") == 0
    assert run(parts, "close", LIU) == 0
    assert "停用" in capsys.readouterr().out
    *_, roles, closed = told(parts)
    assert (roles["roles"], closed["active"]) == (["staff", "agent"], False)
    with parts.database.reading() as conn:
        known = operators.find(conn, COUNTY, LIU)
    assert known is not None
    assert [one.roles for one in known.earlier] == [("operator",), ("staff", "agent")]


@pytest.mark.parametrize(
    "words",
    [
        ("add", LIU, "--name", "刘㮾", "--role", "operator", "--point", "P-none"),
        ("add", LIU, "--name", " ", "--role", "operator"),
        ("reset", LIU),
        ("close", "op-nobody"),
        ("roles", "op-nobody", "--role", "staff"),
    ],
)
def test_what_cannot_be_is_said(parts: Parts, capsys: Captured, words: tuple[str, ...]) -> None:
    assert run(parts, *words) == 1
    assert capsys.readouterr().err
    assert told(parts) == []


def test_nobody_is_added_twice(parts: Parts, capsys: Captured) -> None:
    add(parts, capsys)
    assert run(parts, "add", LIU, "--name", "别人", "--role", "staff") == 1
    assert len(told(parts)) == 1
