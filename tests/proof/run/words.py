"""What the page says of each prover, and what it does not model; Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Both:
    zh: str
    en: str


@dataclass(frozen=True)
class Account:
    """`unit`: the count of what was tried.

    `draws`: the count of those drawn independently of each other; None where nothing is drawn (every place in
    turn, or guided), and then no bound is said.
    """

    title: Both
    what: Both
    unit: str
    draws: str | None = None
    draw: Both = Both("", "")


ACCOUNTS: Mapping[str, Account] = {
    "schedules": Account(
        Both("模拟日程", "Simulated schedules"),
        Both(
            "整套程序（终端与中心）在虚拟时间里运行：断网、重复、乱序、延迟、伪造的答复、断电、磁盘满、"
            "时钟跳变、"
            "中心从旧备份恢复、终端被克隆或从镜像恢复；随后故障消除，检查全部不变量和收敛。",
            "The whole product, terminals and central, in virtual time under a seed: lines that lose, "
            "double, delay and "
            "forge, power cuts, full disks, clocks that jump, central put back from a backup, "
            "terminals cloned or put "
            "back from an image. Then the faults end, and every invariant and convergence are checked.",
        ),
        "schedules",
        "schedules",
        Both("日程", "schedules"),
    ),
    "cuts": Account(
        Both("断电", "Power cuts"),
        Both(
            "记录真实进程的每次写入与同步，在任意位置切断：未同步的写入可能丢失、撕裂或部分落盘；再用产"
            "品自身打开并核对所有承诺。",
            "Every write and sync of the real process is recorded and cut at any place, with what was "
            "not synced lost, "
            "torn or there in part; then the product opens what is left, held against all that was "
            "promised.",
        ),
        "cuts",
        "recorded_lives",
        Both("段录制", "recordings"),
    ),
    "kills": Account(
        Both("随机杀进程", "Kills at random moments"),
        Both(
            "真实进程在随机时刻被 kill -9，同一份文件上一次接一次。",
            "The real process is killed (SIGKILL) at random moments, life after life on the same files.",
        ),
        "kills",
        "homes",
        Both("套文件", "sets of files"),
    ),
    "call kills": Account(
        Both("在每个系统调用处杀进程", "Kills at system calls"),
        Both(
            "在写入、同步、改名等系统调用的第 k 次处依次杀死进程。",
            "Killed at the k-th write, sync, rename …, one k after the other.",
        ),
        "kills_at_calls",
    ),
    "faults": Account(
        Both("磁盘出错", "Failing disk"),
        Both(
            "第 k 次系统调用返回 ENOSPC、EIO、EINTR、EMFILE 等：须明白告知、不丢失、能继续工作。",
            "The k-th system call fails with ENOSPC, EIO, EINTR, EMFILE …: it is said, nothing is "
            "lost, work goes on.",
        ),
        "fault_points",
    ),
    "weeks": Account(
        Both("五十台终端离线一周", "Fifty terminals, a week offline"),
        Both(
            "各种额度在五十台终端上离线使用，以任意次序返回：支用不超过预留，总和不变。",
            "Every kind of lease used offline at fifty terminals that return in any order: spent never "
            "above "
            "reserved, all sums constant, counted after each step.",
        ),
        "weeks",
        "weeks",
        Both("周", "weeks"),
    ),
    "mutants": Account(
        Both("故意的缺陷（正向对照）", "Deliberate bugs (positive control)"),
        Both(
            "逐个打开故意写错的代码；每一个都必须被发现，否则说明检查有盲区。",
            "The product is broken on purpose, one bug at a time; a bug that nobody catches is a blind "
            "place.",
        ),
        "mutants",
    ),
    "fuzz": Account(
        Both("畸形输入", "Malformed input"),
        Both(
            "对一切来自外部的字节做模糊测试：回执、数据包、日志段、信使包、批次、二维码。",
            "Everything that parses bytes from outside: acks, packs, journal segments, bundles, "
            "batches, QR codes.",
        ),
        "fuzz_executions",
    ),
    "stampede": Account(
        Both("同时返回", "Stampede"),
        Both("大量终端在一分钟内同时返回。", "Very many terminals that return within one minute."),
        "stampede_terminals",
        "stampedes",
        Both("次", "stampedes"),
    ),
    "journeys": Account(
        Both("长测试", "Long tests"),
        Both(
            "真实窗口、真实进程、真实中心的长流程，以及特殊断电（再次断电、同步失败）。",
            "Journeys of real windows, processes and central; cuts of special lives (cut again, failed "
            "sync).",
        ),
        "long_tests",
    ),
}

NOT_MODELLED = (
    Both(
        "谎报已同步的磁盘或虚拟机、无人写入却自行改变的字节、FAT 的两步改名。",
        "Disks or hypervisors that lie about a sync, bytes that change though nobody wrote, FAT's "
        "renames in two steps.",
    ),
    Both(
        "真正拔电源的机器：断电施加于记录下来的系统调用，不是施加于真实内核与磁盘。",
        "A machine whose plug is pulled: cuts are made in recorded system calls, not in a real kernel "
        "and disk.",
    ),
    Both(
        "Windows 与 macOS：断电、杀进程与磁盘故障只在 Linux 上进行。",
        "Windows and macOS: cuts, kills and failing disks are tried on Linux alone.",
    ),
    Both(
        "模拟器中同一时刻到达中心的两个请求；模拟器里的中心用内存中的 SQLite，PostgreSQL 只在普通测试中"
        "运行。",
        "Two requests at central at the same moment within the simulator; its central is on SQLite in "
        "memory, "
        "PostgreSQL is only under the ordinary tests.",
    ),
    Both(
        "中心自己磁盘的断电；只模拟了进程被杀和从旧备份恢复。",
        "Power cuts of central's own disk; it is killed, and put back from a backup.",
    ),
    Both(
        "被盗的密钥、掌握管理员权限的内部人员、被改动的程序。",
        "Stolen keys, insiders with an administrator's rights, a changed program.",
    ),
    Both(
        "模拟器中没有窗口、打印机、钞箱、数据包和图片；它们有各自的测试。",
        "No window, printer, cash box, packs or pictures within the simulator; they have tests of their own.",
    ),
    Both(
        "每个日程只有少数几台终端，两个周以内的时间；更多终端的相互影响只见于租约周和同时返回。",
        "A schedule has a handful of terminals; how very many act on each other is seen only in weeks "
        "and stampede.",
    ),
    Both(
        "检查没有问到的事。故意的缺陷说明它们看得见什么，并不能说明看得见一切。",
        "What no oracle asks for. The deliberate bugs show what they see, not that they see everything.",
    ),
    Both(
        "故障在现场的频率：模型中各种故障的几率是为了多见到它们而设的，与任何地方的实际无关。",
        "How often faults come in the field: the odds in the model are chosen to meet faults often, "
        "not after any place.",
    ),
)
