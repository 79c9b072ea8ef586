"""What the frame says about the clock, the link and the queue, in one function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.bilingual import Lang, Text, same
from kiosk.services import moments, words
from sync.policy import Link
from ui.ports import Line

NONE = same("")
KINDS: dict[Link, tuple[str, str]] = {
    Link.UNKNOWN: ("neutral", "refresh"),
    Link.ONLINE: ("good", "online"),
    Link.OFFLINE: ("warn", "offline"),
    Link.HOSTILE: ("bad", "warn"),
    Link.LOCKED: ("bad", "lock"),
}
BANNERS: dict[Link, Text] = {
    Link.OFFLINE: Text(
        "现在没有网络：能办的照样办，先记录，联网后自动送出",
        "No network now: what can be done is recorded here and sent by itself later",
    ),
    Link.HOSTILE: Text(
        "这个网络不可信或要先登录：能办的照样办，先记在本机；请工作人员检查网络",
        "This network needs sign-in or is not to be trusted: business is kept here. Staff, please check it",
    ),
    Link.LOCKED: Text(
        "本机已锁定，暂不能办新业务；已办的都在，凭条有效。请等工作人员处理",
        "This terminal is locked: nothing new for now. What was done is safe, slips stay good. Ask staff",
    ),
}


@dataclass(frozen=True)
class Standing:
    clock: str
    line: str
    kind: str
    icon: str
    offline: str
    queue: str


@dataclass(frozen=True)
class Words:
    clock: Text
    line: Text
    kind: str
    icon: str
    offline: Text
    queue: Text

    def of(self, lang: Lang) -> Standing:
        return Standing(
            clock=self.clock.of(lang),
            line=self.line.of(lang),
            kind=self.kind,
            icon=self.icon,
            offline=self.offline.of(lang),
            queue=self.queue.of(lang),
        )


def standing(line: Line, waiting: int, now: datetime) -> Words:
    kind, icon = KINDS[line.link]
    queue = Text(f"待发 {waiting} 笔", f"{waiting} to send") if waiting else Text("全部送达", "All sent")
    return Words(
        clock=moments.show(now),
        line=words.of(line.link),
        kind=kind,
        icon=icon,
        offline=BANNERS.get(line.link, NONE),
        queue=queue,
    )
