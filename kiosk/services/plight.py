"""What is not ordinary with this terminal, in words: what it means here, and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.bilingual import Text
from kiosk.services import words
from sync.identity import IdentityState
from sync.lanes import Lane
from sync.linereport import LineReport
from sync.policy import Link, Trouble
from sync.recovery import Recovery
from sync.wire.operation import TimeQuality


class Weight(Enum):
    STOPS = "bad"  # nothing new can be recorded, or somebody must act
    HINDERS = "warn"
    PASSES = "info"  # by itself


class WayOut(Enum):
    SET_UP_ANEW = "set-up"
    COURIER = "courier"
    NONE = ""


@dataclass(frozen=True)
class Notice:
    id: str
    weight: Weight
    title: Text
    text: Text
    way_out: WayOut = WayOut.NONE


@dataclass(frozen=True)
class Seen:
    """What there is to see of a terminal at one moment."""

    state: IdentityState
    link: Link
    trouble: Trouble | None
    report: LineReport
    quality: TimeQuality
    earlier: int = 0  # operations of lives before this one that central has not answered
    pack_expired: bool = False
    health: tuple[Text, ...] = field(default=())


NOTHING = Text("", "")
_STAYS = Text(
    "现在不能办新业务。已办的一笔不少，仍会送给中心，顾客的凭条照样有效。"
    "请向上级要一个新的登记码，用它重新设置本机，就能接着办；旧份额由中心结清",
    "Nothing new can be done here for now. Every record stays on this disk and still goes to central;"
    " customers' slips stay good. Ask your supervisor for a new code and set this terminal up anew with it"
    " to go on; central settles its old shares",
)
LOCKED: Mapping[IdentityState, tuple[Text, Text]] = {
    IdentityState.LOCKED: (
        Text("本机已锁定：数据被还原过", "Locked: this terminal's data was restored"),
        Text(f"中心知道的比这块磁盘多。{_STAYS.zh}", f"Central knows more than this disk. {_STAYS.en}"),
    ),
    IdentityState.FORKED: (
        Text("本机已锁定：记录与中心不一致", "Locked: records differ from central's"),
        Text(
            f"同一台机器出现了两份记录，中心逐笔核对。{_STAYS.zh}",
            f"There are two records of one machine; central looks at each. {_STAYS.en}",
        ),
    ),
    IdentityState.CLOSED: (
        Text("本机的登记已结束", "This enrolment is over"),
        Text(
            f"另一台机器已接替它，或上级已停用。{_STAYS.zh}",
            f"Another machine took over, or it was ended. {_STAYS.en}",
        ),
    ),
}
RECOVERY: Mapping[Recovery, tuple[Weight, Text]] = {
    Recovery.EVIDENCE: (
        Weight.PASSES,
        Text(
            "自动进行，请保持联网；本机照常办理",
            "It goes on by itself: stay online. Business goes on as usual",
        ),
    ),
    Recovery.RESENDING: (
        Weight.PASSES,
        Text("自动进行，已有的结果不会变", "It goes on by itself; results that are known do not change"),
    ),
    Recovery.ERASED: (
        Weight.HINDERS,
        Text("请保留这些业务的凭条，中心可能来问", "Keep the slips of that time: central may ask"),
    ),
    Recovery.RECONCILING: (
        Weight.HINDERS,
        Text(
            "照常办理，已有的结果不会变；份额用完后等中心恢复了再补",
            "Business goes on and known results stand; a share that is used up waits until central is back",
        ),
    ),
}
TROUBLES: Mapping[Trouble, Text] = {
    Trouble.CAPTIVE_PORTAL: Text(
        "在手机或电脑上连同一个网络，打开任意网页，按提示登录；本机会自动接通",
        "Join the same network with a phone, open any page and sign in as asked; this terminal then connects",
    ),
    Trouble.WRONG_CERTIFICATE: Text(
        "业务先记在本机，没有发给对方；可让人用优盘带走",
        "Everything is kept here, nothing went to the stranger; a courier can take it",
    ),
    Trouble.CERTIFICATE_DATES: Text(
        "业务先记在本机；请上级更换中心的证书",
        "Everything is kept here; central's certificate has to be renewed",
    ),
    Trouble.WRONG_ANSWER: Text(
        "业务先记在本机；请换一个网络，或让人用优盘带走",
        "Everything is kept here; use another network, or have it carried",
    ),
    Trouble.REFUSED: Text(
        "业务都在本机，没有丢；请把这句话报告上级",
        "All is kept here, nothing is lost; report this to your supervisor",
    ),
    Trouble.FAULT: Text(
        "业务都在本机，没有丢；请报告上级", "All is kept here, nothing is lost; report it to your supervisor"
    ),
}
EARLIER = (
    Text("重新登记前的 {count} 笔还在上传", "{count} from before the new set-up are still going up"),
    Text("自动进行，先传旧的再传新的；请保持联网", "It goes on by itself, the old ones first: stay online"),
)
BUDGET = {
    frozenset({Lane.CONTENT}): (
        Text("本月流量不多：图片和资料暂停下载", "Little data left this month: pictures and packs wait"),
        Text("业务和结果照常收发，不受影响", "Business and results are sent and received as usual"),
    ),
    frozenset({Lane.CONTENT, Lane.ATTACHMENTS}): (
        Text(
            "本月流量将尽：附件、图片和资料暂停", "Data nearly used up: attachments, pictures and packs wait"
        ),
        Text(
            "业务和结果照常收发；附件下月自动续传，急的可用优盘带走",
            "Business and results go as usual; attachments go on next month, or by courier",
        ),
    ),
}
_REPORT = Text(
    "业务都在本机，没有丢；稍后自动再试，一直不好请报告上级",
    "All is kept here; it is tried again by itself. If it stays so, report it to your supervisor",
)
_UNAFFECTED = Text("业务不受影响，稍后自动再试", "Business is not affected; it is tried again by itself")
LANES: Mapping[Lane, tuple[Weight, Text, Text]] = {
    Lane.OPERATIONS: (
        Weight.HINDERS,
        Text("业务暂时送不出去", "Business cannot be sent for now"),
        _REPORT,
    ),
    Lane.NEWS: (
        Weight.HINDERS,
        Text("结果和通知暂时收不全", "Not all results and news come in for now"),
        _REPORT,
    ),
    Lane.ATTACHMENTS: (
        Weight.PASSES,
        Text("附件暂时送不出去", "Attachments cannot be sent for now"),
        _UNAFFECTED,
    ),
    Lane.CONTENT: (
        Weight.PASSES,
        Text("资料和图片暂时取不到", "Packs and pictures cannot be fetched for now"),
        _UNAFFECTED,
    ),
}
CLOCK_UNSURE = (
    Text("本机不知道准确时间", "This terminal does not know the exact time"),
    Text(
        "业务照常记录并注明时间不准；联网一次就好",
        "Business is recorded and marked so; going online once mends it",
    ),
)
PACK_EXPIRED = (
    Text("服务资料已过期", "The service data has expired"),
    Text(
        "请尽快联网更新；过期的价格和账单不能用来收款",
        "Go online soon: old prices and bills cannot be taken money for",
    ),
)


def notices(seen: Seen) -> tuple[Notice, ...]:
    """Worst first; empty when all is ordinary."""
    found = [*locked(seen.state, WayOut.SET_UP_ANEW), *_line(seen), *_recovery(seen)]
    if seen.earlier:
        title, text = EARLIER
        found.append(Notice("earlier", Weight.PASSES, title.with_params({"count": str(seen.earlier)}), text))
    found += [Notice(f"health-{n}", Weight.HINDERS, text, NOTHING) for n, text in enumerate(seen.health)]
    if seen.quality is TimeQuality.UNKNOWN:
        found.append(Notice("clock", Weight.HINDERS, *CLOCK_UNSURE))
    if seen.pack_expired:
        found.append(Notice("pack", Weight.HINDERS, *PACK_EXPIRED))
    if seen.report.data.resting in BUDGET:
        found.append(Notice("budget", Weight.PASSES, *BUDGET[seen.report.data.resting]))
    return tuple(sorted(found, key=lambda one: list(Weight).index(one.weight)))


def locked(state: IdentityState, out: WayOut = WayOut.NONE) -> tuple[Notice, ...]:
    """Why nothing new is recorded here, if so."""
    return (Notice("locked", Weight.STOPS, *LOCKED[state], out),) if state in LOCKED else ()


def _line(seen: Seen) -> list[Notice]:
    trouble = seen.trouble
    if seen.state is not IdentityState.OPEN:
        return []
    if trouble is not None and trouble in TROUBLES:
        out = WayOut.COURIER if seen.link is Link.HOSTILE else WayOut.NONE
        return [Notice("line", Weight.HINDERS, words.of(trouble), TROUBLES[trouble], out)]
    ailing = (one.lane for one in seen.report.lanes if one.error is not None)
    return [Notice(f"lane-{lane.value}", *LANES[lane]) for lane in ailing]


def _recovery(seen: Seen) -> list[Notice]:
    """Says that business goes on: not where the terminal is locked."""
    recovery = seen.report.recovery
    if recovery not in RECOVERY or seen.state is not IdentityState.OPEN:
        return []
    weight, text = RECOVERY[recovery]
    return [Notice("recovery", weight, words.of(recovery), text)]
