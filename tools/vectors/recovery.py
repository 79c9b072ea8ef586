"""What a terminal shows to a central that lost a part of its past, and a chain that left central's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sync.wire import answers, batch, canon, evidence, operation, token
from sync.wire.zipped import unpack
from tools.vectors.actors import CENTRAL, INCARNATION, NONCE, TERMINAL, links, operations, seal
from tools.vectors.answers import AT, receipt

FORKED_AT = 2


def pages(*tokens: str) -> list[evidence.Evidence]:
    """One of tokens with more to come, and the last, with two bare places."""
    done, chain = operations(), links(operations())
    places = tuple(evidence.Bare(op.header_bytes, op.payload_hash) for op in done[:2])
    run = evidence.BareRun(1, chain[0], seal(2, chain[2]), places)
    return [
        evidence.Evidence(TERMINAL, INCARNATION, NONCE, tokens, more=True),
        evidence.Evidence(TERMINAL, INCARNATION, NONCE, (), more=False, bare=run),
    ]


def shown(*tokens: str) -> dict[str, Any]:
    packed = [evidence.encode(page) for page in pages(*tokens)]
    return {"pages": [_packed(one) for one in packed], "after_bare": links(operations())[2].hex()}


def lost_answer() -> batch.Batch:
    """Nothing to send, a receipt shown, the results of three asked for."""
    chain = links(operations())
    return batch.Batch(TERMINAL, INCARNATION, 4, chain[3], None, receipt(), NONCE, (), (1, 3))


def forked() -> batch.Batch:
    """From 2 on other operations than central has; begins with what has no outcome."""
    own = []
    for op in operations()[FORKED_AT - 1 :]:
        header = replace(op.header, op=op.header.op.replace("01990000", "01990001"))
        own.append(operation.Operation(header.encode(), canon.encode({"text": "㳇"})))
    whole = (*operations()[: FORKED_AT - 1], *own)
    chain = links(whole)
    here = (FORKED_AT, chain[FORKED_AT - 1], seal(3, chain[3]))
    return batch.Batch(TERMINAL, INCARNATION, *here, receipt(), NONCE, tuple(own))


def fork() -> dict[str, Any]:
    sent = forked()
    whole = (*operations()[: FORKED_AT - 1], *sent.operations)
    results = tuple(
        answers.Result(
            op.header.seq, op.header.op, answers.Outcome.REVIEW, 1, "chain-fork", f"case-{op.header.seq}"
        )
        for op in sent.operations
    )
    payload = answers.Forks(TERMINAL, INCARNATION, NONCE, results, AT).payload()
    return {
        **_packed(batch.encode(sent)),
        "links": [link.hex() for link in links(whole)[FORKED_AT:]],
        "answer": {
            "typ": token.Typ.FORKS.value,
            "payload": payload,
            "token": token.sign(CENTRAL, token.Typ.FORKS, payload),
        },
    }


def lost() -> dict[str, Any]:
    return _packed(batch.encode(lost_answer()))


def _packed(data: bytes) -> dict[str, Any]:
    """Each line without its newline; a press may pack them otherwise, so `zstd` is one way of many."""
    plain = unpack(data, batch.MAX_UNPACKED).decode()
    return {"lines": plain.split("\n")[:-1], "zstd": data.hex()}
