"""The whole examination of a journal: segments, lines, slips, and what central says of the same terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sync.verify import segments
from sync.verify.claims import Books, Untrue
from sync.verify.segments import Fault, Reading, What
from sync.wire.errors import BadSignature, ChainBroken, WireError
from sync.wire.keys import PublicKey, signers
from sync.wire.papers import KeyPaper, Life, Witness
from sync.wire.slipcode import SlipCode


@dataclass(frozen=True)
class Asked:
    """What the auditor brought: kids and witness come from central, not from the terminal."""

    kids: tuple[str, ...] = ()
    central_kids: tuple[str, ...] = ()
    witness: Witness | None = None
    slips: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gone:
    """Central holds more of a life than the journal shows, or something else."""

    life: Life
    central_holds: int
    journal_shows: int


@dataclass(frozen=True)
class Examined:
    reading: Reading
    books: Books
    gone: tuple[Gone, ...]
    other_keys: tuple[str, ...]  # kids on the paper that central does not know
    slips: tuple[tuple[str, int | str], ...]  # of each code the seq it stands for, or what is wrong

    @property
    def untrue(self) -> Untrue | None:
        return self.books.untrue

    @property
    def fault(self) -> Fault | None:
        return self.reading.fault

    @property
    def holds(self) -> bool:
        """A torn end does not make a journal untrue: what it held was never shown to anybody."""
        torn = self.fault is None or self.fault.what is What.TORN
        slips = all(isinstance(found, int) for _, found in self.slips)
        return torn and self.untrue is None and not self.gone and not self.other_keys and slips


def examine(files: Mapping[str, bytes], paper: KeyPaper, asked: Asked) -> Examined:
    """Raises Malformed where the paper cannot be read."""
    reading = segments.read(files, paper.journal_key)
    terminal_keys, central_keys = paper.keys(), signers(paper.central_keys)
    books = Books(terminal_keys, central_keys)
    books.read(reading.lines)
    return Examined(
        reading,
        books,
        _gone(books, asked.witness),
        _other_keys(terminal_keys, central_keys, asked),
        tuple((code, _slip(books, code)) for code in asked.slips),
    )


def _gone(books: Books, witness: Witness | None) -> tuple[Gone, ...]:
    found = []
    for incarnation, known in (witness.lives if witness else {}).items():
        assert witness is not None
        life = (witness.terminal, incarnation)
        chain = books.chains.get(life)
        count = chain.count if chain else 0
        if known.high_water > count or (chain and chain.links[known.high_water] != known.link):
            found.append(Gone(life, known.high_water, count))
    return tuple(found)


def _other_keys(
    terminal_keys: Mapping[Life, PublicKey], central_keys: Mapping[str, PublicKey], asked: Asked
) -> tuple[str, ...]:
    here = [key.kid for key in terminal_keys.values()]
    wrong = [kid for kid in here if asked.kids and kid not in asked.kids]
    central: Sequence[str] = asked.central_kids
    if asked.witness is not None:
        central = (*central, *asked.witness.central_kids)
        for (terminal, incarnation), key in terminal_keys.items():
            known = asked.witness.lives.get(incarnation) if terminal == asked.witness.terminal else None
            if known is not None and known.kid != key.kid:
                wrong.append(key.kid)
    if central:
        wrong += [kid for kid in central_keys if kid not in central]
    return tuple(wrong)


def _slip(books: Books, code: str) -> int | str:
    try:
        slip = SlipCode.parse(code)
        chain = books.chains.get((slip.terminal, slip.incarnation))
        if chain is None:
            key = books.terminal_keys.get((slip.terminal, slip.incarnation))
            if key is None:
                raise BadSignature("of a terminal or a life that is not on the paper")
            slip.verify(key)
            raise ChainBroken(f"the journal shows nothing of operation {slip.seq}")
        return chain.check_slip(code)
    except WireError as error:
        return str(error)
