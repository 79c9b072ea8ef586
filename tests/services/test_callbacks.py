"""What cannot be done here: the reason, and one request to be called back."""

import pytest

from central.demo import day
from kiosk.devices.paper import Note, SlipKind
from kiosk.services import callbacks, slips
from kiosk.services.callbacks import Request, Wish
from kiosk.services.errors import Refused, Why
from sync.wire.answers import Outcome
from tests.services.point import Point, new_op_id


def wanted(point: Point, service: str = day.DOOR_SERVICE, **changes: str) -> Request:
    values = {"phone": day.CALLBACK_PHONE, "note": "三单元打不开门"} | changes
    return Request(point.service(service), values["phone"], values["note"], Wish.MORNING, values.get("name"))


def test_a_request_is_recorded_once_and_never_called_done(point: Point) -> None:
    op_id, request = new_op_id(), wanted(point, name="单㳇")
    done = point.write(lambda conn: callbacks.request(conn, point.desk, op_id, request))
    assert done.slip.kind is SlipKind.CALLBACK
    payload = point.find(op_id).payload
    assert (payload["phone"], payload["wish"], payload["name"]) == (day.CALLBACK_PHONE, "morning", "单㳇")
    assert any(isinstance(line, Note) and "住户身份" in line.text.zh for line in done.slip.lines)
    assert point.write(lambda conn: callbacks.request(conn, point.desk, op_id, request)).again
    point.answer(op_id, Outcome.ACCEPTED)
    later = point.write(lambda conn: slips.for_state(conn, point.desk, op_id))
    assert later.kind is SlipKind.CALLBACK
    assert later.number != done.number


@pytest.mark.parametrize("phone", ["", "12345", "1390826000", "139082600022", "telephone", "+1 2345"])
def test_a_wrong_number_is_refused(point: Point, phone: str) -> None:
    with pytest.raises(Refused) as caught:
        callbacks.check(wanted(point, phone=phone))
    assert caught.value.reason is Why.PHONE


@pytest.mark.parametrize("phone", ["139 0826 0002", "0826-5551010", "08265551010"])
def test_numbers_as_people_write_them_pass(point: Point, phone: str) -> None:
    assert callbacks.check(wanted(point, phone=phone)).phone == phone.replace(" ", "")


def test_a_question_needs_words(point: Point) -> None:
    assert callbacks.check(wanted(point, note="")).note == ""
    with pytest.raises(Refused) as caught:
        callbacks.check(wanted(point, service="g2-question", note=" "))
    assert caught.value.reason is Why.NOTE_EMPTY
    with pytest.raises(Refused) as caught:
        callbacks.check(wanted(point, note="门" * 301))
    assert caught.value.reason is Why.FIELD_LONG
