"""Where the person went: the path of routes and the page at its end; what is held over it hides it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.routes import Route

if TYPE_CHECKING:
    from ui.viewmodels.base import PageModel


@dataclass(frozen=True)
class Waiting:
    """Behind what is held; without a page the path is opened anew."""

    path: tuple[Route, ...]
    page: PageModel | None


class Paths:
    """`shown` is called when another page stands at the end; the one that was left goes after that."""

    def __init__(self, make: Callable[[Route], PageModel], shown: Callable[[], None]) -> None:
        self._make = make
        self._shown = shown
        self._waiting: tuple[Waiting, ...] = ()  # the last one is shown first
        self.path: tuple[Route, ...] = ()
        self.page: PageModel | None = None

    def open(self, path: Sequence[Route]) -> None:
        """Behind a lock it is opened when the lock goes."""
        if self._waiting:
            self.drop()
            self._waiting = (Waiting(tuple(path), None),)
            return
        left = self.page
        if left is not None:
            left.close()
        self._show(tuple(path), self._make(path[-1]))
        if left is not None:
            left.deleteLater()  # after the page that shows it: both wait for the loop, in this order

    def hold(self, route: Route) -> None:
        """What was open waits; its QML goes, and with it all that was only typed."""
        waiting = Waiting(self.path, self.page)
        self._show((route,), self._make(route))
        self._waiting = (*self._waiting, waiting)

    def release(self) -> None:
        """What waited is shown again."""
        assert self._waiting, "something is held"
        *behind, waiting = self._waiting
        self._waiting = tuple(behind)
        if waiting.page is None:
            self.open(waiting.path)
            return
        left = self.page
        self._show(waiting.path, waiting.page)
        self._drop(left)

    def drop(self) -> None:
        """What waited is gone for good."""
        waiting, self._waiting = self._waiting, ()
        for one in waiting:
            self._drop(one.page)

    def close(self) -> None:
        self.drop()
        if self.page is not None:
            self.page.close()

    def _show(self, path: tuple[Route, ...], page: PageModel) -> None:
        self.path, self.page = path, page
        page.refresh()
        self._shown()

    def _drop(self, page: PageModel | None) -> None:
        if page is not None:
            page.close()
            page.deleteLater()
