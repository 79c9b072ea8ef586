"""How names and numbers of people are shown, printed and told everywhere but where they are typed.

Masking what is masked already changes nothing.
"""

import re
import unicodedata

STAR = "*"
MOST_STARS = 2
NUMBER_LENGTH, NUMBER_HEAD, NUMBER_TAIL = 18, 6, 4
PHONE_HEAD, PHONE_TAIL = 3, 4
COMPOUND = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "夏侯",
        "长孙",
        "宇文",
        "端木",
        "百里",
        "南宫",
        "西门",
        "独孤",
        "东郭",
        "呼延",
        "轩辕",
    ]
)
_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])", re.ASCII)
_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])", re.ASCII)


def name(whole: str) -> str:
    """`张*`, `欧阳**`; of one character nothing is left."""
    characters = _characters(whole.strip())
    kept = 2 if len(characters) > 2 and "".join(characters[:2]) in COMPOUND else 1
    if len(characters) <= 1:
        return STAR if characters else ""
    return "".join(characters[:kept]) + STAR * min(len(characters) - kept, MOST_STARS)


def unless_masked(said: str) -> str:
    """A name that was to come masked, however its sender does that."""
    return said if STAR in said else name(said)


def number(whole: str) -> str:
    """`511602********1234`; a shorter one keeps its last four."""
    text = "".join(whole.split())
    head = NUMBER_HEAD if len(text) >= NUMBER_LENGTH else 0
    return _middle(text, head, NUMBER_TAIL)


def phone(whole: str) -> str:
    """`138****1234`; of a short one the last two."""
    text = re.sub(r"[\s-]", "", whole)
    short = len(text) < PHONE_HEAD + PHONE_TAIL + 3
    return _middle(text, 0, 2) if short else _middle(text, PHONE_HEAD, PHONE_TAIL)


def within(text: str) -> str:
    """Free text with every ID number and mobile number in it masked."""
    text = _ID_NUMBER.sub(lambda found: number(found[0]), text)
    return _MOBILE.sub(lambda found: phone(found[0]), text)


def _middle(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    return text if hidden <= 0 else text[:head] + STAR * hidden + text[len(text) - tail :]


def _characters(text: str) -> list[str]:
    """A mark that belongs to the character before it stays with it."""
    found: list[str] = []
    for one in text:
        if found and (unicodedata.combining(one) or unicodedata.category(one) == "Mn"):
            found[-1] += one
        else:
            found.append(one)
    return found
