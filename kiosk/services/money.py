"""Money as people write it, and as whole fen."""

import re
import unicodedata

from kiosk.services.errors import Refused, Why

SHAPE = re.compile(r"(-?)[¥￥]?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{0,2}))?元?")
LONGEST = 20


def parse(text: str) -> int:
    """Fen of "5.3", "5.30", "￥1,234.5" or "５元"; raises Refused."""
    plain = unicodedata.normalize("NFKC", text).replace("。", ".").replace(" ", "")
    found = SHAPE.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None:
        raise Refused(Why.NOT_MONEY, text=text[:20])
    sign, yuan, fraction = found.groups()
    fen = int(yuan.replace(",", "")) * 100 + int((fraction or "").ljust(2, "0"))
    return -fen if sign else fen


def show(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def plain(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def positive(fen: int) -> int:
    """The amount itself, refused unless there is something to pay."""
    if fen == 0:
        raise Refused(Why.AMOUNT_ZERO)
    if fen < 0:
        raise Refused(Why.AMOUNT_NEGATIVE)
    return fen
