"""The villager who is there: what an operation says of them, masked, and how they find it again."""

import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, select

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Pair
from kiosk.services import masking
from kiosk.services.desk import Desk
from kiosk.services.kinds import BUSINESS
from kiosk.services.presence import How, Person
from kiosk.services.profiles import rule_of
from kiosk.services.slip_build import Subject
from kiosk.store.tables import marks
from sync.tables import operations
from sync.wire.kinds import Kind

PERSON = "person"
FOR = Text("办理人", "For")
_LABEL = b"yizhan-person-v1"
_MASKS = {How.CARD: masking.number, How.VOUCHED: masking.phone}
_THEIRS = (
    select(marks.c.op_id)
    .join(operations, operations.c.op_id == marks.c.op_id)
    .where(marks.c.kind == PERSON, marks.c.key == bindparam("theirs"))
    .order_by(operations.c.n.desc())
)


def shown_name(person: Person) -> str:
    """For the header: `张*`; of somebody without a name the masked number."""
    return masking.name(person.name) or shown_number(person)


def shown_number(person: Person) -> str:
    return _MASKS.get(person.how, masking.number)(person.number)


def told(person: Person | None, kind: Kind) -> Mapping[str, Any]:
    """The member `person` of the payload; the number of a membership alone is whole: central gave it."""
    if person is None or kind not in BUSINESS:
        return {}
    number = person.number if person.how is How.MEMBER else shown_number(person)
    said = {"how": person.how.value, "name": masking.name(person.name), "number": number}
    said |= {"by": person.vouched_by} if person.vouched_by else {}
    return {PERSON: {key: value for key, value in said.items() if value}}


def noted(person: Person | None, kind: Kind, subject: Subject) -> Subject:
    """What the slip is about, and for whom."""
    if person is None or kind not in BUSINESS:
        return subject
    words = f"{masking.name(person.name)} {shown_number(person)}".strip()
    return replace(subject, facts=(Pair(FOR, same(words)), *subject.facts))


def key(desk: Desk) -> str | None:
    """By what this person's operations are found here; None where nothing of them may be.

    Whoever has the ledger alone cannot tell from it who it was: on a public terminal it takes the very card,
    elsewhere this terminal's own secret.
    """
    person = desk.person
    if person is None:
        return None
    kept = rule_of(desk.place.profile).may_cache_personal
    if not kept and not person.secret:
        return None
    secret = desk.stamp.signer.seed if kept else person.secret
    said = b"\0".join((_LABEL, person.how.value.encode(), person.number.encode()))
    return hmac.digest(secret, said, "sha256").hex()


def operations_of(conn: Connection, desk: Desk) -> tuple[str, ...]:
    """Of the person who is there, newest first."""
    theirs = key(desk)
    return () if theirs is None else tuple(conn.execute(_THEIRS, {"theirs": theirs}).scalars())
