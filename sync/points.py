"""The named points of an operation's way, at which a power cut is rehearsed."""

from collections.abc import Callable
from enum import Enum


class Point(Enum):
    """In the order an operation passes them on the terminal."""

    INPUT = "after input, before anything is written"
    LEDGER_COMMIT = "ledger committed, journal line not yet written"
    JOURNAL_LINE = "journal line synced, nothing shown yet"
    SEND = "batch marked as sent, nothing on the line yet"
    ANSWER = "central has committed, its answer not yet verified"
    ACK = "ack verified, not yet in the ledger"
    ACK_RECORDED = "ack in the ledger, nothing published yet"
    PRINT = "slip handed to the printer, not yet marked as printed"


Reached = Callable[[Point], None]


def unobserved(_point: Point) -> None:
    """The observer in production."""
