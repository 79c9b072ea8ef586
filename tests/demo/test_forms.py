"""Forms: valid schemas in both languages, with an order, and limits that bite."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from central.demo.day import FAULT_ANSWERS

ByType = dict[str, list[dict[str, Any]]]
WIDGETS = {"text", "number", "choice", "date", "phone", "long", "name", "idcard"}


def test_schemas_are_valid_ordered_and_bilingual(by_type: ByType) -> None:
    for form in by_type["form"]:
        schema = form["schema"]
        Draft202012Validator.check_schema(schema)
        assert schema["x-order"] == list(dict.fromkeys(schema["x-order"]))
        assert set(schema["x-order"]) == set(schema["properties"])
        assert set(schema["required"]) <= set(schema["properties"])
        for field in (schema, *schema["properties"].values()):
            assert field["title"]
            assert field["x-title-en"]
        for field in schema["properties"].values():
            assert field["x-widget"] in WIDGETS
            if field["x-widget"] == "choice":
                assert all({"const", "title", "x-title-en"} <= choice.keys() for choice in field["oneOf"])
            elif field["type"] == "string" and field["x-widget"] != "date":
                assert field["maxLength"] <= 300


def _fault(by_type: ByType) -> Draft202012Validator:
    return Draft202012Validator(next(f["schema"] for f in by_type["form"] if f["id"] == "f-n2-fault"))


def test_the_answers_of_the_day_are_accepted(by_type: ByType) -> None:
    _fault(by_type).validate(FAULT_ANSWERS)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "12345678901"),
        ("phone", "1390826000"),
        ("what", "roof"),
        ("where", ""),
        ("description", "长" * 301),
    ],
)
def test_wrong_answers_are_refused(by_type: ByType, field: str, value: str) -> None:
    assert not _fault(by_type).is_valid({**FAULT_ANSWERS, field: value})
