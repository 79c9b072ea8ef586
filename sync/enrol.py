"""Sets a machine up as a terminal, step by step; after a power cut the same steps go on where they were."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from sync import anchors, changes, identity, leases, tls, transfer
from sync.applicant import Approach, Enrolment, Wanted, ask_enrolment, ask_offer, fetch_authority
from sync.client import Client
from sync.clock import TrustedClock
from sync.database import Database
from sync.documents import put_settings
from sync.errors import BadCode, BadPack, NotReached
from sync.failures import CentralBusy, Refusal
from sync.feed import PackFeed, PackProgress, PackSink, Stage
from sync.identity import Identity, IdentityState, signing_secret
from sync.keystore import KeyStore
from sync.membership import membership
from sync.setup_steps import Report, SetUpProgress, SetUpStep
from sync.transport import Patience
from sync.wire.answers import EnrolAnswer, Offer
from sync.wire.code import EnrolmentCode
from sync.wire.encoding import instant, parse_instant
from sync.wire.errors import Malformed
from sync.wire.keys import SigningKey, signers

PENDING = "enrolling"


@dataclass(frozen=True)
class SetUpParts:
    db: Database
    keys: KeyStore
    clock: TrustedClock
    versions: Mapping[str, str]
    report: Report
    patience: Patience = field(default_factory=Patience)
    piece: int = 256 * 1024  # of the first pack; after each the progress is reported


@dataclass(frozen=True)
class _Reached:
    approach: Approach
    authority: tls.Authority


class SetUp:
    """`reach` → choose a point → `enrol` → `fill`; each may be called again at any time."""

    def __init__(self, parts: SetUpParts) -> None:
        self._parts = parts
        self._reached: _Reached | None = None

    async def reach(self, url: str, code: str) -> Offer:
        """Raises BadCode, WrongCertificate where the code is another central's, and other LinkErrors."""
        parts = self._parts
        approach = Approach(url.rstrip("/"), read_code(code), parts.clock.proven, parts.patience)
        parts.report(SetUpProgress(SetUpStep.REACH))
        authority = await fetch_authority(approach)
        parts.report(SetUpProgress(SetUpStep.OFFER))
        offer = await ask_offer(approach, authority)
        self._reached = _Reached(approach, authority)
        return offer

    async def enrol(self, point: str) -> Identity:
        """The key is kept before central hears of it, so the same machine may always ask again."""
        if self._reached is None:
            raise NotReached("reach central first")
        parts, approach, authority = self._parts, self._reached.approach, self._reached.authority
        parts.report(SetUpProgress(SetUpStep.ENROL))
        await self._recall(approach, authority, point)
        key = await self._key(str(approach.code))
        lives = await parts.db.read(identity.enrolments)
        enrolled = await ask_enrolment(approach, authority, Wanted(point, key, parts.versions, lives))
        return await self._begin(enrolled, key, approach.url, authority)

    async def _recall(self, approach: Approach, authority: tls.Authority, point: str) -> None:
        """A life enrolled with an earlier code, whose answer was lost: known, its leases can be closed."""
        parts = self._parts
        pending, known = await parts.db.read(lambda conn: (_pending(conn), identity.kids(conn)))
        if pending is None or pending["code"] == str(approach.code) or pending["kid"] in known:
            return
        seed = await asyncio.to_thread(parts.keys.get, signing_secret(pending["kid"]))
        if seed is None:
            return
        before = replace(approach, code=read_code(pending["code"]))
        key = SigningKey(seed)
        try:
            lost = await ask_enrolment(before, authority, Wanted(point, key, parts.versions, again=True))
        except CentralBusy:
            raise
        except Refusal:  # nothing came of that code, or it was another central's
            return
        await self._begin(lost, key, approach.url, authority)

    async def _begin(
        self, enrolled: Enrolment, key: SigningKey, url: str, authority: tls.Authority
    ) -> Identity:
        parts, answer = self._parts, enrolled.answer
        anchor = parts.clock.anchor(parse_instant(answer.server_time))
        new = _identity(answer, url, authority, key, instant(parts.clock.now().at))

        def write(conn: Connection) -> Identity:
            before = identity.current(conn)
            if before is None or before.terminal != new.terminal:
                changes.restart(conn)
            identity.enrol(conn, new, enrolled.token)
            leases.freeze_others(conn, new.terminal, new.incarnation)
            anchors.save(conn, anchor)
            _take_first(conn, answer)
            return identity.require(conn)

        return await parts.db.run(write)

    async def fill(self, folder: Path, sink: PackSink) -> None:
        """First changes, the county's pack and its import. Raises LinkError, WrongHash, StoreError."""
        parts = self._parts
        here = await parts.db.read(identity.require)
        member = await asyncio.to_thread(membership, here, parts.keys)
        client = await Client.connect(member, parts.clock.proven, parts.patience)
        try:
            await self._first_changes(client)
            await self._first_pack(PackFeed(client, here.county, folder, sink))
        finally:
            await client.close()

    async def _first_changes(self, client: Client) -> None:
        parts, more, taken = self._parts, True, 0
        while more:
            parts.report(SetUpProgress(SetUpStep.CHANGES, taken))
            place = await parts.db.read(changes.place)
            signed = await client.changes(place)
            page = signed.changes
            at = instant(parts.clock.now().at)
            await parts.db.run(lambda conn: changes.take_changes(conn, client.member, signed, at))  # noqa: B023
            more, taken = page.more, taken + len(page.items)

    async def _first_pack(self, feed: PackFeed) -> None:
        report = self._parts.report
        progress = await feed.step(self._parts.piece)
        while progress.stage in (Stage.LOADING, Stage.LOADED):
            report(_of_pack(progress))
            if progress.stage is Stage.LOADED:
                report(SetUpProgress(SetUpStep.INSTALL, 0, 1))
                progress = await feed.install()
            else:
                progress = await feed.step(self._parts.piece)
        if progress.refusal is not None:
            raise BadPack(f"{progress.version}: {progress.refusal.trouble.value} {progress.refusal.detail}")
        report(SetUpProgress(SetUpStep.INSTALL, 1, 1))

    async def _key(self, code: str) -> SigningKey:
        db, keys = self._parts.db, self._parts.keys
        pending = await db.read(_pending)
        if pending is not None and pending["code"] == code:
            seed = await asyncio.to_thread(keys.get, signing_secret(pending["kid"]))
            if seed is not None:
                return SigningKey(seed)
        key = SigningKey.generate()
        await asyncio.to_thread(keys.put, signing_secret(key.kid), key.seed)
        text = json.dumps({"code": code, "kid": key.kid})
        await db.run(lambda conn: transfer.set_cursor(conn, PENDING, text))
        return key


def read_code(text: str) -> EnrolmentCode:
    try:
        return EnrolmentCode.parse(text)
    except Malformed as error:
        raise BadCode(str(error)) from error


def _pending(conn: Connection) -> dict[str, Any] | None:
    text = transfer.cursor(conn, PENDING)
    return None if text is None else json.loads(text)


def _take_first(conn: Connection, answer: EnrolAnswer) -> None:
    keys = signers(answer.keys)
    for text in answer.grants:
        leases.apply_grant(conn, changes.read_grant(text, keys), text)
    put_settings(conn, answer.settings, 0)


def _identity(answer: EnrolAnswer, url: str, authority: tls.Authority, key: SigningKey, at: str) -> Identity:
    return Identity(
        terminal=answer.terminal,
        incarnation=answer.incarnation,
        state=IdentityState.OPEN,
        kid=key.kid,
        epoch=answer.epoch,
        county=answer.county,
        profile=answer.profile,
        point=answer.point,
        central_url=url,
        central_ca=authority.pem,
        central_keys=answer.keys,
        high_water=0,
        enrolled_at=at,
    )


def _of_pack(progress: PackProgress) -> SetUpProgress:
    return SetUpProgress(SetUpStep.PACK, progress.got, progress.size)
