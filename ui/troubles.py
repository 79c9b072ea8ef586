"""Words for what may go wrong below the screen, for the person who stands in front of it."""

from __future__ import annotations

from kiosk.bilingual import Text
from kiosk.devices.printer import PaperOut, PrinterError, Unplugged
from kiosk.services.errors import Refused
from sync import errors

_WORDS: tuple[tuple[type[Exception], Text], ...] = (
    (PaperOut, Text("打印机没有纸了，装好纸再试", "The printer is out of paper: load a roll and try again")),
    (Unplugged, Text("打印机没有接好，检查后再试", "The printer does not answer: check it and try again")),
    (
        PrinterError,
        Text(
            "打印没有成功，凭条已保存，可以再打", "Printing failed; the slip is kept and can be printed again"
        ),
    ),
    (
        errors.DiskFull,
        Text(
            "本机存储已满，这一笔没有记下。请联系上级腾出空间",
            "The disk is full and nothing was recorded. Free some space first",
        ),
    ),
    (
        errors.ReadOnly,
        Text(
            "本机数据目录不能写入，这一笔没有记下", "The data folder cannot be written; nothing was recorded"
        ),
    ),
    (
        errors.Busy,
        Text("数据正被别的程序占用，请稍候再试", "The data is held by another program: try again shortly"),
    ),
    (
        errors.Damaged,
        Text("本机数据文件损坏，请联系上级", "A data file on this machine is damaged: call for help"),
    ),
    (
        errors.DiskFailing,
        Text("本机磁盘读写出错，请联系上级", "This machine's disk does not read or write: call for help"),
    ),
    (
        errors.NewerFile,
        Text(
            "数据由更新版本的程序写成，请先升级本程序",
            "The data was written by a newer version: update this program first",
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
    (errors.NotEnrolled, Text("本机还没有登记", "This terminal is not enrolled")),
    (errors.WorldError, Text("没有办成，请再试一次", "It did not work: please try again")),
)
_OTHERWISE = Text("现在不能办理", "This cannot be done now")


def trouble_text(error: errors.RefusedError | errors.WorldError) -> Text:
    if isinstance(error, Refused):
        return error.text
    return next((words for kind, words in _WORDS if isinstance(error, kind)), _OTHERWISE)
