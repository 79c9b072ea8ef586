"""The limit of a push: a bare TLS server that writes the rows central writes and decides little.

Run as a program: central's folder, a port, a file to say when it is ready.
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import sys
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from central.config import Folder
from sync.wire import batch as wire_batch
from sync.wire.batch import Batch
from sync.wire.operation import new_op_id

LENGTH = struct.Struct(">I")
AT = "2026-03-02T01:00:00Z"
POINT = "pt-xingguang"

_PAY = (
    "UPDATE bills SET state = 'paid', paid_op = ?, paid_at = ?"
    " WHERE id = ? AND biller = ? AND account = ? AND amount_fen = ? AND state = 'unpaid'"
)
_PAYMENT = (
    "INSERT INTO payments (op, biller, account, bill, amount_fen, state, at)"
    " VALUES (?, ?, ?, ?, ?, 'posted', ?)"
)
_OPERATION = (
    "INSERT INTO operations (terminal, incarnation, seq, op, kind, header, payload, link,"
    " outcome, rev, facts, received_at, settled_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'accepted', 1, '{}', ?, ?)"
)
_ENTRY = "INSERT INTO ledger_entries (key, at, what, op) VALUES (?, ?, ?, ?)"
_POSTING = "INSERT INTO ledger_postings (entry, leg, account, fen) VALUES (?, ?, ?, ?)"
_EVENT = "INSERT INTO lease_events (id, lease, what, amount, op, at) VALUES (?, ?, 'spend', ?, ?, ?)"
_SPENT = "UPDATE leases SET spent = spent + ? WHERE id = ?"
_HEAD = "UPDATE incarnations SET high_water = ?, chain = ? WHERE terminal = ? AND incarnation = ?"


def take(conn: Any, batch: Batch) -> bytes:
    """Every row that central writes for these payments, in one transaction; the results."""
    conn.execute("BEGIN IMMEDIATE")
    who = (batch.terminal, batch.incarnation)
    operations, entries, postings, events, results = [], [], [], [], []
    spent, lease = 0, ""
    for seq, operation in enumerate(batch.operations, batch.first_seq):
        header, payload = json.loads(operation.header_bytes), json.loads(operation.payload_bytes)
        op, biller, fen, bill = header["op"], payload["biller"], payload["amount_fen"], payload["bill"]["id"]
        paid = conn.execute(_PAY, (op, AT, bill, biller, payload["account"], fen)).rowcount
        assert paid == 1, "the bill was not there to be paid"
        conn.execute(_PAYMENT, (op, biller, payload["account"], bill, fen, AT))
        raw = (operation.header_bytes, operation.payload_bytes)
        operations.append((*who, seq, op, header["kind"], *raw, batch.prev, AT, AT))
        taken, settled = f"{who[0]}.{who[1]}.{seq}:taken", f"{who[0]}.{who[1]}.{seq}:settled"
        entries += [(taken, AT, header["kind"], op), (settled, AT, header["kind"], op)]
        postings += [(taken, 0, f"till:{POINT}", fen), (taken, 1, f"suspense:{who[0]}", -fen)]
        postings += [(settled, 0, f"suspense:{who[0]}", fen), (settled, 1, f"partner:{biller}", -fen)]
        lease = payload["cash"]["lease"]
        events.append((new_op_id(), lease, fen, op, AT))
        spent += fen
        results.append([seq, op, "accepted", 1])
    conn.executemany(_OPERATION, operations)
    conn.executemany(_ENTRY, entries)
    conn.executemany(_POSTING, postings)
    conn.executemany(_EVENT, events)
    conn.execute(_SPENT, (spent, lease))
    conn.execute(_HEAD, (batch.first_seq + len(batch.operations) - 1, batch.prev, *who))
    conn.execute("COMMIT")
    return json.dumps(results).encode()


def results(answer: bytes) -> list[Any]:
    found: list[Any] = json.loads(answer)
    return found


def send(line: socket.socket, body: bytes) -> None:
    line.sendall(LENGTH.pack(len(body)) + body)


def receive(line: socket.socket) -> bytes:
    """Empty at the end of the line."""
    head = _exactly(line, LENGTH.size)
    return _exactly(line, LENGTH.unpack(head)[0]) if head else b""


def _exactly(line: socket.socket, size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        piece = line.recv(size - len(found))
        if not piece:
            return b""
        found += piece
    return bytes(found)


def main() -> None:
    folder, port, told = Folder(Path(sys.argv[1])), int(sys.argv[2]), Path(sys.argv[3])
    conn = sqlite.connect(str(folder.root / "central.db"), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
        conn.execute(f"PRAGMA {pragma}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder.server_cert, folder.server_key)
    with socket.create_server(("127.0.0.1", port)) as listener:
        told.write_text("ready")
        plain, _ = listener.accept()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with context.wrap_socket(plain, server_side=True) as line:
            while body := receive(line):
                send(line, take(conn, wire_batch.decode(body)))
    conn.close()


if __name__ == "__main__":
    main()
