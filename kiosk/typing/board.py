"""Which keys the keyboard on the screen shows: by what the field asks, and by what the person chose."""

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.typing.engine import Expect


class Layout(Enum):
    PINYIN = "pinyin"
    LATIN = "latin"
    DIGITS = "digits"
    AMOUNT = "amount"
    IDCARD = "idcard"
    SYMBOLS = "symbols"


class Purpose(Enum):
    """What a field says that is typed into it (`typing` in QML)."""

    TEXT = "text"
    NAME = "name"
    LATIN = "latin"
    DIGITS = "digits"
    AMOUNT = "amount"
    IDCARD = "idcard"
    SEARCH = "search"
    CODE = "code"

    @property
    def waits(self) -> bool:
        """The page is not about this field: it is typed into when somebody touches it."""
        return self in (Purpose.SEARCH, Purpose.CODE)

    @property
    def expect(self) -> Expect:
        return Expect.SURNAME if self is Purpose.NAME else Expect.TEXT


class KeyboardUse(Enum):
    """As the deployer sets it: `never` leaves typing to the platform's own input method."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Hand(Enum):
    BOTH = "both"
    RIGHT = "right"
    LEFT = "left"


class Shift(Enum):
    OFF = "off"
    ONCE = "once"
    LOCKED = "locked"


FIXED = {
    Purpose.LATIN: Layout.LATIN,
    Purpose.CODE: Layout.LATIN,
    Purpose.DIGITS: Layout.DIGITS,
    Purpose.AMOUNT: Layout.AMOUNT,
    Purpose.IDCARD: Layout.IDCARD,
}
STRICT = frozenset({Purpose.DIGITS, Purpose.AMOUNT, Purpose.IDCARD})
"""Fields that take nothing but what their own layout has."""


@dataclass(frozen=True)
class Board:
    purpose: Purpose = Purpose.TEXT
    layout: Layout = Layout.PINYIN
    letters: Layout = Layout.PINYIN
    """Where the person comes back to from digits and symbols."""
    shift: Shift = Shift.OFF
    hand: Hand = Hand.BOTH

    @property
    def strict(self) -> bool:
        return self.purpose in STRICT


def begin(board: Board, purpose: Purpose, letters: Layout) -> Board:
    """A field is entered; `letters`: what its language is typed with. The hand stays."""
    layout = FIXED.get(purpose, letters)
    home = layout if layout in (Layout.PINYIN, Layout.LATIN) else letters
    return Board(purpose, layout, home, hand=board.hand)


def switch(board: Board, layout: Layout) -> Board:
    if board.strict:
        return board
    home = layout if layout in (Layout.PINYIN, Layout.LATIN) else board.letters
    return replace(board, layout=layout, letters=home, shift=Shift.OFF)


def shift(board: Board) -> Board:
    """Once for one letter, twice to stay."""
    following = {Shift.OFF: Shift.ONCE, Shift.ONCE: Shift.LOCKED, Shift.LOCKED: Shift.OFF}
    return replace(board, shift=following[board.shift])


def turn(board: Board) -> Board:
    following = {Hand.BOTH: Hand.RIGHT, Hand.RIGHT: Hand.LEFT, Hand.LEFT: Hand.BOTH}
    return replace(board, hand=following[board.hand])


def typed(board: Board, text: str) -> tuple[Board, str]:
    """What a key means now, and the keys after it."""
    if board.shift is Shift.OFF:
        return board, text
    after = replace(board, shift=Shift.OFF) if board.shift is Shift.ONCE else board
    return after, text.upper()
