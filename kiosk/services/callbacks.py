"""What cannot be done here: why not, and a request to be called back about it."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Line, Note, Pair, SlipKind
from kiosk.services import masking, phones, recording
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.offer import Availability, Here, Service
from kiosk.services.offline import Can, Offline
from kiosk.services.recording import Intent, Written
from kiosk.services.slip_build import Subject
from sync.policy import Link
from sync.wire.kinds import Kind

LONGEST_NOTE, LONGEST_NAME = 300, 40


class Wish(Enum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    ANY = "any"


WISHES = {
    Wish.MORNING: Text("上午", "Morning"),
    Wish.AFTERNOON: Text("下午", "Afternoon"),
    Wish.ANY: Text("都可以", "Any time"),
}


@dataclass(frozen=True)
class Request:
    service: Service
    phone: str
    note: str
    wish: Wish = Wish.ANY
    name: str | None = None


def availability(here: Here, of: Service) -> Availability:
    """An `online` service is never done here; a `queued` one of this shape is the call-back itself."""
    if of.offline is not Offline.ONLINE:
        return Availability(Can.NOW_RECORDED, of.offline, here.board.freshness, why=of.why, callback=True)
    return Availability(Can.NOT_NOW, of.offline, here.board.freshness, _no(here.desk), of.why, callback=True)


def why_not(desk: Desk, of: Service) -> Text:
    """The service's own words if it has any."""
    return of.why or _no(desk).text


def check(request: Request) -> Request:
    """As it will be recorded. Raises Refused."""
    phone = phones.check(request.phone)
    note, name = request.note.strip(), (request.name or "").strip()
    if not note and request.service.offline is not Offline.ONLINE:
        raise Refused(Why.NOTE_EMPTY)
    for label, text, limit in ((NOTE, note, LONGEST_NOTE), (NAME, name, LONGEST_NAME)):
        if len(text) > limit:
            raise Refused(Why.FIELD_LONG, label=label, limit=str(limit))
    return Request(request.service, phone, note, request.wish, name or None)


def request(conn: Connection, desk: Desk, op_id: str, wanted: Request) -> Written:
    wanted = check(wanted)
    payload: dict[str, Any] = {
        "service": wanted.service.id,
        "phone": wanted.phone,
        "note": wanted.note,
        "wish": wanted.wish.value,
    }
    if wanted.name is not None:
        payload["name"] = wanted.name
    done = recording.before(conn, op_id, Kind.CALLBACK_REQUEST, payload)
    if done is not None:
        return done
    intent = Intent(
        op_id=op_id,
        kind=Kind.CALLBACK_REQUEST,
        payload=payload,
        asked=wanted.service.approval,
        slip=SlipKind.CALLBACK,
        subject=Subject(wanted.service.title, _facts(desk, wanted), lasting=(_best_time(wanted),)),
    )
    return recording.write(conn, desk, intent)


NOTE = Text("要办的事", "About")
NAME = Text("称呼", "Name")


def _facts(desk: Desk, wanted: Request) -> tuple[Line, ...]:
    lines: list[Line] = [Note(why_not(desk, wanted.service))]
    if wanted.service.offline is not Offline.ONLINE:
        lines = []
    lines.append(Pair(Text("回电号码", "Call back on"), same(masking.phone(wanted.phone))))
    if wanted.name is not None:
        lines.append(Pair(NAME, same(masking.name(wanted.name))))
    lines.append(_best_time(wanted))
    if wanted.note:
        lines.append(Pair(NOTE, same(masking.within(wanted.note))))
    return tuple(lines)


def _best_time(wanted: Request) -> Line:
    return Pair(Text("方便时间", "Best time"), WISHES[wanted.wish])


def _no(desk: Desk) -> Refused:
    return Refused(Why.NEEDS_PERSON if desk.link is Link.ONLINE else Why.NEEDS_LINK)
