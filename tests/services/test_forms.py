"""Forms: steps and words from the schema, answers checked, drafts kept, one application recorded."""

import dataclasses
from collections.abc import Mapping

import pytest

from central.demo import day
from kiosk.services import catalogue, form_schema, forms
from kiosk.services.errors import Refused, Why
from kiosk.services.forms import Answers, Value, Widget
from sync.errors import OperationExists
from sync.wire.answers import Profile
from tests.devices.cards import ZHANG
from tests.services.point import Point, new_op_id

FAULT = "f-n2-fault"


def form(point: Point, name: str = FAULT) -> forms.Form:
    return point.cache(lambda cache: forms.form(cache, name))


def answers(point: Point, data: Mapping[str, Value] = day.FAULT_ANSWERS, draft: str = "d-1") -> Answers:
    return Answers(draft, point.service(day.FAULT_SERVICE), form(point), data, step=2)


def test_one_question_a_step_in_both_languages(point: Point) -> None:
    made = form(point)
    assert [field.name for field in made.fields] == ["what", "where", "description", "phone"]
    assert all(len(step.fields) == 1 for step in made.steps)
    what = made.field("what")
    assert (what.widget, what.label.zh, what.label.en) == (Widget.CHOICE, "什么坏了？", "What is broken?")
    assert what.choices[2].label.zh == "路灯"
    assert made.field("where").help is not None


def test_questions_of_one_step_stand_together(point: Point) -> None:
    made = form(point, "f-g1-business")
    names = [[field.name for field in step.fields] for step in made.steps]
    assert ["trade_name", "trade_name_2"] in names
    assert ["owner", "id_number", "phone"] in names


def test_every_form_of_the_demo_can_be_shown(point: Point) -> None:
    for service in point.cache(catalogue.services):
        if service.shape == "application":
            assert service.ref is not None
            assert form(point, service.ref).steps


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("what", "", Why.FIELD_REQUIRED),
        ("what", "roof", Why.FIELD_CHOICE),
        ("where", "村", Why.FIELD_SHORT),
        ("where", "村" * 61, Why.FIELD_LONG),
        ("phone", "12345", Why.PHONE),
    ],
)
def test_an_answer_is_refused_with_its_reason(point: Point, name: str, typed: str, reason: Why) -> None:
    with pytest.raises(Refused) as caught:
        forms.parse(form(point), name, typed)
    assert caught.value.reason is reason
    assert "{" not in caught.value.text.zh


def test_numbers_and_dates_are_read(point: Point) -> None:
    made = form(point, "f-g1-business")
    assert forms.parse(made, "workers", "３") == 3
    assert forms.parse(made, "start", "2026-05-01") == "2026-05-01"
    assert forms.parse(made, "trade_name_2", "  ") is None
    assert forms.parse(made, "id_number", "511602 19490307 003x") == "51160219490307003X"
    for name, typed, reason in (
        ("workers", "三", Why.FIELD_NUMBER),
        ("workers", "1.5", Why.FIELD_NUMBER),
        ("start", "2026-02-30", Why.FIELD_DATE),
        ("capital_yuan", "-1", Why.FIELD_LOW),
        ("id_number", "511602199001011235", Why.ID_NUMBER),
        ("id_number", "51160219900101123", Why.ID_NUMBER),
    ):
        with pytest.raises(Refused) as caught:
            forms.parse(made, name, typed)
        assert caught.value.reason is reason, name


def test_answers_are_masked_for_whoever_reads_them(point: Point) -> None:
    made = form(point, "f-g1-business")
    answers = {
        "owner": "单小㳇",
        "id_number": "51160219490307003X",
        "phone": "13812345678",
        "trade_name": "老单豆腐",
    }
    said = {name: forms.shown(made.field(name), value).zh for name, value in answers.items()}
    masked = {"id_number": "511602********003X", "phone": "138****5678"}
    assert said == answers | masked
    told = {name: forms.told(made.field(name), value).zh for name, value in answers.items()}
    assert told == said | {"owner": "单**"}


def test_a_number_that_came_with_a_draft_is_checked_again(point: Point) -> None:
    wrong = forms.problems(form(point, "f-g1-business"), {"id_number": "511602194903070031"})
    assert Why.ID_NUMBER in {one.refused.reason for one in wrong if one.name == "id_number"}


def test_the_whole_form_names_what_is_missing(point: Point) -> None:
    problems = forms.problems(form(point), {"what": "lamp", "phone": "x"})
    assert [(one.name, one.refused.reason) for one in problems] == [
        ("where", Why.FIELD_REQUIRED),
        ("description", Why.FIELD_REQUIRED),
        ("phone", Why.PHONE),
    ]
    assert forms.problems(form(point), day.FAULT_ANSWERS) == ()


def test_a_draft_survives_a_restart_and_goes_when_sent(point: Point) -> None:
    half = {"what": "lamp", "where": "㳇家院子"}
    point.write(lambda conn: forms.save_draft(conn, point.desk, answers(point, half)))
    point.restart()
    kept = point.read(lambda conn: forms.drafts(conn, day.FAULT_SERVICE))
    assert [(one.id, dict(one.data), one.step, one.version) for one in kept] == [("d-1", half, 2, 1)]
    op_id = new_op_id()
    done = point.write(lambda conn: forms.submit(conn, point.desk, op_id, answers(point)))
    assert point.read(lambda conn: forms.draft(conn, "d-1")) is None
    payload = point.find(done.op_id).payload
    assert payload["data"] == day.FAULT_ANSWERS
    assert payload["form_version"] == 1
    again = point.write(lambda conn: forms.submit(conn, point.desk, op_id, answers(point)))
    assert again.again
    assert again.number == done.number


def test_an_incomplete_form_is_not_recorded(point: Point) -> None:
    with pytest.raises(Refused) as caught:
        point.write(
            lambda conn: forms.submit(conn, point.desk, new_op_id(), answers(point, {"what": "lamp"}))
        )
    assert caught.value.reason is Why.FORM_INCOMPLETE
    assert point.operations() == []


def test_other_answers_under_the_same_id_are_loud(point: Point) -> None:
    op_id = new_op_id()
    point.write(lambda conn: forms.submit(conn, point.desk, op_id, answers(point)))
    other = answers(point, day.FAULT_ANSWERS | {"what": "road"})
    with pytest.raises(OperationExists):
        point.write(lambda conn: forms.submit(conn, point.desk, op_id, other))


def test_answers_too_long_for_the_wire_are_refused_in_words(point: Point) -> None:
    schema = {"type": "object", "title": "长", "properties": {"t": {"type": "string", "title": "话"}}}
    long_form = form_schema.read({"id": "f-long", "version": 1, "schema": schema})
    wanted = Answers("d-2", point.service(day.FAULT_SERVICE), long_form, {"t": "路" * 2000})
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: forms.submit(conn, point.desk, new_op_id(), wanted))
    assert caught.value.reason is Why.TOO_LONG


def test_a_draft_of_an_older_form_keeps_what_still_fits(point: Point) -> None:
    half = {"what": "lamp", "where": "x", "colour": "red"}
    kept = point.write(lambda conn: forms.save_draft(conn, point.desk, answers(point, half)))
    same = forms.resume(form(point), kept)
    assert (same.data, same.notice) == (half, None)
    revised = forms.resume(dataclasses.replace(form(point), version=2), kept)
    assert revised.data == {"what": "lamp"}
    assert revised.notice is not None
    assert revised.notice.reason is Why.FORM_CHANGED


def test_an_answer_to_no_question_keeps_the_form_back(point: Point) -> None:
    assert forms.problems(form(point), day.FAULT_ANSWERS | {"colour": "red"})


def test_a_public_terminal_keeps_no_draft(point: Point) -> None:
    point.profile = Profile.PUBLIC
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: forms.save_draft(conn, point.desk, answers(point)))
    assert caught.value.reason is Why.NOT_ON_PUBLIC
    point.profile = Profile.ASSISTED
    point.write(lambda conn: forms.save_draft(conn, point.desk, answers(point)))
    point.write(forms.wipe_drafts)
    assert point.read(forms.drafts) == ()


def test_a_card_answers_the_name_that_is_asked_and_the_number_after_it(point: Point) -> None:
    made = form(point, "f-y1-hospital")
    (at,) = [n for n, step in enumerate(made.steps) if step.fields[0].widget is Widget.NAME]
    assert forms.from_card(made, at, ZHANG) == {"patient": ZHANG.name, "id_number": ZHANG.number}
    assert forms.from_card(made, 0, ZHANG) == {}
    child = dataclasses.replace(made.steps[at].fields[0], name="child")
    longer = dataclasses.replace(made, steps=(*made.steps, form_schema.Step(child.label, (child,))))
    assert forms.from_card(longer, len(made.steps), ZHANG) == {"child": ZHANG.name}
