"""What an operation asks beside the sign-in, and whether it was given: one's own PIN or a second person's."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection

from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.permissions import Asked, Permission
from sync import documents
from sync.wire.kinds import Kind

LASTS = timedelta(minutes=2)
SETTING = "second_person"  # central's: what asks a second person in this county

ASKED: Mapping[Kind, Asked] = {Kind.OPERATION_REVERSE: Asked.OWN, Kind.CASE_CLOSE: Asked.OWN}
"""What a kind asks everywhere; others ask nobody unless their service or the county does."""


def asked(conn: Connection, kind: Kind, of_service: Asked = Asked.NOBODY, reason: str | None = None) -> Asked:
    """The most that the kind, its service and the county want."""
    told = documents.settings(conn).get(SETTING)
    named = told if isinstance(told, list) else ()
    here = (kind.value, f"{kind.value}/{reason}")
    if of_service is Asked.SECOND or any(one in named for one in here):
        return Asked.SECOND
    own = Asked.OWN in (of_service, ASKED.get(kind))
    return Asked.OWN if own else Asked.NOBODY


def settle(desk: Desk, op_id: str, wanted: Asked, needed: Permission | None) -> str | None:
    """The second person to be recorded, None where none was asked. Raises Refused: no PIN was given."""
    if wanted is Asked.NOBODY:
        return None
    given, first = desk.approval, desk.session
    if first is None:
        raise Refused(Why.SIGN_IN_FIRST)
    if given is None or given.op_id != op_id or not timedelta(0) <= desk.now - given.at <= LASTS:
        raise Refused(Why.SECOND_MISSING if wanted is Asked.SECOND else Why.PROOF_MISSING)
    if needed is not None and needed not in given.permissions:
        raise Refused(Why.NOT_PERMITTED, name=given.name)
    if given.operator != first.operator:
        return given.operator
    if wanted is Asked.SECOND:
        raise Refused(Why.SECOND_IS_FIRST)
    return None
