"""The authority that an enrolment code names: what a line did to it is refused before anybody parses it."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from central import ca
from central.config import Folder
from sync.tls import Authority
from sync.wire.code import EnrolmentCode
from sync.wire.errors import Malformed, WrongAnswer


@pytest.fixture
def pem(tmp_path: Path) -> bytes:
    folder = Folder(tmp_path)
    ca.make(folder, ("localhost",), datetime(2026, 3, 1, tzinfo=UTC))
    return folder.ca_cert.read_bytes()


@pytest.fixture
def code(pem: bytes) -> EnrolmentCode:
    return EnrolmentCode.new(ssl.PEM_cert_to_DER_cert(pem.decode()))


def test_the_authority_that_the_code_names_is_taken(pem: bytes, code: EnrolmentCode) -> None:
    assert Authority.from_code(pem, code).pem.strip() == pem.decode().strip()


def test_any_bit_that_a_line_flips_is_refused(pem: bytes, code: EnrolmentCode) -> None:
    """Among them versions of X.509 that there are not."""
    for place in range(len(pem)):
        for bit in range(8):
            changed = bytearray(pem)
            changed[place] ^= 1 << bit
            try:
                taken = Authority.from_code(bytes(changed), code)
            except (Malformed, WrongAnswer):
                continue
            assert taken == Authority.from_code(pem, code)  # a blank became another


@pytest.mark.parametrize("junk", [b"", b"<html>", b"-----BEGIN CERTIFICATE-----", b"\xff" * 100, b"\0"])
def test_what_is_no_certificate_is_refused(code: EnrolmentCode, junk: bytes) -> None:
    with pytest.raises(Malformed):
        Authority.from_code(junk, code)
