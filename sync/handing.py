"""Hands another terminal's bundle in: piece by piece, behind what this line is for, at central's turn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sync.client import Client
from sync.failures import AnswerLost, HostileAnswer, Hostility, SlowDown
from sync.lanes import Lane
from sync.ranges import Piece
from sync.transport import Answer
from sync.wire.encoding import sha256_hex

TRIES = 3  # of a piece that brings it no further
PATIENCE = 60.0  # seconds that a person with a stick waits for central's turn; the next visit goes on

Rest = Callable[[float], Awaitable[None]]


async def bring(client: Client, data: bytes) -> str:
    """Until central has it whole, going on where it broke off; its name there. Raises LinkError."""
    name, reached, stalls = sha256_hex(data), 0, 0
    if len(data) > client.meter.speed.up.piece:  # central may hold a part of it
        reached = await _offer(client, name, Piece(b"", 0, len(data)))
    while reached < len(data):
        piece = Piece(data[reached : reached + client.meter.speed.up.piece], reached, len(data))
        now = await _offer(client, name, piece)
        stalls = stalls + 1 if now <= reached else 0
        if stalls == TRIES:
            raise HostileAnswer(Hostility.MALFORMED, f"central stays at {now} of {len(data)}")
        reached = now
    return name


async def answer(client: Client, name: str, rest: Rest = asyncio.sleep) -> Answer:
    """What central says to the bundle it has; waits for our turn, but not for long. Raises LinkError."""
    waited = 0.0
    while True:
        await client.way.clear_for(Lane.ATTACHMENTS)
        try:
            return await client.carry(name)
        except SlowDown as later:
            wait = max(1.0, later.retry_after or 0.0)
            waited += wait
            if waited > PATIENCE:
                raise
        await rest(wait)


async def _offer(client: Client, name: str, piece: Piece) -> int:
    await client.way.clear_for(Lane.ATTACHMENTS)
    try:
        return await client.offer_bundle(name, piece)
    except AnswerLost:
        client.meter.lost_up()
        raise
