"""Reads a decoded object into a frozen dataclass, refusing what is missing or of another type."""

from typing import Any, TypeVar

from sync.wire.errors import Malformed

T = TypeVar("T")


class Fields:
    """One object being read; every reader raises Malformed with the key's name."""

    def __init__(self, raw: Any, what: str) -> None:
        if not isinstance(raw, dict):
            raise Malformed(f"{what} is not an object")
        self._raw = raw
        self._what = what

    def text(self, key: str) -> str:
        return self._of(key, str)

    def integer(self, key: str) -> int:
        return self._of(key, int)

    def boolean(self, key: str) -> bool:
        return self._of(key, bool)

    def mapping(self, key: str) -> dict[str, Any]:
        return self._of(key, dict)

    def items(self, key: str) -> list[Any]:
        return self._of(key, list)

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self._raw.get(key) is not None else None

    def optional_integer(self, key: str) -> int | None:
        return self.integer(key) if self._raw.get(key) is not None else None

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.items(key)
        if any(not isinstance(value, str) for value in values):
            raise Malformed(f"{self._what}: {key} is not a list of texts")
        return tuple(values)

    def _of(self, key: str, kind: type[T]) -> T:
        value = self._raw.get(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise Malformed(f"{self._what}: {key} is missing or not {kind.__name__}")
        return value
