"""The demo's coupons: which serials of each kind are homed at the main point."""

from dataclasses import dataclass

from central.demo.files import table


@dataclass(frozen=True)
class CouponBlock:
    kind: str
    first: int
    last: int
    face_fen: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def budget_fen(self) -> int:
        """What the campaign must hold for the whole block."""
        return self.count * self.face_fen


def coupon_blocks() -> tuple[CouponBlock, ...]:
    rows = table("coupon_kinds.json")
    return tuple(CouponBlock(row["id"], row["block"][0], row["block"][1], row["face_fen"]) for row in rows)
