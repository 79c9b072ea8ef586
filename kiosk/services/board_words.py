"""The board's words: what an offline class means to a person, what is left, when the line is tried."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.bilingual import Text
from kiosk.services import money
from kiosk.services.offer import Left
from kiosk.services.offline import Offline
from sync.policy import Link
from sync.wire.rights import Sort

HOW: Mapping[Offline, Text] = MappingProxyType(
    {
        Offline.CACHED: Text(
            "内容就存在本机，没有网络也能看、能打印",
            "Kept on this machine: can be read and printed with no network",
        ),
        Offline.DRAFT: Text(
            "在这里填好，给您一张受理单；联网后送给办理单位",
            "Fill it in here and take a slip; it goes to the office when the network is there",
        ),
        Offline.QUEUED: Text(
            "现在就收下，给您一张受理单；联网后由中心办，凭单回来看结果",
            "Taken down now, with a slip; central does it later, and the slip shows the result",
        ),
        Offline.ALLOTTED: Text(
            "用的是已经分给本点的份额，当场办结，不用等网络",
            "Uses what is set aside for this point: done on the spot, no network needed",
        ),
        Offline.ONLINE: Text(
            "要当场和对方核对，没有网络办不了",
            "Must be checked with the other side at that moment: not without the network",
        ),
    }
)
SECURED = Text(
    "现在收钱，给您一张受理单；联网后由中心办。万一没办成，现金在本点全额退还",
    "Cash is taken now, with a slip; central does it later. If it fails, all of it is paid back here",
)
CALLBACK = Text("须联网，可登记回电", "Needs the network: ask for a call")
AS_OF = Text("数据截至 {at}", "Data of {at}")
DATA, SYNC, LEFT_HERE, OPERATOR, PARTNER = (
    Text("数据", "Data"),
    Text("网络", "Network"),
    Text("本点还剩", "Left here"),
    Text("值守员", "Operator"),
    Text("办理单位", "Done by"),
)
DATA_GOOD = Text("截至 {at}，{until} 前有效", "as of {at}, good until {until}")
DATA_OLD = Text("截至 {at}，已于 {until} 过期", "as of {at}, out of date since {until}")
LEFT = Text("本点余 {left}", "{left} left here")
LEFTS: Mapping[Sort, Text] = MappingProxyType(
    {
        Sort.FLOAT: Text("还可收 {left}", "{left} of float left"),
        Sort.COUPON: Text("还能用券 {left} 张", "{left:coupon|coupons} left here"),
    }
)
LASTS = Text("，没有网络也能用到 {at}", ", good until {at} even with no network")
OPERATOR_HERE = Text("在", "here")
OPERATOR_NEEDED = Text("收付现金要值守员在场，请叫一声", "must be there to handle cash: please call")
OPERATOR_AT = Text("收付现金要值守员在场，{at} 上班", "must be there to handle cash: from {at}")
NO_OPERATOR = Text("这里没有值守员，不收付现金", "none here: no cash is handled at this machine")
LINES: Mapping[Link, Text] = MappingProxyType(
    {
        Link.ONLINE: Text("通的，办完随时送到中心", "there: what is done goes to central at once"),
        Link.OFFLINE: Text("没有，一通就自动送出", "none: sent by itself when it is back"),
        Link.UNKNOWN: Text("正在连接", "connecting"),
        Link.HOSTILE: Text("不可信，请工作人员检查", "not to be trusted: staff must look"),
        Link.LOCKED: Text("本机已锁定，等工作人员处理", "this terminal is locked: staff must look"),
    }
)
BRIEFLY: Mapping[Link, Text] = MappingProxyType(
    {
        Link.ONLINE: Text("网络正常", "online"),
        Link.OFFLINE: Text("没有网络", "offline"),
        Link.UNKNOWN: Text("正在连接", "connecting"),
        Link.HOSTILE: Text("网络不可信", "network not trusted"),
        Link.LOCKED: Text("本机已锁定", "locked"),
    }
)
TRIED_BRIEFLY = Text("没有网络，{at} 再试", "offline, tried {at}")
TRIED = Text("没有，{at} 再试", "none, tried again {at}")


def stands(link: Link, next_try: Text | None) -> Text:
    """The next chance of an exchange with central."""
    if link is Link.OFFLINE and next_try is not None:
        return TRIED.with_params({"at": next_try})
    return LINES[link]


def briefly(link: Link, next_try: Text | None) -> Text:
    if link is Link.OFFLINE and next_try is not None:
        return TRIED_BRIEFLY.with_params({"at": next_try})
    return BRIEFLY[link]


def left_of(left: Left) -> Text:
    amount = money.show(left.amount) if left.unit == "fen" else str(left.amount)
    text = LEFT if left.sort is None else LEFTS.get(left.sort, LEFT)
    return text.with_params({"left": amount})


def lasts(day: Text) -> Text:
    return LASTS.with_params({"at": day})
