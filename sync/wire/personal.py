"""The personal part of a payload, sealed to central in one member beside those that anybody here may read."""

from collections.abc import Collection, Mapping
from typing import Any

from sync.wire import canon
from sync.wire.errors import Malformed
from sync.wire.operation import SEALED
from sync.wire.sealing import DecryptionKey, EncryptionKey, Sealed, seal, unseal
from sync.wire.zipped import pack, unpack

MAX_PERSONAL = 64 * 1024  # unpacked


def sealed(payload: Mapping[str, Any], names: Collection[str], key: EncryptionKey) -> dict[str, Any]:
    """The payload with these members sealed; as it is where it has none of them."""
    private = {name: value for name, value in payload.items() if name in names}
    if not private:
        return dict(payload)
    packed = pack(canon.encode(private), 19)
    clear = {name: value for name, value in payload.items() if name not in names}
    return clear | {SEALED: seal(key, Sealed.PAYLOAD, packed)}


def opened(payload: Mapping[str, Any], keys: Mapping[str, DecryptionKey]) -> dict[str, Any]:
    """What `sealed` was given. Raises WireError."""
    text = payload.get(SEALED)
    if not isinstance(text, str):
        raise Malformed("not a sealed token")
    private = canon.decode_object(unpack(unseal(text, keys, Sealed.PAYLOAD), MAX_PERSONAL))
    clear = {name: value for name, value in payload.items() if name != SEALED}
    if SEALED in private or private.keys() & clear.keys():
        raise Malformed("the same member sealed and clear")
    return clear | private
