"""What to do about what cannot be done here now: by the reason, the nearest help first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.bilingual import Text, same
from kiosk.services import hours
from kiosk.services.catalogue import Tile
from kiosk.services.errors import Why
from kiosk.services.offline import Can
from kiosk.services.partners import Partner
from kiosk.services.points import Point
from sync.policy import Link
from sync.wire.answers import Profile

MOST_POINTS = 2
WITH_CASH = frozenset({Profile.ASSISTED, Profile.STAFF})
BY_LINE = frozenset(
    {
        Why.FLOAT_STOPPED,
        Why.FLOAT_TOO_OLD,
        Why.BILL_FILE_EXPIRED,
        Why.CATALOGUE_EXPIRED,
        Why.NO_CATALOGUE,
        Why.NO_SEALING_KEY,
        Why.COUPON_STOPPED,
        Why.STOCK_STOPPED,
        Why.SHARE_STOPPED,
    }
)
"""What one exchange with central mends."""
BY_OPERATOR = {
    Why.FLOAT_NONE: Text("请值守员申请现金额度", "The operator can ask for a cash float"),
    Why.FLOAT_STOPPED: Text("请值守员申请增加现金额度", "The operator can ask for more cash float"),
    Why.NOTHING_ALLOTTED: Text("请值守员申请份额", "The operator can ask for a share"),
}
ELSEWHERE = frozenset(
    {Why.FLOAT_NONE, Why.FLOAT_STOPPED, Why.FLOAT_TOO_OLD, Why.TERMINAL_LOCKED, Why.NOT_ON_THIS_TERMINAL}
)
"""What holds for this machine only: another point may well do it."""


class Way(Enum):
    CALL_BACK = "call-back"
    GO_TO = "go-to"
    COME_BACK = "come-back"
    OPERATOR = "operator"
    RING = "ring"


@dataclass(frozen=True)
class Instead:
    way: Way
    title: Text
    text: Text
    point: str | None = None


@dataclass(frozen=True)
class Around:
    """What there is near this machine."""

    now: datetime
    link: Link
    operated: bool
    points: tuple[Point, ...]  # the others, nearest first
    partner: Partner | None
    next_try: Text | None


CALL_BACK = Text("留个电话，办事的人打给您", "Leave a number and be called")
CALL_BACK_TEXT = Text(
    "现在登记，打一张回电单；联网后送到", "Taken down now, with a slip; sent when the network is back"
)
RING = Text("打电话：{phone}", "Telephone: {phone}")
COME_BACK = Text("过一会儿再来", "Come back later")
COME_BACK_AFTER = Text("{at} 以后再来", "Come back after {at}")
WHEN_ONLINE = Text("网络一通，这里就能办", "It can be done here once the network is back")
WHEN_TRIED = Text("{at} 再试联网，通了就能办", "The network is tried {at}; then it can be done here")
BEING_MENDED = Text("网络是通的，正在更新，过几分钟再看", "The network is there: being brought up to date")
NOT_OPEN_YET = Text("这项服务到那时才开放", "The service opens then")
OPERATOR = Text("找值守员", "Ask the operator")
OPEN_NOW, OPENS = Text("现在开着", "open now"), Text("{at} 开门", "opens {at}")


def of(tile: Tile, around: Around) -> tuple[Instead, ...]:
    """Nothing where it can be done."""
    if tile.availability.can in (Can.NOW, Can.NOW_RECORDED):
        return ()
    return tuple(_ways(tile, around))


def _ways(tile: Tile, around: Around) -> Iterator[Instead]:
    reason = tile.availability.reason
    why = reason.reason if reason is not None else None
    if around.link is not Link.LOCKED and why not in (Why.NO_CATALOGUE, Why.SERVICE_OVER):
        yield Instead(Way.CALL_BACK, CALL_BACK, CALL_BACK_TEXT)
    if why is Why.SERVICE_NOT_YET and reason is not None:
        yield Instead(Way.COME_BACK, COME_BACK_AFTER.with_params({"at": reason.params["at"]}), NOT_OPEN_YET)
    if why in BY_OPERATOR and around.operated:
        yield Instead(Way.OPERATOR, OPERATOR, BY_OPERATOR[why])
    if why in BY_LINE:
        yield _when_mended(around)
    yield from (_go_to(point, around.now) for point in _points(tile, why, around))
    if around.partner is not None and around.partner.phone is not None:
        title = RING.with_params({"phone": around.partner.phone})
        yield Instead(Way.RING, title, around.partner.name)


def _points(tile: Tile, why: Why | None, around: Around) -> tuple[Point, ...]:
    """Where the service says it is done in person; else near points that a fault of this machine spares."""
    by_id = {point.id: point for point in around.points}
    named = tuple(by_id[one] for one in tile.points if one in by_id)
    if named or why not in ELSEWHERE:
        return named[:MOST_POINTS]
    return tuple(point for point in around.points if point.profile in WITH_CASH)[:MOST_POINTS]


def _when_mended(around: Around) -> Instead:
    if around.link is Link.ONLINE:
        return Instead(Way.COME_BACK, COME_BACK, BEING_MENDED)
    if around.next_try is None:
        return Instead(Way.COME_BACK, COME_BACK, WHEN_ONLINE)
    return Instead(Way.COME_BACK, COME_BACK, WHEN_TRIED.with_params({"at": around.next_try}))


def _go_to(point: Point, now: datetime) -> Instead:
    """Name, then address, whether it is open, and its telephone."""
    opens = hours.next_opening(point.hours, now)
    parts = [same(point.address)]
    if hours.is_open(point.hours, now):
        parts.append(OPEN_NOW)
    elif opens is not None:
        parts.append(OPENS.with_params({"at": hours.when(opens, now)}))
    if point.phone is not None:
        parts.append(same(point.phone))
    text = Text("，".join(part.zh for part in parts if part.zh), ", ".join(p.en for p in parts if p.en))
    return Instead(Way.GO_TO, Text(f"去{point.name.zh}", f"Go to {point.name.en}"), text, point.id)
