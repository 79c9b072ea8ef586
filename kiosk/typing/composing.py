"""What is typed but not yet text: letters, and the words already picked from them."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from kiosk.typing.engine import LONGEST_BUFFER, Candidate, Engine, Expect
from kiosk.typing.syllables import SEPARATOR

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class Letter:
    text: str
    """A small letter, or the separator of syllables."""


@dataclass(frozen=True)
class Pick:
    place: int
    """Among the candidates; one that is not there picks nothing."""


@dataclass(frozen=True)
class Backspace:
    pass


@dataclass(frozen=True)
class AsTyped:
    """The letters themselves are meant."""


@dataclass(frozen=True)
class GiveUp:
    pass


Key: TypeAlias = Letter | Pick | Backspace | AsTyped | GiveUp


@dataclass(frozen=True)
class Picked:
    text: str
    letters: str
    """What it was picked for: backspace gives them back."""


@dataclass(frozen=True)
class Composing:
    """Where there are no letters nothing is picked either: it has become text."""

    letters: str = ""
    picked: tuple[Picked, ...] = ()
    expect: Expect = Expect.TEXT

    @property
    def chosen(self) -> str:
        return "".join(one.text for one in self.picked)

    @property
    def idle(self) -> bool:
        return not self.letters

    def candidates(self, engine: Engine) -> tuple[Candidate, ...]:
        if self.idle:
            return ()
        given = self.picked and self.expect is Expect.SURNAME
        return engine.candidates(self.letters, Expect.GIVEN if given else self.expect)


@dataclass(frozen=True)
class Pressed:
    state: Composing
    committed: str = ""
    """Text for the field."""


def press(state: Composing, key: Key, engine: Engine) -> Pressed:
    match key:
        case Letter(text):
            return Pressed(_typed(state, text))
        case Pick(place):
            return _pick(state, place, engine)
        case Backspace():
            return Pressed(_shorter(state))
        case AsTyped():
            return Pressed(_anew(state), state.chosen + state.letters.replace(SEPARATOR, ""))
        case GiveUp():
            return Pressed(_anew(state))


def _typed(state: Composing, text: str) -> Composing:
    room = len(state.letters) < LONGEST_BUFFER
    separates = text == SEPARATOR and not state.idle and state.letters[-1] != SEPARATOR
    if room and (text in _LETTERS or separates):
        return replace(state, letters=state.letters + text)
    return state


def _pick(state: Composing, place: int, engine: Engine) -> Pressed:
    found = state.candidates(engine)
    if not 0 <= place < len(found):
        return Pressed(state)
    one = found[place]
    rest = state.letters[one.uses :].lstrip(SEPARATOR)
    picked = (*state.picked, Picked(one.text, state.letters[: one.uses]))
    if rest:
        return Pressed(replace(state, letters=rest, picked=picked))
    return Pressed(_anew(state), state.chosen + one.text)


def _shorter(state: Composing) -> Composing:
    letters = state.letters[:-1]
    if letters or not state.picked:
        return replace(state, letters=letters)
    *before, last = state.picked
    return replace(state, letters=last.letters, picked=tuple(before))


def _anew(state: Composing) -> Composing:
    return Composing(expect=state.expect)
