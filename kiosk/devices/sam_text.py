"""The 256 bytes of text on an ID card (GA 467), read and checked.

UTF-16LE in fields of fixed width, filled with spaces: name 15 characters, sex 1, nation 2, born 8,
address 35, number 18, authority 15, valid from 8, valid to 8, spare 18; one of these says the kind of card.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from kiosk.devices import idnumber
from kiosk.devices.idcard import CardUnreadable, IdCard
from kiosk.devices.idnumber import Sex

LENGTH = 256
_WIDTHS = (15, 1, 2, 8, 35, 18, 15, 8, 8)
_KIND = 124  # the character
_PERMIT = "J"  # of a resident from Hong Kong, Macao or Taiwan: the same fields, no nation
_LONG_TERM = "长期"
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}
# fmt: off
NATIONS = (
    "汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜",
    "满", "侗", "瑶", "白", "土家", "哈尼", "哈萨克", "傣", "黎", "傈僳",
    "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土",
    "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米",
    "塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔",
    "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺",
)
# fmt: on
"""GB/T 3304, from 01 on."""
_OTHERS = {"97": "其他", "98": "外国血统中国籍人士"}


def card_of(block: bytes) -> IdCard:
    """Raises CardUnreadable, which says what does not fit and nothing of the person."""
    if len(block) != LENGTH:
        raise CardUnreadable(f"{len(block)} bytes of text")
    kind = _text(block[2 * _KIND : 2 * _KIND + 2])
    if kind not in ("", _PERMIT):
        raise CardUnreadable("another kind of card")
    name, sex, nation, born, address, number, _, since, until = _fields(block)
    card = IdCard(
        name=name,
        sex=_sex(sex),
        nation="" if kind == _PERMIT else _nation(nation),
        born=_day(born),
        address=address,
        number=number.upper(),
        valid_from=_day(since),
        valid_to=None if until == _LONG_TERM else _day(until),
    )
    agree(card)
    return card


def block_of(card: IdCard, authority: str, kind: str = " ") -> bytes:
    """As a module sends it."""
    nation = f"{NATIONS.index(card.nation) + 1:02d}" if card.nation else ""
    sex = next(code for code, one in _SEXES.items() if one is card.sex)
    until = _LONG_TERM if card.valid_to is None else f"{card.valid_to:%Y%m%d}"
    values = (card.name, sex, nation, f"{card.born:%Y%m%d}", card.address, card.number, authority)
    dates = (f"{card.valid_from:%Y%m%d}", until)
    parts = zip((*values, *dates), _WIDTHS, strict=True)
    fields = b"".join(_filled(text, width) for text, width in parts)
    return fields + _filled(" " * (_KIND - sum(_WIDTHS)) + kind, LENGTH // 2 - sum(_WIDTHS))


def _filled(text: str, width: int) -> bytes:
    """`width` in units of two bytes: a rare character takes two of them."""
    raw = text.encode("utf-16-le")
    assert len(raw) <= 2 * width, "longer than its field"
    return raw + b" \0" * (width - len(raw) // 2)


def _fields(block: bytes) -> list[str]:
    ends = [2 * sum(_WIDTHS[:n]) for n in range(len(_WIDTHS) + 1)]
    return [_text(block[start:end]) for start, end in pairwise(ends)]


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-16-le").rstrip("\0 \u3000")
    except UnicodeDecodeError as error:
        raise CardUnreadable("text that is none") from error


def _sex(code: str) -> Sex:
    if code not in _SEXES:
        raise CardUnreadable("no known sex")
    return _SEXES[code]


def _nation(code: str) -> str:
    if code in _OTHERS:
        return _OTHERS[code]
    place = int(code) if len(code) == 2 and code.isascii() and code.isdigit() else 0
    if not 1 <= place <= len(NATIONS):
        raise CardUnreadable("no known nation")
    return NATIONS[place - 1]


def _day(text: str) -> date:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise CardUnreadable("a date that is none")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise CardUnreadable("a date that is none") from error


def agree(card: IdCard) -> None:
    """What is printed on a card fits its number. Raises CardUnreadable."""
    if not card.name or not card.name.isprintable():
        raise CardUnreadable("no name")
    if not idnumber.valid(card.number):
        raise CardUnreadable("a number whose check does not fit")
    if (idnumber.born(card.number), idnumber.sex(card.number)) != (card.born, card.sex):
        raise CardUnreadable("a number of somebody else")
