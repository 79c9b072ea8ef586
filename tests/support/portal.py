"""Whoever else may answer on central's address: a captive portal, a proxy, a replayer."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

from central import ca
from central.config import Folder

Answer = Callable[[bytes], bytes]  # the request's head → the whole answer
HTML = b"<!doctype html><title>WiFi</title><h1>Please sign in</h1>"


def http(status: str, body: bytes, media: str = "text/html", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


@asynccontextmanager
async def portal(answer: Answer, certified_by: Folder | None) -> AsyncIterator[str]:
    """Yields its URL; without a certificate it speaks plain HTTP."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await (reader.read(4096) if certified_by is None else reader.readuntil(b"\r\n\r\n"))
            writer.write(answer(head))
            await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()
        writer.close()

    context = None
    if certified_by is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certified_by.server_cert, certified_by.server_key)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def another_authority(folder: Path, at: datetime, hosts: tuple[str, ...] = ("127.0.0.1",)) -> Folder:
    folder.mkdir()
    made = Folder(folder)
    ca.make(made, hosts, at)
    return made
