"""Every service of the demo county does what its shape promises, with no network: one test a scene."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from central.demo import billing, county, day
from kiosk.devices.paper import SlipKind
from kiosk.services import billers, bills, callbacks, forms, mall
from kiosk.services.callbacks import Request, Wish
from kiosk.services.errors import Refused, Why
from kiosk.services.form_schema import Field, Form, Widget
from kiosk.services.forms import Answers, Value
from kiosk.services.mall import Order
from sync.outbox import State
from tests.services.point import START, Point, new_op_id

SERVICES = json.loads((Path(county.__file__).parent / "data" / "services.json").read_text("utf-8"))
ACCOUNTS = {bill.biller: bill.account for bill in billing.bills(START)}  # one of each file
PATTERNED = {
    "id_number": "511602195503080014",
    "licence": "92511602MA6789012X",
    "account_number": "6217003680001234567",
}


def of_shape(shape: str) -> list[str]:
    return [one["id"] for one in SERVICES if one["shape"] == shape]


def recorded(point: Point, op_id: str) -> bool:
    return point.find(op_id).state is State.RECORDED


@pytest.mark.parametrize("service", of_shape("bill"))
def test_every_biller_of_a_bill_scene_takes_a_payment(point: Point, service: str) -> None:
    point.sign_in()
    of_service = point.cache(lambda cache: billers.billers(cache, service))
    taken = [pay(point, service, one) for one in of_service if one.id != day.EXPIRED_BILLER]
    assert taken
    for done in taken:
        assert recorded(point, done.op_id)
        assert done.slip.kind is SlipKind.RECORD_OF_REQUEST


def pay(point: Point, service: str, of: billers.Biller) -> bills.Written:
    examples = {param.name: param.example for param in of.params}
    checked = bills.check_account(of, examples | {"account": ACCOUNTS.get(of.id, examples["account"])})
    listed = point.cache(lambda cache: bills.find(cache, point.desk.reading, of, checked)).bills
    bill = listed[0] if listed else None
    fen = bill.amount_fen if bill else of.min_fen
    wanted = bills.Payment(point.service(service), of, checked, fen, bill)
    return point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), wanted))


def test_the_biller_whose_file_has_expired_is_the_one_left_out(point: Point) -> None:
    of = point.cache(lambda cache: billers.biller(cache, day.EXPIRED_BILLER))
    checked = bills.check_account(of, {"account": day.EXPIRED_ACCOUNT})
    with pytest.raises(Refused) as refused:
        point.cache(lambda cache: bills.find(cache, point.desk.reading, of, checked))
    assert refused.value.reason is Why.BILL_FILE_EXPIRED


@pytest.mark.parametrize("service", of_shape("application"))
def test_every_form_is_kept_as_a_draft_and_handed_in(point: Point, service: str) -> None:
    of = point.service(service)
    assert of.ref is not None
    ref = of.ref
    form = point.cache(lambda cache: forms.form(cache, ref))
    filled = Answers("d-1", of, form, answers(form))
    point.write(lambda conn: forms.save_draft(conn, point.desk, filled))
    point.restart()
    kept = point.read(lambda conn: forms.draft(conn, "d-1"))
    assert kept is not None
    assert kept.data == filled.data
    done = point.write(lambda conn: forms.submit(conn, point.desk, new_op_id(), filled))
    assert recorded(point, done.op_id)
    assert point.read(forms.drafts) == ()


def answers(form: Form) -> dict[str, Value]:
    return {field.name: answer(field) for field in form.fields}


def answer(field: Field) -> Value:
    match field.widget:
        case Widget.CHOICE:
            return field.choices[0].value
        case Widget.NUMBER:
            return field.minimum or 1
        case Widget.DATE:
            return (START + timedelta(days=7)).date().isoformat()
        case Widget.PHONE:
            return day.CALLBACK_PHONE
        case Widget.TEXT | Widget.LONG | Widget.NAME | Widget.ID_NUMBER:
            return PATTERNED.get(field.name, "㳇" * max(field.min_length or 1, 2))


@pytest.mark.parametrize("service", of_shape("callback"))
def test_what_cannot_be_done_here_takes_a_call_back(point: Point, service: str) -> None:
    wanted = Request(point.service(service), day.CALLBACK_PHONE, "请尽快", Wish.MORNING, None)
    done = point.write(lambda conn: callbacks.request(conn, point.desk, new_op_id(), wanted))
    assert recorded(point, done.op_id)
    assert done.slip.kind is SlipKind.CALLBACK


@pytest.mark.parametrize("service", of_shape("order"))
def test_every_mall_takes_an_order_of_its_goods(point: Point, service: str) -> None:
    point.sign_in()
    of = point.service(service)
    found = point.cache(lambda cache: mall.browse(cache, of.ref, limit=1))
    good = found.items[0].id
    point.write(lambda conn: mall.put(conn, point.now, good, 1))
    held = point.read(mall.basket)
    basket = point.cache(lambda cache: mall.price(cache, held))
    wanted = Order(of, basket, None)
    done = point.write(lambda conn: mall.order(conn, point.desk, new_op_id(), wanted))
    assert recorded(point, done.op_id)
    assert done.slip.kind is SlipKind.RECORD_OF_REQUEST


def test_no_shape_is_left_out() -> None:
    others = {"guide", "redemption"}  # each has one service, and tests of its own
    assert {one["shape"] for one in SERVICES} == {"bill", "application", "callback", "order"} | others
