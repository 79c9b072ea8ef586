"""Words for what may go wrong below the screen, for the person who stands in front of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.bilingual import Text
from kiosk.devices.idcard import CardError, CardUnreadable
from kiosk.devices.printer import CoverOpen, Jammed, PaperOut, PrinterError, Unplugged
from kiosk.services.errors import Refused
from sync import errors, failures
from sync.wire.problems import Problem

_WORDS: tuple[tuple[type[Exception], Text], ...] = (
    (PaperOut, Text("打印机没有纸了，装好纸再试", "Out of paper: load a roll and try again")),
    (CoverOpen, Text("打印机的盖子开着，合上再试", "The printer's cover is open: close it and try again")),
    (
        Jammed,
        Text(
            "打印机卡住了：断电取出卡纸，再开机",
            "The printer is stuck: switch it off, take out the paper, switch it on",
        ),
    ),
    (Unplugged, Text("打印机没有接好，检查后再试", "The printer does not answer: check it")),
    (PrinterError, Text("打印没有成功，凭条已保存，可以再打", "Printing failed; the slip is kept")),
    (
        CardUnreadable,
        Text("证件没有读出来，请平放好再试", "The card could not be read: lay it flat and try again"),
    ),
    (
        CardError,
        Text("读卡器没有接好，可以不用证件办理", "The card reader does not answer: go on without it"),
    ),
    (errors.DiskFull, Text("本机存储已满，没有记下，请联系上级", "The disk is full: nothing was recorded")),
    (
        errors.ReadOnly,
        Text("本机数据目录不能写入，没有记下", "The data folder is read-only: nothing recorded"),
    ),
    (errors.Busy, Text("数据正被别的程序占用，请稍候再试", "The data is in use: try again shortly")),
    (
        errors.DiskFailing,
        Text("本机磁盘读写出错，请联系上级", "This machine's disk does not read or write: call for help"),
    ),
    (errors.Damaged, Text("本机数据文件损坏，请联系上级", "A data file is damaged: call for help")),
    (
        errors.JournalMissing,
        Text(
            "流水所在的第二块盘不见了，请接好后再试；盘已换新时，请上级运行 yizhan new-journal",
            "The second disk with the journal is missing: connect it and try again. If it was replaced,"
            " someone in charge runs: yizhan new-journal",
        ),
    ),
    (
        errors.NewerFile,
        Text(
            "数据由更新版本的程序写成，请先升级本程序",
            "The data was written by a newer version: update this program first",
        ),
    ),
    (
        errors.UnsafeLibrary,
        Text(
            "本程序所带的数据库组件版本过旧，可能丢失记录，已拒绝启动；请重新安装驿站",
            "The database part of this program is too old to be safe: install Yizhan again",
        ),
    ),
    (
        errors.AlreadyRunning,
        Text("驿站已经在这台机器上运行", "Yizhan is already running on this data folder"),
    ),
    (
        errors.KeyUnavailable,
        Text(
            "数据密钥打不开，请恢复密钥文件的备份；切勿删除数据",
            "The key to the data cannot be had: restore the key file; never delete the data",
        ),
    ),
    (errors.LeaseExhausted, Text("本点的份额已用完", "This point's share is used up")),
    (errors.TokenSpent, Text("已经用过，不能再用", "Used before, it cannot be used again")),
    (
        errors.PayloadTooLarge,
        Text("内容太长，记录不下，请缩短", "Too long to be recorded: please shorten it"),
    ),
    (
        errors.NoSealingKey,
        Text(
            "本机还没有中心的加密钥匙，请先联网一次",
            "Central's key to seal to is not here yet: go online once",
        ),
    ),
    (errors.NotEnrolled, Text("本机还没有登记", "This terminal is not enrolled")),
    (errors.BadCode, Text("登记码不对，请照单子再输一遍", "Not an enrolment code: type it again as printed")),
    (errors.NotReached, Text("请先填中心地址和登记码", "First give central's address and the code")),
    (errors.WrongHash, Text("下载的数据不完整，请再试一次", "The download is not whole: please try again")),
    (errors.BadPack, Text("下载的数据装不进去，请联系上级", "The data cannot be loaded: call for help")),
    (failures.WrongCertificate, Text("中心的证书不对，已拒绝连接", "Wrong certificate: connection refused")),
    (
        failures.HostileAnswer,
        Text("应答不是中心发的，请检查网络", "Something else answered: check the network"),
    ),
    (
        failures.AnswerLost,
        Text("中心的应答没有收到，请再试一次", "Central's answer was lost: please try again"),
    ),
    (
        failures.NoLink,
        Text("连不上中心，请检查网线和地址", "Central cannot be reached: check cable and address"),
    ),
    (failures.CentralBusy, Text("中心繁忙，请稍候再试", "Central is busy: try again shortly")),
    (errors.WorldError, Text("没有办成，请再试一次", "It did not work: please try again")),
)
STICK_FULL = Text(
    "优盘满了，没有写完：删掉别的文件或换一个", "The stick is full: free some room or take another"
)
STICK_SHUT = Text(
    "优盘是只读的：拨开写保护或换一个", "The stick is write-protected: unlock it or take another"
)
STICK_GONE = Text(
    "优盘拔掉了或读写出错；本机什么也没丢，插好再试一次",
    "The stick was pulled out or fails. Nothing is lost here: put it in and try again",
)
_PROBLEMS: dict[Problem | None, Text] = {
    Problem.CODE_UNKNOWN: Text("中心不认识这个登记码", "Central does not know this code"),
    Problem.CODE_USED: Text("这个登记码已经用过，请要一个新的", "This code has been used: ask for a new one"),
    Problem.POINT_UNKNOWN: Text("中心没有这个服务点", "Central does not know this point"),
}
_OTHERWISE = Text("现在不能办理", "This cannot be done now")


def stick_text(error: errors.StoreError, places: Sequence[Path]) -> Text:
    """Of work with a stick: the stick's own trouble, or that of this machine's disk."""
    if not any(Path(error.file).is_relative_to(place) for place in places):
        return trouble_text(error)
    match error:
        case errors.DiskFull():
            return STICK_FULL
        case errors.ReadOnly():
            return STICK_SHUT
        case _:
            return STICK_GONE


def trouble_text(error: errors.RefusedError | errors.WorldError) -> Text:
    if isinstance(error, Refused):
        return error.text
    if isinstance(error, failures.Refusal) and error.problem in _PROBLEMS:
        return _PROBLEMS[error.problem]
    return next((words for kind, words in _WORDS if isinstance(error, kind)), _OTHERWISE)
