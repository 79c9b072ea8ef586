"""What an operation asks beside the sign-in, and whether it was given: one's own PIN or a second person's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection

from kiosk.bilingual import Text
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.permissions import Approval, Asked, Permission
from sync import documents
from sync.wire.kinds import Kind

LASTS = timedelta(minutes=2)
SETTING = "second_person"  # central's: what asks a second person in this county

ASKED: Mapping[Kind, Asked] = {Kind.OPERATION_REVERSE: Asked.OWN, Kind.CASE_CLOSE: Asked.OWN}
"""What a kind asks everywhere; others ask nobody unless their service or the county does."""


@dataclass(frozen=True)
class Ask:
    """What one operation asks, and what whoever agrees must be permitted and is told of it."""

    op_id: str
    whose: Asked
    needed: Permission | None = None
    about: Text | None = None
    fen: int = 0


class SecondWanted(Refused):
    """Nobody has said no: another operator is to be asked for this."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(Why.SECOND_MISSING)
        self.ask = ask


def asked(conn: Connection, kind: Kind, of_service: Asked = Asked.NOBODY, reason: str | None = None) -> Asked:
    """The most that the kind, its service and the county want."""
    told = documents.settings(conn).get(SETTING)
    named = told if isinstance(told, list) else ()
    here = (kind.value, f"{kind.value}/{reason}")
    if of_service is Asked.SECOND or any(one in named for one in here):
        return Asked.SECOND
    own = Asked.OWN in (of_service, ASKED.get(kind))
    return Asked.OWN if own else Asked.NOBODY


def settle(desk: Desk, ask: Ask) -> str | None:
    """The second person to be recorded, None where none was asked. Raises Refused: no PIN was given."""
    if ask.whose is Asked.NOBODY:
        return None
    given, first = desk.approval, desk.session
    if first is None:
        raise Refused(Why.SIGN_IN_FIRST)
    fresh = given is not None and given.op_id == ask.op_id and timedelta(0) <= desk.now - given.at <= LASTS
    if given is None or not fresh:
        raise SecondWanted(ask) if ask.whose is Asked.SECOND else Refused(Why.PROOF_MISSING)
    if ask.needed is not None and ask.needed not in given.permissions:
        raise Refused(Why.NOT_PERMITTED, name=given.name)
    if given.operator != first.operator:
        return given.operator
    if ask.whose is Asked.SECOND:
        raise SecondWanted(ask)
    return None


def agreed(desk: Desk, own: Approval) -> Desk:
    """With one's own PIN given; a second person's for the same operation is worth more."""
    known = desk.approval
    return desk if known is not None and known.op_id == own.op_id else replace(desk, approval=own)
