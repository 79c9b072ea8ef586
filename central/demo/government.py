"""The county's 1,135 government items: all with their office, the everyday ones with a whole guide."""

from collections.abc import Iterator
from json import loads

from central.demo.files import Record, lines, table
from central.demo.moments import FACTS_AS_OF

FACTS = ("keywords", "materials", "hours", "address", "phone", "fee", "days")


def items() -> Iterator[Record]:
    offices = {office["department"]: office for office in table("offices.json")}
    guides = {guide["code"]: guide for guide in table("guides.json")}
    for line in lines("items.ndjson.xz"):
        row = loads(line)
        yield _record(row, offices[row["department"]], guides.get(row["code"], {}))


def _record(row: Record, office: Record, guide: Record) -> Record:
    record = {
        "t": "item",
        "id": row["code"],
        "department": row["department"],
        "type": row["type"],
        "title": row["title"],
        "materials": [],
        "as_of": FACTS_AS_OF,
    }
    for name in FACTS:
        value = guide.get(name, office.get(name))
        if value is not None:
            record[name] = value
    return record
