"""The limit on PostgreSQL: a bare server that checks chain and seal, writes central's rows and signs an ack.

Run as a program: central's folder, a port, a file to say when it is ready.
"""

from __future__ import annotations

import json
import socket
import ssl
import sys
import threading
from pathlib import Path
from typing import Any

import psycopg

from central.config import Folder, read_config, read_keys
from sync.wire import batch as wire_batch
from sync.wire import token
from sync.wire.answers import Ack, Outcome, Receipt, Result
from sync.wire.batch import Batch
from sync.wire.keys import PublicKey, SigningKey
from sync.wire.operation import chain_link, new_op_id, seal_bytes
from tests.bench.bare_central import AT, POINT, receive, send

_LIFE = "SELECT high_water, chain, jwk FROM incarnations WHERE terminal = %s AND incarnation = %s FOR UPDATE"
_TAKE = """
WITH fresh AS (
  SELECT *, t.terminal || '.' || t.incarnation || '.' || seq AS place FROM json_to_recordset(%(rows)s) AS r
    (seq bigint, op text, kind text, header bytea, payload bytea, link bytea, event text,
     biller text, account text, bill text, fen bigint, lease text),
    (SELECT %(terminal)s::text AS terminal, %(incarnation)s::int AS incarnation) AS t
), paid AS (
  UPDATE bills SET state = 'paid', paid_op = fresh.op, paid_at = %(at)s FROM fresh
  WHERE bills.id = fresh.bill AND bills.biller = fresh.biller AND bills.account = fresh.account
    AND bills.amount_fen = fresh.fen AND bills.state = 'unpaid'
  RETURNING 1
), payment AS (
  INSERT INTO payments (op, biller, account, bill, amount_fen, state, at)
  SELECT op, biller, account, bill, fen, 'posted', %(at)s FROM fresh
), operation AS (
  INSERT INTO operations (terminal, incarnation, seq, op, kind, header, payload, link,
                          outcome, rev, facts, received_at, settled_at)
  SELECT terminal, incarnation, seq, op, kind, header, payload, link,
         'accepted', 1, '{}', %(at)s, %(at)s FROM fresh
), entry AS (
  INSERT INTO ledger_entries (key, at, what, op)
  SELECT place || said, %(at)s, kind, op FROM fresh, (VALUES (':taken'), (':settled')) AS v (said)
), posting AS (
  INSERT INTO ledger_postings (entry, leg, account, fen)
  SELECT place || ':taken', 0, %(till)s, fen FROM fresh UNION ALL
  SELECT place || ':taken', 1, 'suspense:' || terminal, -fen FROM fresh UNION ALL
  SELECT place || ':settled', 0, 'suspense:' || terminal, fen FROM fresh UNION ALL
  SELECT place || ':settled', 1, 'partner:' || biller, -fen FROM fresh
), event AS (
  INSERT INTO lease_events (id, lease, what, amount, op, at)
  SELECT event, lease, 'spend', fen, op, %(at)s FROM fresh
), spent AS (
  UPDATE leases SET spent = spent + s.fen
  FROM (SELECT lease, sum(fen) AS fen FROM fresh GROUP BY lease) AS s WHERE leases.id = s.lease
), head AS (
  UPDATE incarnations SET high_water = %(last)s, chain = %(chain)s
  WHERE terminal = %(terminal)s AND incarnation = %(incarnation)s
)
SELECT count(*) FROM paid
"""


def take(conn: Any, key: SigningKey, batch: Batch) -> bytes:
    """Every row that central writes for these payments, in one transaction; the signed ack."""
    who = (batch.terminal, batch.incarnation)
    high_water, chain, jwk = conn.execute(_LIFE, who).fetchone()
    assert (batch.first_seq, batch.prev) == (high_water + 1, chain), "not the next ones"
    rows, link = [], batch.prev
    for seq, operation in enumerate(batch.operations, batch.first_seq):
        link = chain_link(link, operation.header_bytes, operation.payload_bytes)
        rows.append(_row(seq, operation.header_bytes, operation.payload_bytes, link))
    last = rows[-1]["seq"]
    assert batch.seal is not None
    PublicKey.from_jwk(jwk).verify(batch.seal, seal_bytes(*who, last, link))
    values = {"rows": json.dumps(rows), "terminal": who[0], "incarnation": who[1], "at": AT}
    values |= {"till": f"till:{POINT}", "last": last, "chain": link}
    (paid,) = conn.execute(_TAKE, values).fetchone()
    assert paid == len(rows), "a bill was not there to be paid"
    conn.commit()
    results = tuple(Result(row["seq"], row["op"], Outcome.ACCEPTED, 1) for row in rows)
    receipt = token.sign(key, token.Typ.RECEIPT, Receipt(who[0], 1, who[1], last).payload())
    ack = Ack(who[0], 1, who[1], batch.nonce, last, link, results, 0, (), AT, receipt)
    return token.sign(key, token.Typ.ACK, ack.payload()).encode()


def _row(seq: int, header_bytes: bytes, payload_bytes: bytes, link: bytes) -> dict[str, Any]:
    header, payload = json.loads(header_bytes), json.loads(payload_bytes)
    raw = {"header": header_bytes, "payload": payload_bytes, "link": link}
    return {
        "seq": seq,
        "op": header["op"],
        "kind": header["kind"],
        **{name: f"\\x{data.hex()}" for name, data in raw.items()},
        "event": new_op_id(),
        "biller": payload["biller"],
        "account": payload["account"],
        "bill": payload["bill"]["id"],
        "fen": payload["amount_fen"],
        "lease": payload["cash"]["lease"],
    }


def _serve(folder: Folder, plain: socket.socket, context: ssl.SSLContext) -> None:
    key = read_keys(folder).answers
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with (
        psycopg.connect(read_config(folder).database_url) as conn,
        context.wrap_socket(plain, server_side=True) as line,
    ):
        while body := receive(line):
            send(line, take(conn, key, wire_batch.decode(body)))


def main() -> None:
    folder, port, told = Folder(Path(sys.argv[1])), int(sys.argv[2]), Path(sys.argv[3])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder.server_cert, folder.server_key)
    with socket.create_server(("127.0.0.1", port)) as listener:
        told.write_text("ready")
        while True:
            plain, _ = listener.accept()
            threading.Thread(target=_serve, args=(folder, plain, context), daemon=True).start()


if __name__ == "__main__":
    main()
