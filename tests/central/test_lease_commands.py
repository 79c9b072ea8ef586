"""`yizhan-central lease`: a person sees who holds what, stops a lease, or closes its account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from central import ca, enrolment, service, terminals
from central.__main__ import main
from central.config import Folder, Parts
from central.enrolment import Application
from central.rights_tables import LeaseState, leases
from sync.wire.answers import Profile
from sync.wire.keys import SigningKey
from sync.wire.request import new_nonce
from tests.central.rights_county import NUMBERS, plant_rights


@pytest.fixture
def parts(tmp_path: Path, database_url: str) -> Iterator[Parts]:
    """A central as it is set up, with one terminal that holds something of every generic right."""
    made = service.make(Folder(tmp_path / "central"), database_url, ())
    record = {"id": "P-1", "place": "511602100001", "name": {"zh": "㳇口", "en": "Fukou"}, "address": "村口"}
    with made.database.writing() as conn:
        terminals.add_county(conn, "511602", "广安区", {})
        terminals.add_points(conn, "511602", [record])
        plant_rights(conn, ("P-1",))
        code = enrolment.issue_code(conn, ca.der(made.folder), Profile.ASSISTED, "511602", made.clock())
        wanted = Application(str(code), "P-1", SigningKey.generate().public, new_nonce())
        enrolment.enrol(conn, made.keys, wanted, made.clock(), made.numbers)
    yield made
    made.database.close()


def lease_of(parts: Parts, right: str) -> tuple[str, str]:
    with parts.database.reading() as conn:
        row = conn.execute(select(leases).where(leases.c.right == right)).one()
    return row.id, row.state


def test_a_person_sees_stops_and_closes_leases(parts: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(parts.folder.root)]
    lease, _ = lease_of(parts, NUMBERS)
    assert main(["lease", "list", *data]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert any(lease in line and "numbers:desk-1  live  10/10" in line for line in lines)
    assert main(["lease", "list", *data, "--terminal", "T-none"]) == 0
    assert main(["lease", "revoke", *data, "--by", "刘经理", lease]) == 0
    assert lease_of(parts, NUMBERS)[1] == LeaseState.REVOKED
    assert main(["lease", "revoke", *data, "--by", "刘经理", lease]) == 1
    assert main(["lease", "close", *data, "--by", "刘经理", "--remainder", "pool", lease]) == 0
    assert lease_of(parts, NUMBERS)[1] == LeaseState.CLOSED
    assert main(["lease", "close", *data, "--by", "刘经理", "--remainder", "pool", lease]) == 1
    capsys.readouterr()
    assert main(["lease", "list", *data]) == 0
    assert lease not in capsys.readouterr().out
