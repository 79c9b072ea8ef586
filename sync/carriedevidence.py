"""Evidence by courier: as much as a bundle holds; the next one goes on where central took the last one in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection

from sync import evidence, transfer
from sync.evidence import Owed
from sync.transfer import Chain
from sync.wire.evidence import BareRun

PAGE, MOST_PAGES = 256 * 1024, 8


@dataclass(frozen=True)
class ShownPage:
    """A part of what central had said before it lost a part of its past."""

    tokens: tuple[str, ...]
    more: bool
    bare: BareRun | None


@dataclass(frozen=True)
class Asked:
    """Central wants to be shown this in this epoch; what it was shown in an earlier one it may have lost."""

    epoch: int
    owed: Owed


@dataclass(frozen=True)
class Shown:
    pages: tuple[ShownPage, ...]
    rest: Asked | None  # what did not fit

    @property
    def is_whole(self) -> bool:
        return bool(self.pages) and self.rest is None


NOTHING = Shown((), None)


def asked(conn: Connection, chain: Chain) -> Asked | None:
    return _read(transfer.cursor(conn, _asked(chain)))


def gather(conn: Connection, chain: Chain) -> Shown:
    wanted = asked(conn, chain)
    if wanted is None:
        return NOTHING
    pages: list[tuple[str, ...]] = []
    owed: Owed | None = wanted.owed
    while owed is not None and len(pages) < MOST_PAGES:
        page = evidence.next_page(conn, chain, owed, PAGE)
        pages.append(page.tokens)
        owed = page.rest
    *before, last = pages
    bare = evidence.erased_run(conn, chain, wanted.owed.from_seq) if owed is None else None
    shown = (*(ShownPage(tokens, True, None) for tokens in before), ShownPage(last, owed is not None, bare))
    return Shown(shown, None if owed is None else Asked(wanted.epoch, owed))


def posted(conn: Connection, nonce: str, shown: Shown) -> None:
    """What is left when this bundle is answered."""
    _remember(conn, _rest(nonce), shown.rest)


def heard(conn: Connection, chain: Chain, nonce: str, again: Asked | None) -> None:
    """`again`: central still asks, from the beginning; what this bundle showed it in this epoch it has."""
    rest = _read(transfer.cursor(conn, _rest(nonce)))
    if again is not None and rest is not None and rest.epoch == again.epoch:
        again = Asked(again.epoch, replace(rest.owed, from_seq=again.owed.from_seq))
    _remember(conn, _asked(chain), again)
    _remember(conn, _rest(nonce), None)


def _asked(chain: Chain) -> str:
    return f"courier-evidence/{chain.terminal}/{chain.incarnation}"


def _rest(nonce: str) -> str:
    return f"courier-rest/{nonce}"


def _read(value: str | None) -> Asked | None:
    if not value:
        return None
    found = json.loads(value)
    if isinstance(found, int):  # as an earlier version kept it: where central's chain ends
        return Asked(0, Owed(found))
    return Asked(found["epoch"], Owed(**found["owed"]))


def _remember(conn: Connection, name: str, what: Asked | None) -> None:
    value = "" if what is None else json.dumps(asdict(what), sort_keys=True)
    if value != (transfer.cursor(conn, name) or ""):
        transfer.set_cursor(conn, name, value)
