"""What the payload models of all kinds share: strict types, no unknown members, whole numbers only."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(min_length=1, max_length=128)]
Words = Annotated[str, Field(min_length=1, max_length=400)]
Fen = Annotated[int, Field(ge=-(10**12), le=10**12)]
PriceFen = Annotated[int, Field(gt=0, le=10**12)]
Pieces = Annotated[int, Field(gt=0, le=10**6)]


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Cash(Strict):
    """Above zero into the till, below zero out of it."""

    fen: Fen
    lease: Id


class CashIn(Cash):
    fen: PriceFen


class CashOut(Cash):
    fen: Annotated[int, Field(ge=-(10**12), le=0)]
