"""The calls of a machine that is not a terminal yet: central's CA, the offer of points, the enrolment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sync import tls
from sync.client import Signed
from sync.failures import HostileAnswer, Hostility, WrongCertificate
from sync.transport import Answer, Asked, Patience, Transport, hostile, refusal
from sync.wire import canon, token
from sync.wire.answers import EnrolAnswer, Offer
from sync.wire.code import EnrolmentCode
from sync.wire.encoding import unb64
from sync.wire.errors import Malformed, WireError, WrongAnswer
from sync.wire.keys import SigningKey, signers
from sync.wire.request import new_nonce
from sync.wire.token import Typ

T = TypeVar("T")
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Approach:
    """Where central is said to be, the code that says whom to trust there, and how long to wait for it."""

    url: str
    code: EnrolmentCode
    now: tls.Now
    patience: Patience


@dataclass(frozen=True)
class Wanted:
    """`lives`: central's answers to earlier enrolments of this machine: no number is given twice."""

    point: str
    key: SigningKey
    versions: Mapping[str, str]
    lives: tuple[str, ...] = ()
    again: bool = False  # only the answer to what was enrolled before


@dataclass(frozen=True)
class Enrolment:
    answer: EnrolAnswer
    token: str


async def fetch_authority(approach: Approach) -> tls.Authority:
    """Raises WrongCertificate when central there is not the one that made the code."""
    transport = await Transport.open(approach.url, None, approach.now, approach.patience)
    try:
        answer = _good(await transport.ask(Asked("GET", "/v1/ca.pem")))
    finally:
        await transport.close()
    try:
        return tls.Authority.from_code(answer.body, approach.code)
    except Malformed as error:
        raise HostileAnswer(Hostility.CAPTIVE_PORTAL, str(error)) from error
    except WrongAnswer as error:
        raise WrongCertificate(Hostility.CERTIFICATE, str(error)) from error


async def ask_offer(approach: Approach, authority: tls.Authority) -> Offer:
    body = {"code": str(approach.code)}
    answer = await _ask(approach, authority, "/v1/terminals/offer", body, Typ.OFFER)
    return _parsed(Offer.parse, answer.payload)


async def ask_enrolment(approach: Approach, authority: tls.Authority, wanted: Wanted) -> Enrolment:
    body = {
        "code": str(approach.code),
        "point": wanted.point,
        "public_key": wanted.key.public.jwk(),
        "versions": dict(wanted.versions),
        **({"lives": list(wanted.lives)} if wanted.lives else {}),
        **({"again": True} if wanted.again else {}),
    }
    answer = await _ask(approach, authority, "/v1/terminals/enrol", body, Typ.ENROL)
    return Enrolment(_parsed(EnrolAnswer.parse, answer.payload), answer.token)


async def _ask(
    approach: Approach, authority: tls.Authority, path: str, body: dict[str, Any], typ: Typ
) -> Signed:
    nonce = new_nonce()
    transport = await Transport.open(approach.url, authority, approach.now, approach.patience)
    try:
        asked = Asked("POST", path, canon.encode(body | {"nonce": nonce}), JSON)
        answer = _good(await transport.ask(asked))
    finally:
        await transport.close()
    signed = _self_signed(answer, typ)
    if signed.payload.get("nonce") != nonce:
        raise hostile(WrongAnswer("not the nonce we asked with"))
    return signed


def _self_signed(answer: Answer, typ: Typ) -> Signed:
    """Central's first answers carry the keys they are signed with; the CA from the code vouches for both."""
    try:
        text = answer.body.decode("ascii")
        claimed = canon.decode_object(unb64(text.split(".")[1]))
        return Signed(text, token.verify(text, signers(claimed.get("keys", ())), typ))
    except (UnicodeDecodeError, IndexError, AttributeError, TypeError) as error:
        raise hostile(Malformed("not a token")) from error
    except WireError as error:
        raise hostile(error) from error


def _good(answer: Answer) -> Answer:
    if answer.status != 200:
        raise refusal(answer)
    if "html" in answer.media_type:
        raise HostileAnswer(Hostility.CAPTIVE_PORTAL, f"200 {answer.media_type}")
    return answer


def _parsed(parse: Callable[[Any], T], payload: dict[str, Any]) -> T:
    try:
        return parse(payload)
    except Malformed as error:
        raise hostile(error) from error
