"""How far a share goes with no network, and what becomes of it by itself."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.bilingual import Text, same
from kiosk.services import moments, words
from kiosk.services.leases import Terms
from kiosk.services.shares import Share
from sync.leases import LeaseState

CLOSING = Text("正在了结", "Being closed")
OFFLINE, UNTIL = Text("断网可用", "With no network"), Text("到 {day}", "until {day}")
LIMITS, AT = (
    Text("用量", "Limits"),
    Text("用到 {soft} 提醒联网，{hard} 停用", "online soon at {soft}, stops at {hard}"),
)
AT_ONE = Text("用到 {hard} 停用", "stops at {hard}")
TIMES, OF_TIMES = Text("次数", "Times"), Text("用了 {uses} 次，最多 {most} 次", "{uses} of at most {most}")
REFILL, BELOW = Text("补充", "Refill"), Text("少于 {low} 时自动申请", "asked for by itself below {low}")
AFTER = Text("说明", "Note")
NOTES: dict[LeaseState, Text] = {
    LeaseState.FROZEN: Text(
        "重新登记前的份额：旧业务送完后自动了结，剩下的退回中心",
        "From before the new set-up: closed by itself once all of it is sent; the rest goes back",
    ),
    LeaseState.REVOKED: Text(
        "上级收回了这份份额：已用的照算，剩下的退回中心",
        "Central took it back: what was used counts, the rest goes back",
    ),
    LeaseState.CLOSED: Text(
        "用了多少、退回多少，已和中心对清", "Agreed with central: what was used, what went back"
    ),
}


def standing(terms: Terms | None) -> Text:
    """Of one that is over."""
    if terms is None:
        return same("")
    waits = terms.closing and terms.state is not LeaseState.CLOSED
    return CLOSING if waits else words.of(terms.state)


def facts(share: Share, amount: Callable[[int], Text]) -> tuple[tuple[Text, Text], ...]:
    terms = share.terms
    if terms is None:
        return ()
    if terms.state in NOTES:
        return ((AFTER, NOTES[terms.state]),)
    both = {"soft": amount(terms.soft), "hard": amount(terms.hard)}
    found = [
        (OFFLINE, UNTIL.with_params({"day": moments.show_day(terms.until)})),
        (LIMITS, (AT if terms.soft < terms.hard else AT_ONE).with_params(both)),
    ]
    if terms.hard_count is not None:
        found.append((TIMES, OF_TIMES.with_params({"uses": str(terms.uses), "most": str(terms.hard_count)})))
    if terms.renews_below is not None:
        found.append((REFILL, BELOW.with_params({"low": amount(terms.renews_below)})))
    return tuple(found)
