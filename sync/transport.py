"""One HTTP exchange with central: sends, bounds and reads it, and says in our own types what went wrong."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sync import tls
from sync.failures import (
    AnswerLost,
    CentralBusy,
    HostileAnswer,
    Hostility,
    NoLink,
    Refusal,
    SlowDown,
    WrongCertificate,
)
from sync.lanes import Lane
from sync.meter import Meter
from sync.rate import Timing
from sync.wire import canon, problems
from sync.wire.errors import Malformed, WireError, WrongAnswer
from sync.wire.problems import Problem

if TYPE_CHECKING:
    import httpx  # costs a good part of a start: imported off the loop when the line begins

MAX_ANSWER = 8 * 1024 * 1024
BUSY = frozenset({429, 500, 502, 503, 504})
SOCKET_OPTIONS = (
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.SOL_SOCKET, socket.SO_SNDBUF, 16 * 1024),  # what is written feels the line, not the kernel
)


@dataclass(frozen=True)
class Patience:
    """Seconds before a silent line counts as dead."""

    connect: float = 5.0
    answer: float = 20.0
    probe: float = 4.0  # for the status question, which also tells whether the line is there


@dataclass(frozen=True)
class Answer:
    status: int
    media_type: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    is_probe: bool = False
    lane: Lane = Lane.NEWS
    answered: Callable[[], None] | None = None  # a success begins to come in, nothing of it was read


class Transport:
    """Keeps one connection to central; knows nothing of what is said on it."""

    def __init__(self, base_url: str, context: ssl.SSLContext, patience: Patience) -> None:
        import httpx

        self.context = context
        self.meter = Meter()
        self._free = asyncio.Lock()  # one exchange at a time: a courier at the screen shares the line
        self._timeout = httpx.Timeout(patience.answer, connect=patience.connect)
        self._probe_timeout = httpx.Timeout(patience.probe, connect=min(patience.probe, patience.connect))
        limits = httpx.Limits(max_connections=2, max_keepalive_connections=1, keepalive_expiry=30)
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Accept-Encoding": "identity", "User-Agent": "yizhan"},
            transport=httpx.AsyncHTTPTransport(
                verify=context, limits=limits, trust_env=False, socket_options=SOCKET_OPTIONS
            ),
            trust_env=False,
            follow_redirects=False,
        )

    @classmethod
    async def open(
        cls, base_url: str, authority: tls.Authority | None, now: tls.Now, patience: Patience
    ) -> Transport:
        """Without an authority whoever answers is listened to: only for fetching the authority itself."""

        def build() -> Transport:
            made = tls.unverified_context() if authority is None else tls.context(authority, now)
            return cls(base_url, made, patience)

        with translated():
            return await asyncio.to_thread(build)

    async def close(self) -> None:
        await self._http.aclose()

    async def ask(self, asked: Asked) -> Answer:
        """Any status but a redirect; raises LinkError."""
        async with self._free:
            return await self._ask(asked)

    async def _ask(self, asked: Asked) -> Answer:
        watch = _Watch(self.meter, asked)
        with translated():
            request = self._http.build_request(
                asked.method,
                asked.path,
                content=asked.body or None,
                headers=asked.headers,
                timeout=self._probe_timeout if asked.is_probe else self._timeout,
                extensions={"trace": watch.trace},
            )
            response = await self._http.send(request, stream=True)
            watch.begins()
            if asked.answered is not None and response.is_success:
                asked.answered()
            try:
                body = await _bounded(response)
            finally:
                await response.aclose()
        watch.ended(response.headers.raw, len(body))
        if response.has_redirect_location:
            raise HostileAnswer(Hostility.CAPTIVE_PORTAL, f"sent on to {response.headers.get('location')}")
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Answer(response.status_code, media_type, body, dict(response.headers))


class _Watch:
    """Tells the meter of one exchange as httpcore traces it, timed from the request's first byte."""

    def __init__(self, meter: Meter, asked: Asked) -> None:
        self._meter = meter
        self._asked = asked
        self._began = self._first = 0.0

    async def trace(self, name: str, _info: dict[str, Any]) -> None:
        asked = self._asked
        if name == "connection.start_tls.started":
            self._meter.connected(asked.lane)
        elif name == "http11.send_request_headers.started":
            self._began = time.perf_counter()
            head = len(asked.method) + len(asked.path) + _length(asked.headers.items())
            self._meter.asked(asked.lane, head, len(asked.body))

    def begins(self) -> None:
        self._first = time.perf_counter()

    def ended(self, headers: list[tuple[bytes, bytes]], body: int) -> None:
        self._meter.answered(self._asked.lane, _length(headers), body)
        timing = Timing(self._first - self._began, time.perf_counter() - self._began)
        self._meter.timed(len(self._asked.body), body, timing)


def _length(headers: Iterable[tuple[str | bytes, str | bytes]]) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers)


async def _bounded(response: httpx.Response) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_raw():
        size += len(part)
        if size > MAX_ANSWER:
            raise HostileAnswer(Hostility.MALFORMED, "endless answer")
        parts.append(part)
    return b"".join(parts)


class translated:  # noqa: N801  reads as a word: `with translated():`
    """Turns every error of httpx and ssl into a LinkError."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        import httpx

        if isinstance(error, httpx.InvalidURL | UnicodeError):
            raise NoLink(f"no address: {error}") from error
        if isinstance(error, httpx.HTTPError | httpx.StreamError | ssl.SSLError):
            raise _translate(error) from error


def _translate(error: Exception) -> Exception:
    import httpx

    certificate = next((e for e in _causes(error) if isinstance(e, ssl.SSLCertVerificationError)), None)
    if certificate is not None:
        dates = tls.DATES in str(certificate)
        return WrongCertificate(
            Hostility.CERTIFICATE_DATES if dates else Hostility.CERTIFICATE, str(certificate)
        )
    broken = next((e for e in _causes(error) if isinstance(e, ssl.SSLError)), None)
    if broken is not None and isinstance(error, httpx.ConnectError) and _is_protocol(broken):
        return HostileAnswer(Hostility.CAPTIVE_PORTAL, str(broken))
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return NoLink(str(error) or type(error).__name__)
    if isinstance(error, httpx.RemoteProtocolError) and not any(word in str(error) for word in _ENDED):
        return HostileAnswer(Hostility.CAPTIVE_PORTAL, str(error))
    return AnswerLost(str(error) or type(error).__name__)


_ENDED = ("disconnected", "closed connection")  # h11 has one error for an end and for nonsense


def _is_protocol(error: ssl.SSLError) -> bool:
    """Someone answered who does not speak TLS, as against a line that broke during the handshake."""
    return not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError)


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def refusal(answer: Answer) -> Exception:
    """What an answer that is no success means: a problem of central's, or somebody else's page."""
    if answer.media_type == problems.MEDIA_TYPE:
        try:
            document = canon.decode_object(answer.body, limit=64 * 1024)
        except Malformed as error:
            return HostileAnswer(Hostility.MALFORMED, str(error))
        problem = problems.parse(document)
        detail = str(document.get("detail", ""))[:500]
        if answer.status in BUSY:
            kind = SlowDown if problem is Problem.SLOW_DOWN else CentralBusy
            return kind(problem, answer.status, detail, _retry_after(answer))
        return Refusal(problem, answer.status, detail)
    if answer.status in BUSY:
        return CentralBusy(None, answer.status, "no problem document", _retry_after(answer))
    return HostileAnswer(Hostility.CAPTIVE_PORTAL, f"{answer.status} {answer.media_type or 'without a type'}")


def _retry_after(answer: Answer) -> float | None:
    text = answer.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def hostile(error: WireError) -> HostileAnswer:
    kind = {Malformed: Hostility.MALFORMED, WrongAnswer: Hostility.WRONG_NONCE}.get(type(error))
    return HostileAnswer(kind or Hostility.WRONG_SIGNATURE, str(error))


def unpacked(answer: Answer) -> Answer:
    match answer.headers.get("content-encoding", "identity"):
        case "identity":
            return answer
        case "zstd":
            from sync.wire.zipped import unpack  # no start waits for it

            try:
                return replace(answer, body=unpack(answer.body, MAX_ANSWER))
            except Malformed as error:
                raise hostile(error) from error
        case other:
            raise HostileAnswer(Hostility.MALFORMED, f"packed as {other[:20]}")
