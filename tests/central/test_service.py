"""The command and the running thing: made, opened, served over TLS, and clear when something is wrong."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from sqlalchemy import select

from central import service
from central.__main__ import DOCUMENT, main
from central.app import openapi
from central.business_tables import bills
from central.config import Folder, Parts
from central.errors import SetupError
from central.service import Address
from sync.wire import token
from sync.wire.answers import Offer
from sync.wire.code import EnrolmentCode
from sync.wire.problems import Problem
from sync.wire.token import Typ

LOCAL = Address("127.0.0.1", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "data")


@pytest.fixture
def made(folder: Folder, database_url: str) -> Iterator[Parts]:
    service.make(folder, database_url, ("kiosk.example",)).database.close()
    parts = service.open_(folder)
    yield parts
    parts.database.close()


def trusting(folder: Folder) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=folder.ca_cert)


def test_demo_county_is_planted_and_its_code_opens_the_door(
    folder: Folder, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(folder.root)]
    assert main(["init", *data, "--database", database_url, "--demo"]) == 0
    assert main(["code", *data, "--profile", "assisted"]) == 0
    code = capsys.readouterr().out.splitlines()[-1]
    assert EnrolmentCode.parse(code)
    parts = service.open_(folder)
    with service.in_background(parts, LOCAL) as serving, httpx.Client(verify=trusting(folder)) as client:
        asked = {"code": code, "nonce": "n"}
        answer = client.post(f"{serving.url}/v1/terminals/offer", json=asked)
        offer = Offer.parse(token.verify(answer.text, parts.keys.ring, Typ.OFFER))
    assert offer.points
    with parts.database.reading() as conn:
        unpaid = conn.scalar(select(bills.c.id).where(bills.c.state == "unpaid").limit(1))
    assert main(["partner", "pay-bill", *data, str(unpaid)]) == 0
    with parts.database.reading() as conn:
        assert conn.scalar(select(bills.c.state).where(bills.c.id == unpaid)) == "paid-elsewhere"
    assert main(["partner", "pay-bill", *data, str(unpaid)]) == 1
    assert main(["pack", *data]) == 0
    assert len(list(folder.packs.iterdir())) == 2
    parts.database.close()


def test_database_out_of_reach_is_said_plainly(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    assert main(["init", "--data", str(folder.root), "--database", nowhere]) == 1
    assert "cannot be reached" in capsys.readouterr().err
    assert not folder.config.exists()


def test_certificate_is_good_for_its_hosts_and_no_other(made: Parts) -> None:
    chain = x509.load_pem_x509_certificates(made.folder.server_cert.read_bytes())
    names = chain[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost", "kiosk.example"]
    with service.in_background(made, LOCAL) as serving:
        with httpx.Client(verify=trusting(made.folder)) as client:
            for host in ("127.0.0.1", "localhost"):
                assert client.get(f"https://{host}:{serving.port}/v1/ca.pem").status_code == 200
        with httpx.Client() as stranger, pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            stranger.get(f"{serving.url}/v1/ca.pem")


def test_secrets_are_for_their_owner_alone(made: Parts) -> None:
    for path in (made.folder.ca_key, made.folder.server_key, made.folder.seed("answers")):
        assert path.stat().st_mode & 0o077 == 0


def test_second_init_is_refused_and_changes_nothing(made: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    before = made.folder.ca_cert.read_bytes()
    assert main(["init", "--data", str(made.folder.root)]) == 1
    assert "already" in capsys.readouterr().err
    assert made.folder.ca_cert.read_bytes() == before


@pytest.mark.parametrize("words", [["serve"], ["code"], ["pack"]])
def test_folder_without_a_central(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--data", str(tmp_path)]) == 1
    assert "init" in capsys.readouterr().err


def test_port_in_use_is_said_plainly(made: Parts) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=str(port)):
            service.Serving(made, Address("127.0.0.1", port))


def test_unknown_county_and_terminal(made: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(made.folder.root)]
    assert main(["code", *data]) == 1
    assert main(["code", *data, "--county", "999"]) == 1
    assert main(["code", *data, "--terminal", "T0"]) == 1
    assert main(["lease", "revoke", *data, "--by", "刘经理", "L0"]) == 1
    assert main(["lease", "close", *data, "--by", "刘经理", "--remainder", "pool", "L0"]) == 1
    assert "no such terminal" in capsys.readouterr().err


@pytest.mark.parametrize("decision", ["retry", "give-up"])
def test_only_an_open_case_is_reviewed(
    made: Parts, decision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", "--data", str(made.folder.root), decision, "case-x"]) == 1
    assert "no open case" in capsys.readouterr().err


def test_checked_in_document_is_the_generated_one(tmp_path: Path) -> None:
    out = tmp_path / "openapi.json"
    assert main(["openapi", "--out", str(out)]) == 0
    assert out.read_text("utf-8") == DOCUMENT.read_text("utf-8")


def test_document_names_every_call_and_problem() -> None:
    document = openapi()
    assert document["openapi"].startswith("3.1")
    calls = {(method.upper(), path) for path, found in document["paths"].items() for method in found}
    terminal = "/v1/terminals/{terminal}"
    assert calls == {
        ("GET", "/v1/ca.pem"),
        ("POST", "/v1/terminals/offer"),
        ("POST", "/v1/terminals/enrol"),
        ("POST", f"{terminal}/operations"),
        ("GET", f"{terminal}/status"),
        ("GET", f"{terminal}/changes"),
        ("POST", f"{terminal}/heartbeat"),
        ("POST", f"{terminal}/readmit"),
        ("POST", f"{terminal}/evidence"),
        ("POST", f"{terminal}/forks"),
        ("PUT", "/v1/bundles/{sha256}"),
        ("POST", "/v1/bundles/{sha256}"),
        ("GET", "/v1/packs/{county}"),
        ("GET", "/v1/packs/{county}/{version}"),
        ("GET", "/v1/packs/{county}/delta"),
        ("PUT", "/v1/assets/{sha256}"),
        ("GET", "/v1/assets/{sha256}"),
    }
    named = document["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
    assert named == [problem.urn for problem in Problem]
    assert "HTTPValidationError" not in json.dumps(document)
