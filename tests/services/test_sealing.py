"""On a public terminal nothing of a person stays readable; central alone opens it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from central.demo import day
from kiosk.bilingual import same
from kiosk.devices.paper import Note, SlipKind
from kiosk.services import bills, business, callbacks, cases, forms, mall, recording, slips, uses
from kiosk.services.cases import PayBack
from kiosk.services.errors import Refused, Why
from kiosk.services.forms import Answers
from kiosk.services.kinds import PERSONAL
from kiosk.services.mall import Buyer
from kiosk.services.recording import Intent, Written
from kiosk.services.slip_build import NOT_KEPT, Subject
from sync import identity, leases, outbox
from sync.journal import records
from sync.keystore import JOURNAL
from sync.spool import Attachment
from sync.wire import personal
from sync.wire.answers import Outcome, Profile
from sync.wire.keys import SigningKey
from sync.wire.kinds import Kind
from sync.wire.sealing import DecryptionKey, openers
from tests.services.point import Point, grant, new_op_id
from tests.services.test_bills import payment
from tests.services.test_callbacks import wanted
from tests.services.test_cases import CASE, owed_cash
from tests.services.test_forms import answers
from tests.services.test_mall import fill, order
from tests.support.handlers import HANDLERS

SIGNER, OPENER = SigningKey.generate(), DecryptionKey.generate()
MARKS = {
    Kind.BILL_PAY: (day.ACCOUNT_NOT_IN_FILE,),
    Kind.APPLICATION_SUBMIT: ("老槐树东第七家", "路灯㮾不亮", "13908269901"),
    Kind.ORDER_PLACE: ("𡓐小满", "13908269902"),
    Kind.RIGHT_USE: ("holder-㮾-77",),
    Kind.CALLBACK_REQUEST: ("13908269903", "仇㳇", "三单元七〇二"),
    Kind.CASE_CLOSE: ("单㳇㳇",),
}


SHOWN = {
    Kind.ORDER_PLACE: "𡓐** 139****9902",
    Kind.CALLBACK_REQUEST: "139****9903",
    Kind.CASE_CLOSE: "单**",
}
"""What the paper says of them."""


def point_of(folder: Path, cache_file: Path, profile: Profile) -> Point:
    made = Point(folder, cache_file, profile)
    jwks = [SIGNER.public.jwk(), OPENER.public.jwk()]
    made.write(lambda conn: identity.set_central_keys(conn, jwks))
    return made


@pytest.fixture
def public(tmp_path: Path, cache_file: Path) -> Iterator[Point]:
    made = point_of(tmp_path, cache_file, Profile.PUBLIC)
    yield made
    made.close()


@pytest.fixture
def assisted(tmp_path: Path, cache_file: Path) -> Iterator[Point]:
    made = point_of(tmp_path, cache_file, Profile.ASSISTED)
    yield made
    made.close()


def application(point: Point) -> Answers:
    where, what, phone = MARKS[Kind.APPLICATION_SUBMIT]
    return answers(point, {"what": "lamp", "where": where, "description": what, "phone": phone})


def record_all(point: Point) -> dict[Kind, Written]:
    """One of each kind that says something of a person, with its marks."""
    point.sign_in()
    made: dict[Kind, Written] = {}
    stated = payment(point, day.ACCOUNT_NOT_IN_FILE)
    made[Kind.BILL_PAY] = point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), stated))
    form = application(point)
    made[Kind.APPLICATION_SUBMIT] = point.write(
        lambda conn: forms.submit(conn, point.desk, new_op_id(), form)
    )
    bought = order(point, fill(point, lp_longan_pomelo_box=1), Buyer(*MARKS[Kind.ORDER_PLACE]))
    made[Kind.ORDER_PLACE] = point.write(lambda conn: mall.order(conn, point.desk, new_op_id(), bought))
    point.write(lambda conn: leases.apply_grant(conn, grant("points:village", 100), ""))
    (holder,) = MARKS[Kind.RIGHT_USE]
    use = uses.Use(bought.service, "points:village", 5, bought.service.title, holder)
    made[Kind.RIGHT_USE] = point.write(lambda conn: uses.use(conn, point.desk, new_op_id(), use)).written
    phone, name, note = MARKS[Kind.CALLBACK_REQUEST]
    call = wanted(point, phone=phone, name=name, note=note)
    made[Kind.CALLBACK_REQUEST] = point.write(
        lambda conn: callbacks.request(conn, point.desk, new_op_id(), call)
    )
    owes = [owed_cash(stated.amount_fen)]
    bill = made[Kind.BILL_PAY].op_id
    point.answer(bill, Outcome.REJECTED, "account-unknown", case=CASE, owes=owes)
    closing = PayBack(CASE, MARKS[Kind.CASE_CLOSE][0])
    made[Kind.CASE_CLOSE] = point.with_pin(cases.pay_back, closing)
    return made


def everything(point: Point) -> bytes:
    """All that this machine keeps, opened with its own keys, and every file as it lies there."""

    def rows(conn: Connection) -> bytes:
        names = conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        found = [row for name in names for row in conn.exec_driver_sql(f'SELECT * FROM "{name}"')]
        return b"\n".join(v if isinstance(v, bytes) else str(v).encode() for row in found for v in row)

    key = point._keys.get(JOURNAL)
    assert key is not None
    journal = [line for _, line in records(point.folder / "journal", key)]
    files = [path.read_bytes() for path in point.folder.rglob("*") if path.is_file()]
    return b"\n".join((point.read(rows), *journal, *files))


def found(point: Point) -> set[str]:
    kept = everything(point)
    return {mark for marks in MARKS.values() for mark in marks if mark.encode() in kept}


def test_every_kind_says_what_of_it_is_personal() -> None:
    assert PERSONAL.keys() == set(Kind)
    assert {kind for kind, names in PERSONAL.items() if names} == MARKS.keys()


def test_nothing_readable_stays_on_a_public_terminal(public: Point) -> None:
    made = record_all(public)
    assert found(public) == set()
    public.restart()
    assert found(public) == set()
    keys = openers(OPENER)
    for kind, done in made.items():
        opened = personal.opened(public.find(done.op_id).payload, keys)
        HANDLERS[kind.value].payload_model.model_validate(opened)
        assert all(mark in str(opened) for mark in MARKS[kind]), kind


def test_an_assisted_terminal_keeps_it(assisted: Point) -> None:
    record_all(assisted)
    assert found(assisted) == {mark for marks in MARKS.values() for mark in marks}


def test_the_slip_shows_it_once_and_its_copies_do_not(public: Point) -> None:
    made = record_all(public)
    for kind in MARKS.keys() - {Kind.RIGHT_USE}:  # whose slip never names its holder
        done = made[kind]
        assert SHOWN.get(kind, MARKS[kind][0]) in str(done.slip.lines), kind
        kept = public.read(lambda conn, number=done.number: slips.to_print(conn, number))  # type: ignore[misc]
        assert kept.number == done.number
        assert Note(NOT_KEPT) in kept.lines
        assert not any(mark in str(kept.lines) for mark in MARKS[kind])
    public.answer(made[Kind.ORDER_PLACE].op_id, Outcome.ACCEPTED)
    op_id = made[Kind.ORDER_PLACE].op_id
    later = public.write(lambda conn: slips.for_state(conn, public.desk, op_id))
    assert "龙安柚" in str(later.lines)  # what says nothing of a person stays
    assert not any(mark in str(later.lines) for mark in MARKS[Kind.ORDER_PLACE])
    shown = public.read(lambda conn: business.detail(conn, op_id))
    assert not any(mark in str(shown) for mark in MARKS[Kind.ORDER_PLACE])


def test_no_paper_shows_a_whole_number(assisted: Point) -> None:
    for kind, done in record_all(assisted).items():
        numbers = {mark for mark in MARKS.get(kind, ()) if mark.isdigit() and len(mark) == 11}
        assert not any(number in str(done.slip.lines) for number in numbers), kind


def test_a_second_tap_is_the_same_operation(public: Point) -> None:
    op_id, call = new_op_id(), wanted(public, name="仇㳇")
    first = public.write(lambda conn: callbacks.request(conn, public.desk, op_id, call))
    again = public.write(lambda conn: callbacks.request(conn, public.desk, op_id, call))
    assert (again.again, again.number) == (True, first.number)
    assert len(public.operations()) == 1


def test_without_centrals_key_nothing_personal_is_taken_down(public: Point) -> None:
    public.write(lambda conn: identity.set_central_keys(conn, [SIGNER.public.jwk()]))
    call = wanted(public)
    with pytest.raises(Refused) as caught:
        public.write(lambda conn: callbacks.request(conn, public.desk, new_op_id(), call))
    assert caught.value.reason is Why.NO_SEALING_KEY
    assert public.read(outbox.recent) == []


def test_a_picture_is_not_taken_where_it_would_stay_readable(public: Point) -> None:
    form = replace(application(public), attachments=(Attachment("0" * 64, 1),))
    with pytest.raises(Refused) as caught:
        public.write(lambda conn: forms.submit(conn, public.desk, new_op_id(), form))
    assert caught.value.reason is Why.NOT_ON_PUBLIC


def test_what_is_too_long_even_so_is_said(public: Point) -> None:
    def record(text: str) -> Written:
        about = Subject(same("申请"), ())
        payload = {"data": {"text": text}}
        intent = Intent(
            new_op_id(), Kind.APPLICATION_SUBMIT, payload, SlipKind.RECORD_OF_REQUEST, subject=about
        )
        return public.write(lambda conn: recording.write(conn, public.desk, intent))

    assert record("路灯不亮" * 500).number  # packed before it is sealed
    with pytest.raises(Refused) as caught:
        record("".join(chr(0x4E00 + n * 7919 % 20000) for n in range(2000)))
    assert caught.value.reason is Why.TOO_LONG
    with pytest.raises(Refused) as caught:
        record("\ud800")
    assert caught.value.reason is Why.NOT_TEXT
