"""`yizhan doctor`: looks at everything a terminal stands on, changes nothing, says what to do."""

import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from kiosk.bilingual import Lang, Text, same
from kiosk.device_checks import cards, chips, printer, scanner
from kiosk.devices.fitted import Fitted
from kiosk.devices.printer import Printer
from kiosk.machine_checks import Finding, Verdict, folder, fonts, qt_version, room, sqlite_version
from kiosk.store import checkup
from kiosk.store.checkup import LedgerState
from kiosk.store.opening import Folders
from sync.errors import StoreError
from sync.keystore import LEDGER, KeyStore, Protection
from sync.wire.encoding import parse_instant

EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
CONNECT_SECONDS = 3.0


@dataclass(frozen=True)
class Patient:
    folders: Folders
    keys: KeyStore
    printer: Printer
    now: datetime
    fitted: Fitted = field(default_factory=Fitted)
    ask_central: bool = False


def examine(patient: Patient) -> tuple[Finding, ...]:
    ledger = _ledger_state(patient)
    checks: tuple[Callable[[], Finding], ...] = (
        sqlite_version,
        qt_version,
        fonts,
        lambda: folder(patient.folders.data),
        lambda: room(patient.folders.data),
        lambda: keys(patient.keys),
        lambda: ledger_and_journal(ledger),
        lambda: kept_files(patient.folders),
        lambda: clock(patient.now, ledger),
        lambda: pack(patient.now, ledger),
        lambda: printer(patient.printer),
        lambda: cards(patient.fitted.cards),
        lambda: chips(patient.fitted.chips),
        lambda: scanner(patient.fitted.scanner),
        lambda: central(ledger, patient.ask_central),
    )
    return tuple(check() for check in checks)


def exit_code(findings: Iterable[Finding]) -> int:
    return int(any(finding.verdict is Verdict.BAD for finding in findings))


_SIGNS = {Verdict.GOOD: "✓", Verdict.ABSENT: "–", Verdict.NOTE: "·", Verdict.BAD: "✗"}


def report(findings: Sequence[Finding], lang: Lang) -> str:
    lines = []
    for finding in findings:
        lines.append(f"{_SIGNS[finding.verdict]} {finding.what.of(lang)}：{finding.words.of(lang)}")
        if finding.remedy is not None:
            lines.append(f"    → {finding.remedy.of(lang)}")
    bad = sum(finding.verdict is Verdict.BAD for finding in findings)
    end = Text(f"{bad} 处必须处理", f"{bad} to be dealt with") if bad else Text("可以营业", "fit for service")
    return "\n".join([*lines, end.of(lang)])


def keys(store: KeyStore) -> Finding:
    what = Text("数据密钥", "keys to the data")
    try:
        there = store.get(LEDGER) is not None
    except StoreError as error:
        words = Text(f"打不开：{error}", f"cannot be opened: {error}")
        remedy = Text("恢复密钥文件的备份，切勿删除数据", "restore the key file; never delete the data")
        return Finding(what, Verdict.BAD, words, remedy)
    if store.protection is Protection.OBFUSCATED:
        words = Text(
            "仅作混淆，偷走磁盘者能读出数据", "obfuscated only: a thief of the disk can read the data"
        )
        remedy = Text("正式营业前改用口令或硬件保护", "use a passphrase or hardware before real service")
        return Finding(what, Verdict.NOTE, words, remedy)
    return Finding(
        what, Verdict.GOOD, Text("有", "present") if there else Text("首次启动时生成", "made at first start")
    )


def _ledger_state(patient: Patient) -> LedgerState | StoreError | None:
    try:
        return checkup.look(patient.folders, patient.keys)
    except StoreError as error:
        return error


Looked = LedgerState | StoreError | None


def ledger_and_journal(state: Looked) -> Finding:
    what = Text("账本与流水", "ledger and journal")
    if state is None:
        return Finding(what, Verdict.GOOD, Text("还没有，首次启动时建立", "none yet, made at first start"))
    if isinstance(state, StoreError):
        words = Text(f"有问题：{state}", f"there is trouble: {state}")
        return Finding(
            what,
            Verdict.BAD,
            words,
            Text("重新启动，会自动修复；不行就联系上级", "restart: it mends itself; otherwise call for help"),
        )
    if state.faults:
        listed = "; ".join(state.faults[:3])
        words = Text(f"有损坏：{listed}", f"damaged: {listed}")
        if all(fault.startswith(checkup.OF_JOURNAL) for fault in state.faults):
            remedy = Text(
                "账本完好：关闭程序后运行 yizhan new-journal，旧流水会另存",
                "the ledger is sound: close the program and run yizhan new-journal; the old journal is kept",
            )
            return Finding(what, Verdict.BAD, words, remedy)
        return Finding(
            what,
            Verdict.BAD,
            words,
            Text("重新启动，用流水重建账本", "restart: the ledger is rebuilt from the journal"),
        )
    words = Text(
        f"完好，{state.operations} 笔业务，{state.waiting} 笔待上传",
        f"sound, operations: {state.operations}, {state.waiting} to send",
    )
    return Finding(what, Verdict.GOOD, words)


def kept_files(folders: Folders) -> Finding:
    """Copies from before an upgrade, and what was damaged and put aside: never deleted by the program."""
    what = Text("留存的文件", "files kept")
    copies, aside = checkup.copies(folders), checkup.put_aside(folders)
    if not copies and not aside:
        return Finding(what, Verdict.GOOD, Text("没有", "none"))
    listed = ", ".join(path.name for path in (*copies, *aside))
    if aside:
        remedy = Text(
            "这些是损坏时留下的证据，审计看过之前不要删除",
            "evidence of damage: delete nothing before an auditor has seen it",
        )
        return Finding(what, Verdict.NOTE, same(listed), remedy)
    remedy = Text(
        "升级前的副本。退回旧版本只能在升级后没有办过业务时：关闭程序，装旧版本，把 ledger.db 移走，"
        "再把副本改名为 ledger.db。已经办过业务就不能退回，继续用新版本",
        "copies from before an upgrade. Going back is possible only while nothing was recorded since: close"
        " the program, install the older one, move ledger.db away, rename the copy to ledger.db. Once"
        " something was recorded, stay with the newer program",
    )
    return Finding(what, Verdict.NOTE, same(listed), remedy)


def clock(now: datetime, state: Looked) -> Finding:
    what = Text("时钟", "clock")
    floor = EARLIEST
    if isinstance(state, LedgerState) and state.newest is not None:
        floor = max(floor, parse_instant(state.newest))
    words = same(now.astimezone().strftime("%Y-%m-%d %H:%M:%S %z"))
    if now < floor - timedelta(minutes=2):
        told = Text(
            f"{words.zh}，早于最近一笔业务 {floor:%Y-%m-%d}",
            f"{words.en}, before the last operation of {floor:%Y-%m-%d}",
        )
        return Finding(
            what,
            Verdict.NOTE,
            told,
            Text("校准系统时间；业务按中心的时间记录", "set the clock; business goes by central's time"),
        )
    return Finding(what, Verdict.GOOD, words)


def pack(now: datetime, state: Looked) -> Finding:
    what = Text("服务资料", "county pack")
    if not isinstance(state, LedgerState) or state.pack is None:
        return Finding(what, Verdict.NOTE, Text("还没有下载", "not fetched yet"))
    until = parse_instant(state.pack.expires_at)
    words = Text(
        f"版本 {state.pack.version}，有效期到 {until:%Y-%m-%d}",
        f"version {state.pack.version}, good until {until:%Y-%m-%d}",
    )
    if now < until:
        return Finding(what, Verdict.GOOD, words)
    return Finding(
        what,
        Verdict.NOTE,
        words,
        Text("联网更新；过期的账单不能收", "go online; expired bills cannot be paid"),
    )


def central(state: Looked, ask: bool) -> Finding:
    what = Text("中心", "central")
    if not isinstance(state, LedgerState) or state.central_url is None:
        return Finding(what, Verdict.NOTE, Text("本机还没有登记", "this terminal is not enrolled"))
    if not ask:
        return Finding(
            what, Verdict.NOTE, Text(f"{state.central_url}（没有去连）", f"{state.central_url} (not tried)")
        )
    address = urlsplit(state.central_url)
    try:
        socket.create_connection((address.hostname or "", address.port or 443), CONNECT_SECONDS).close()
    except OSError as error:
        words = Text(
            f"{state.central_url} 连不上：{error}", f"{state.central_url} cannot be reached: {error}"
        )
        return Finding(
            what,
            Verdict.NOTE,
            words,
            Text("没有网络也能营业，联网后自动上传", "service goes on; it is sent when the line is back"),
        )
    return Finding(what, Verdict.GOOD, Text(f"{state.central_url} 连得上", f"{state.central_url} answers"))
