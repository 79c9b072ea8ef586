"""Text as it is said aloud: amounts, dates, numbers and codes in words that a voice can say."""

import calendar
import re
from collections.abc import Callable

from kiosk.bilingual import Lang

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
GROUPS = ("", "万", "亿", "万亿")
MEASURES = "个件张笔盒种天次份瓶桶袋步项位条台户月处"
MONTHS = tuple(calendar.month_name)
ABBREVIATED = tuple(name[:3] for name in MONTHS)

PERSONAL = re.compile(r"(?<![\dA-Za-z])(?:1[3-9]\d{5}|\d{14})(\d{3}[\dXx])(?![\dA-Za-z])")
"""A telephone or an identity number: in a hall only its end is said aloud."""
MASKED = re.compile(r"[\w-]*\*{2,}(\w*)")
AMOUNT = re.compile(r"(-?)¥(\d[\d,]*)(?:\.(\d{2}))?(?:\s*/\s*(\S+))?")
MOMENT = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[ T](\d{2}):(\d{2}))?(?![\d-])")
NAMED = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?(?:\s*(\d{2}):(\d{2}))?")
NAMED_EN = re.compile(r"(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?=\d{4})")
CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])")
TIMES = re.compile(r"\s*×\s*(\d+)")
CODE = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+|\d{5,}")
NUMBER = re.compile(rf"(第\s*)?(\d+)(?:\.(\d+))?(\s*[{MEASURES}])?")
HIDDEN_NAME = re.compile(r"(?<![\w*])\*(?=[\u3400-\U0003ffff])|(?<=[\u3400-\U0003ffff])\*+")
BREAK = re.compile(r"(?<=[\u3000-\U0003ffff])\s+(?=[\u3000-\U0003ffff])|\n")
SPACE = re.compile(r"(?<=[\u3000-\U0003ffff])\s+|\s+(?=[\u3000-\U0003ffff])")
SIGNS = {"·": "，", "“": "", "”": "", "（": "，", "）": "，", "–": "到"}


def say(text: str, lang: Lang) -> str:
    """What a voice is given for a text of the screen."""
    return _chinese(text) if lang is Lang.ZH else _english(text)


def number(value: int) -> str:
    """A whole number in Chinese words."""
    if value < 0:
        return "负" + number(-value)
    parts = []
    rest, place = value, 0
    while rest:
        rest, group = divmod(rest, 10_000)
        if group:
            parts.append(_group(group, short=rest == 0) + GROUPS[place])
        place += 1
    return "".join(reversed(parts)) or DIGITS[0]


def _group(value: int, short: bool) -> str:
    """Four digits; `short`: nothing stands before them, so that 12 is 十二 and 0300 has no 零."""
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            said += (DIGITS[0] if gap and (said or not short) else "") + DIGITS[digit] + PLACES[place]
        gap = digit == 0
    return said[1:] if short and said.startswith("一十") else said


def spelled(code: str, lang: Lang) -> str:
    """Sign by sign, as one reads a receipt number over the telephone."""
    if lang is Lang.ZH:
        return " ".join(DIGITS[int(c)] if c.isdecimal() else c.upper() for c in code if c.isalnum())
    return " ".join(c.upper() for c in code if c.isalnum())


def yuan(fen: int) -> str:
    """An amount in Chinese words: 一百三十二元六角二分."""
    whole, part = divmod(abs(fen), 100)
    jiao, single = divmod(part, 10)
    said = f"{number(whole)}元" if whole or not part else ""
    said += f"{DIGITS[jiao]}角" if jiao else "零" if single and whole else ""
    said += f"{DIGITS[single]}分" if single else ""
    return ("负" if fen < 0 else "") + said


def _chinese(text: str) -> str:
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (BREAK, lambda _: "，"),
        (PERSONAL, lambda m: f"尾号{spelled(m[1], Lang.ZH)}"),
        (MASKED, lambda m: f"尾号{spelled(m[1], Lang.ZH)}" if m[1] else "不显示"),
        (AMOUNT, lambda m: ("每" + m[4] if m[4] else "") + yuan(_fen(m))),
        (MOMENT, _moment),
        (NAMED, _moment),
        (CLOCK, lambda m: _time(m[1], m[2])),
        (TIMES, lambda m: f"，数量{number(int(m[1]))}"),
        (CODE, lambda m: spelled(m[0], Lang.ZH)),
        (NUMBER, _count),
        (HIDDEN_NAME, lambda _: "某"),
        (SPACE, lambda _: ""),
    )
    for pattern, put in steps:
        text = pattern.sub(put, text)
    return tidy(text)


def _english(text: str) -> str:
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (BREAK, lambda _: "，"),
        (PERSONAL, lambda m: f"ending {spelled(m[1], Lang.EN)}"),
        (MASKED, lambda m: f"ending {spelled(m[1], Lang.EN)}" if m[1] else "hidden"),
        (AMOUNT, lambda m: _yuan_en(_fen(m)) + (f" per {m[4]}" if m[4] else "")),
        (MOMENT, _moment_en),
        (NAMED_EN, lambda m: f"{m[1]} {MONTHS[ABBREVIATED.index(m[2])]} "),
        (TIMES, lambda m: f", quantity {m[1]}"),
        (CODE, lambda m: spelled(m[0], Lang.EN)),
        (HIDDEN_NAME, lambda _: ""),
    )
    for pattern, put in steps:
        text = pattern.sub(put, text)
    return re.sub(r"\s*，\s*", ", ", tidy(text))


def tidy(text: str) -> str:
    for sign, put in SIGNS.items():
        text = text.replace(sign, put)
    return re.sub(r"，[，\s]*(?=[，。？！；：]|$)|^[，\s]+", "", re.sub(r"[ \t]{2,}", " ", text)).strip()


def _fen(found: re.Match[str]) -> int:
    fen = int(found[2].replace(",", "")) * 100 + int(found[3] or 0)
    return -fen if found[1] else fen


def _yuan_en(fen: int) -> str:
    whole, part = divmod(abs(fen), 100)
    return f"{'minus ' if fen < 0 else ''}{whole}{f'.{part:02d}' if part else ''} yuan"


def _moment(found: re.Match[str]) -> str:
    year, month, day, hour, minute = found.groups()
    said = spelled(year, Lang.ZH).replace(" ", "") + "年" + number(int(month)) + "月"
    said += number(int(day)) + "日" if day else ""
    return said + (_time(hour, minute) if hour else "")


def _time(hour: str, minute: str) -> str:
    if int(minute) == 0:
        return f"{number(int(hour))}点"
    return f"{number(int(hour))}点{'零' if int(minute) < 10 else ''}{number(int(minute))}分"


def _moment_en(found: re.Match[str]) -> str:
    year, month, day, hour, minute = found.groups()
    named = MONTHS[int(month)] if 1 <= int(month) <= 12 else month
    said = f"{int(day)} {named} {year}" if day else f"{named} {year}"
    return said + (f", {hour}:{minute}" if hour else "")


def _count(found: re.Match[str]) -> str:
    ordinal, whole, part, measure = found.groups()
    said = number(int(whole)) + ("点" + spelled(part, Lang.ZH).replace(" ", "") if part else "")
    if measure and said == "二" and not ordinal:
        said = "两"
    return (ordinal or "").strip() + said + (measure or "").strip()
