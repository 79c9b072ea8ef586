"""A slip with one line of each sort, and names that no code page of a printer has."""

from datetime import UTC, datetime

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Amount, Note, Pair, Qr, Rule, Slip, SlipKind, Title, Words

CODE = "YZS1.T-0001.1.7." + "ab" * 32 + "." + "c" * 86
RARE = "㳇㮾𡓐"


def slip(**changes: object) -> Slip:
    lines = (
        Title(Text("业务受理记录", "RECORD OF REQUEST")),
        Words(Text("交电费", "Electricity"), strong=True),
        Rule(),
        Pair(Text("户名", "Payer"), same(f"单{RARE}")),
        Pair(Text("地址", "Address"), same("协兴镇星光村委会旁便民服务室东侧第三间向阳的那一间屋子")),
        Amount(Text("实收现金", "Cash received"), 1_234_567),
        Note(Text("本单不是办结凭证。", "This is no receipt.")),
        Qr(CODE, Text("核验码", "Verification code")),
    )
    values = {
        "number": "T-0001-00007",
        "kind": SlipKind.RECORD_OF_REQUEST,
        "op_id": "op",
        "at": datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
        "lines": lines,
    }
    return Slip(**(values | changes))  # type: ignore[arg-type]
