"""A machine becomes a terminal, once."""

from __future__ import annotations

import pytest

from sync.wire import code as wire_code
from sync.wire.answers import Profile
from sync.wire.keys import SigningKey
from sync.wire.problems import Problem
from sync.wire.request import new_nonce
from tests.central.conftest import BRANCH, COUNTY, POINT, Central
from tests.central.driver import Driver, enrolment, problem_of


def test_offer_names_the_points_of_the_profile(central: Central) -> None:
    offer = Driver.offered(central.calls, central.code(Profile.ASSISTED))
    assert (offer.county, offer.county_name, offer.profile) == (COUNTY, "广安区", Profile.ASSISTED)
    assert [point.id for point in offer.points] == [POINT]
    assert offer.points[0].name == {"zh": "㳇口村便民点", "en": "Fukou"}
    keys = central.parts.keys
    assert offer.keys == (keys.answers.public.jwk(), keys.sealing[0].public.jwk())
    staff = Driver.offered(central.calls, central.code(Profile.STAFF))
    assert [point.id for point in staff.points] == [BRANCH]


def test_ca_is_the_one_the_code_trusts(central: Central) -> None:
    response = central.calls("GET", "/v1/ca.pem")
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    der = x509.load_pem_x509_certificate(response.content).public_bytes(Encoding.DER)
    assert wire_code.EnrolmentCode.parse(central.code()).trusts(der)


def test_enrolled_terminal_knows_where_it_stands(central: Central) -> None:
    driver = central.terminal()
    answer = driver.enrolment
    assert (answer.incarnation, answer.epoch, answer.county) == (1, 1, COUNTY)
    assert answer.point["id"] == POINT
    assert answer.settings == {"idle_seconds": 60}
    status = driver.status()
    assert (status.high_water, status.chain) == (0, driver.link(0))


def test_lost_answer_is_given_again_and_no_second_terminal_made(central: Central) -> None:
    code, key = central.code(), SigningKey.generate()
    first = Driver.enrol(central.calls, code, POINT, key).enrolment
    central.clock.pass_(days=30)  # long after the code ran out
    again = Driver.enrol(central.calls, code, POINT, key).enrolment
    assert again.terminal == first.terminal
    assert again.grants == first.grants
    assert again.nonce != first.nonce


def test_used_code_enrols_no_other_machine(central: Central) -> None:
    code = central.code()
    Driver.enrol(central.calls, code, POINT)
    wanted = enrolment(code, POINT, SigningKey.generate(), new_nonce())
    assert problem_of(central.calls.json("POST", "/v1/terminals/enrol", wanted)) is Problem.CODE_USED


def test_code_runs_out(central: Central) -> None:
    code = central.code()
    central.clock.pass_(days=8)
    wanted = enrolment(code, POINT, SigningKey.generate(), new_nonce())
    assert problem_of(central.calls.json("POST", "/v1/terminals/enrol", wanted)) is Problem.CODE_UNKNOWN


@pytest.mark.parametrize("code", ["", "nonsense", "00000000-0000-0000-0000-0000"])
def test_unknown_code(central: Central, code: str) -> None:
    response = central.calls.json("POST", "/v1/terminals/offer", {"code": code, "nonce": "n"})
    assert problem_of(response) is (Problem.CODE_UNKNOWN if code else Problem.MALFORMED)


def test_point_must_be_on_offer_and_the_code_stays_good(central: Central) -> None:
    code = central.code(Profile.ASSISTED)
    wanted = enrolment(code, BRANCH, SigningKey.generate(), new_nonce())
    assert problem_of(central.calls.json("POST", "/v1/terminals/enrol", wanted)) is Problem.POINT_UNKNOWN
    assert Driver.enrol(central.calls, code, POINT).incarnation == 1


def test_key_belongs_to_one_terminal(central: Central) -> None:
    key = SigningKey.generate()
    Driver.enrol(central.calls, central.code(), POINT, key)
    wanted = enrolment(central.code(), POINT, key, new_nonce())
    assert problem_of(central.calls.json("POST", "/v1/terminals/enrol", wanted)) is Problem.FORBIDDEN


def test_bad_key_is_malformed(central: Central) -> None:
    wanted = enrolment(central.code(), POINT, SigningKey.generate(), new_nonce())
    wanted["public_key"] = {"kty": "RSA", "n": "AQ"}
    assert problem_of(central.calls.json("POST", "/v1/terminals/enrol", wanted)) is Problem.MALFORMED


def test_new_incarnation_ends_the_old_but_its_records_still_come_in(central: Central) -> None:
    old = central.terminal()
    old.record("test.note", {"text": "recorded before the disk was swapped"})
    code = central.code(terminal=old.id)
    new = Driver.enrol(central.calls, code, POINT)
    assert (new.id, new.incarnation) == (old.id, 2)
    assert old.push().results[0].outcome.final
    response = old.ask("GET", f"{old.base}/changes?cursor=0")
    assert problem_of(response) is Problem.INCARNATION_CLOSED
    assert old.signed_problem(response)["incarnation"] == 1
    assert new.status().high_water == 0
