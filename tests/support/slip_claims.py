"""What the words on a slip promise, read from the words themselves, and whether central agrees."""

from __future__ import annotations

from enum import Enum

from kiosk.bilingual import Text
from kiosk.devices.paper import Amount, Line, Pair, Qr, SlipKind, Words
from kiosk.services import slip_build, words
from kiosk.services.words import ACCEPTED
from sync.outbox import State
from sync.wire.errors import WireError
from sync.wire.keys import PublicKey
from sync.wire.slipcode import SlipCode
from tests.support.books import Case, KeptSlip, Op


class Claim(Enum):
    PENDING = "pending"  # recorded here, nothing more is said
    DONE_HERE = "done-here"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REVIEW = "review"


_NOT_DONE = slip_build.not_done(Text("", ""), None, 1)
_IN_REVIEW = slip_build.in_review(Text("", ""), None)
[_CASH_BACK] = [line.label for line in _NOT_DONE if isinstance(line, Amount)]


def _first_words(lines: tuple[Line, ...]) -> Text:
    return next(line.text for line in lines if isinstance(line, Words))


CLAIMS: dict[Text, Claim] = {
    slip_build.NOT_YET: Claim.PENDING,
    slip_build.CALL_NOT_DONE: Claim.PENDING,
    slip_build.PAID_BACK: Claim.PENDING,
    slip_build.DONE_HERE: Claim.DONE_HERE,
    words.of(State.ACCEPTED): Claim.ACCEPTED,
    **dict.fromkeys(ACCEPTED.values(), Claim.ACCEPTED),
    _first_words(_NOT_DONE): Claim.REJECTED,
    _first_words(_IN_REVIEW): Claim.REVIEW,
}
TITLES = {
    Claim.PENDING: {SlipKind.RECORD_OF_REQUEST, SlipKind.CALLBACK, SlipKind.REFUND},
    Claim.DONE_HERE: {SlipKind.DONE},
    Claim.ACCEPTED: {SlipKind.DONE, SlipKind.CALLBACK, SlipKind.REFUND},
    Claim.REJECTED: {SlipKind.NOT_DONE},
    Claim.REVIEW: {SlipKind.IN_REVIEW},
}


def claim(slip: KeptSlip) -> Claim | None:
    """The one thing the slip says of its operation; None when it says nothing, or two things."""
    said = [CLAIMS[line.text] for line in slip.lines if isinstance(line, Words) and line.text in CLAIMS]
    return said[0] if len(said) == 1 else None


def faults(slip: KeptSlip, op: Op, case: Case | None, key: PublicKey) -> list[str]:
    """`op`, `case` and `key` are central's."""
    said = claim(slip)
    if said is None:
        return [f"slip {slip.number}: its words say nothing, or contradict themselves"]
    found = []
    if SlipKind(slip.kind) not in TITLES[said]:
        found.append(f"slip {slip.number}: titled {slip.kind}, says {said.value}")
    if not _holds(said, op):
        found.append(f"slip {slip.number}: says {said.value}, central says {op.outcome}")
    if said in (Claim.REJECTED, Claim.REVIEW):
        found += _why(slip, said, op, case)
    return [*found, *_money(slip, op), *_code(slip, op, key)]


def _holds(said: Claim, op: Op) -> bool:
    match said:
        case Claim.PENDING:
            return True  # what is recorded stays recorded
        case Claim.DONE_HERE:
            return op.outcome in ("accepted", "review")
        case Claim.ACCEPTED:
            return op.outcome == "accepted"
        case Claim.REJECTED:
            return op.outcome == "rejected"
        case Claim.REVIEW:
            return op.outcome == "review" or op.rev > 1


def _why(slip: KeptSlip, said: Claim, op: Op, case: Case | None) -> list[str]:
    found, texts = [], [line.text for line in slip.lines if isinstance(line, Words)]
    still = (said is Claim.REVIEW) == (op.outcome == "review")
    if still and words.reason(op.reason) not in texts:
        found.append(f"slip {slip.number}: not central's reason {op.reason}")
    values = [line.value.zh for line in slip.lines if isinstance(line, Pair)]
    if case is not None and case.number not in values:
        found.append(f"slip {slip.number}: does not name the case {case.number}")
    back = [line.fen for line in slip.lines if isinstance(line, Amount) and line.label == _CASH_BACK]
    if case is not None and case.op == op.op and case.state == "open" and sum(back) != max(case.fen, 0):
        found.append(f"slip {slip.number}: promises {back} fen, the case owes {case.fen}")
    return found


def _money(slip: KeptSlip, op: Op) -> list[str]:
    if slip.fen != op.fen:
        return [f"slip {slip.number}: {slip.fen} fen, central booked {op.fen}"]
    amounts = {abs(line.fen) for line in slip.lines if isinstance(line, Amount)}
    if slip.fen and abs(slip.fen) not in amounts:
        return [f"slip {slip.number}: {slip.fen} fen moved, the words say {sorted(amounts)}"]
    return []


def _code(slip: KeptSlip, op: Op, key: PublicKey) -> list[str]:
    codes = [line.data for line in slip.lines if isinstance(line, Qr)]
    if len(codes) != 1:
        return [f"slip {slip.number}: {len(codes)} verification codes"]
    try:
        code = SlipCode.parse(codes[0])
        code.verify(key)
    except WireError as error:
        return [f"slip {slip.number}: its code is not this terminal's: {error}"]
    if (code.incarnation, code.seq, code.link.hex()) != (op.incarnation, op.seq, op.link):
        return [f"slip {slip.number}: its code names another operation than central's"]
    return []
