"""What only a database that lost a part of its past can lack or say otherwise: words that central signed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from central import changes, leases, outcomes
from central.business_tables import cases
from central.contradictions import CONTRADICTED
from central.terminals import Life
from sync.wire.answers import Ack, Changes, Result
from sync.wire.grant import Grant


def shown_by_ack(conn: Connection, life: Life, ack: Ack, grants: Sequence[Grant]) -> bool:
    """`grants` are those of the ack."""
    return (
        ack.high_water > life.high_water
        or ack.epoch > life.vouched
        or _is_other_chain(conn, life, ack)
        or any(grant.terminal == life.terminal.id and leases.is_news(conn, grant) for grant in grants)
        or _lacks_a_case(conn, ack.results)
        or _decided_otherwise(conn, life, ack.results)
    )


def shown_by_page(conn: Connection, life: Life, page: Changes) -> bool:
    return page.cursor > life.last_change or changes.is_other(conn, page.terminal, page.cursor, page.mark)


def _is_other_chain(conn: Connection, life: Life, ack: Ack) -> bool:
    """A clone's was taken in the place of what was lost."""
    who = (life.terminal.id, life.terminal.incarnation)
    return ack.high_water > 0 and ack.chain != outcomes.link_at(conn, *who, ack.high_water)


def _lacks_a_case(conn: Connection, results: Sequence[Result]) -> bool:
    told = {one.case for one in results if one.case is not None}
    known = conn.execute(select(cases.c.id).where(cases.c.id.in_(told))).scalars() if told else ()
    return bool(told - set(known))


def _decided_otherwise(conn: Connection, life: Life, results: Sequence[Result]) -> bool:
    """Unless we know already: then this is the word that did not hold."""
    final = {(one.op, one.seq): one.outcome for one in results if one.outcome.final}
    if not final:
        return False
    span = [seq for _, seq in final]
    rows = outcomes.between(conn, life.terminal.id, life.terminal.incarnation, min(span), max(span))
    return any(
        row.outcome.final and row.outcome is not final.get((row.op, row.seq), row.outcome)
        for row in rows
        if CONTRADICTED not in row.facts
    )
