"""The power of one machine: every step that may be its last passes here."""

from __future__ import annotations

from collections.abc import Callable


class Cut(BaseException):
    """The power is gone; nothing of this machine runs on. No code of ours catches it."""


class Power:
    """`steps` counts statements, commits, writes, syncs, exchanges and the named points of all lives."""

    def __init__(self, at_cut: Callable[[str], None]) -> None:
        self._at_cut = at_cut
        self._left: int | None = None
        self.on = True
        self.steps = 0

    def cut_after(self, steps: int) -> None:
        self._left = steps

    def spare(self) -> None:
        """A planned cut does not come any more."""
        self._left = None

    def step(self, name: str) -> None:
        """Raises Cut where this is the last one, and ever after until the power is back."""
        if not self.on:
            raise Cut(name)
        self.steps += 1
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                self.cut(name)
                raise Cut(name)

    def cut(self, where: str) -> None:
        if self.on:
            self.on, self._left = False, None
            self._at_cut(where)
