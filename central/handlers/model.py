"""What the payload models of all kinds share: strict types, no unknown members, whole numbers only."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sync.wire import masking

Id = Annotated[str, Field(min_length=1, max_length=128)]
Words = Annotated[str, Field(min_length=1, max_length=400)]
Fen = Annotated[int, Field(ge=-(10**12), le=10**12)]
PriceFen = Annotated[int, Field(gt=0, le=10**12)]
Pieces = Annotated[int, Field(gt=0, le=10**6)]


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Person(Strict):
    """Who was there, as little of it as tells them apart: a whole number is taken of a membership only."""

    how: Literal["card", "member", "vouched"]
    number: Id
    name: Id | None = None
    by: Id | None = None  # the operator whose word it rests on

    @model_validator(mode="after")
    def _is_masked(self) -> Self:
        if self.how == "card" and masking.number(self.number) != self.number:
            raise ValueError("a number that nobody masked")
        if self.how == "vouched" and masking.phone(self.number) != self.number:
            raise ValueError("a telephone number that nobody masked")
        if self.name is not None and masking.name(self.name) != self.name:
            raise ValueError("a name that nobody masked")
        if (self.how == "vouched") != (self.by is not None):
            raise ValueError("an operator's word goes with vouched, and only with it")
        return self


class Attended(Strict):
    """A payload of business: somebody may have been there, and a second operator may have agreed."""

    person: Person | None = None
    approved_by: Id | None = None

    def own(self) -> dict[str, Any]:
        """The members of the kind itself."""
        return self.model_dump(exclude={*Attended.model_fields})


class Cash(Strict):
    """Above zero into the till, below zero out of it."""

    fen: Fen
    lease: Id


class CashIn(Cash):
    fen: PriceFen


class CashOut(Cash):
    fen: Annotated[int, Field(ge=-(10**12), le=0)]
