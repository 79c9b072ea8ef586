"""The operator's half of the catalogue of words: what a state means at the counter, and what to do."""

from __future__ import annotations

from kiosk.bilingual import Text
from sync.outbox import State
from sync.wire.case import Reason

STATES: dict[State, Text] = {
    State.RECORDED: Text(
        "已安全记在本机，联网后自动送出；顾客可以先走，请勿重复办理",
        "Safe on this machine and sent by itself when online. The customer may leave; do not record it again",
    ),
    State.SENT: Text(
        "正在送往中心，很快会有答复；请勿重复办理",
        "On its way to central, soon answered. Do not record it again",
    ),
    State.UNKNOWN: Text(
        "已送出，但答复在路上丢了；联网后会自动问清中心，请勿重复办理",
        "It was sent, the answer was lost. Central will tell by itself once online: do not record it again",
    ),
    State.REVIEW: Text(
        "中心在人工核对，结果会自动回来；先不要退款，也不要重办",
        "Central looks at it and the result comes by itself. Pay nothing back, do not do it again",
    ),
    State.ACCEPTED: Text("已经办成，不用再做什么", "Done: there is nothing left to do"),
    State.REJECTED: Text(
        "没有办成，也没有收走什么；请告诉顾客原因，要办可以另办一笔",
        "Not done, and nothing was taken. Tell the customer why; it may be done anew",
    ),
}
REJECTED_WITH_CASE = Text(
    "没有办成：请到“待办”按编号 {number} 退给顾客",
    "Not done: settle case {number} with the customer under Cases",
)
REJECTED_CASE_COMES = Text(
    "没有办成；应退的待办正从中心过来，联网后到“待办”办理",
    "Not done. What is due comes from central as a case: see Cases once online",
)
REVIEWS: dict[Reason, Text] = {
    Reason.UNKNOWN_SCHEMA: Text(
        "中心升级后会自动办理，请等候；不要重办",
        "Central does it by itself once it is updated: wait, do not redo it",
    ),
    Reason.SCHEMA_TOO_OLD: Text(
        "请联系上级给本机升级；这一笔由中心办理，不要重办",
        "Have this terminal updated. Central settles this one: do not redo it",
    ),
    Reason.PARENT_REJECTED: Text(
        "先看“相关业务”那一笔；该退的由中心开待办",
        "Look at the one it belongs to; central opens a case for what is due",
    ),
    Reason.PARENT_REVIEW: Text(
        "等“相关业务”那一笔有结果，这一笔会自动跟上",
        "It follows by itself once the one it belongs to is decided",
    ),
    Reason.LEASE_BREACH: Text(
        "顾客的业务算数，差额由中心承担；请先联网更新份额",
        "The customer's business stands, the difference is central's. Go online to renew the share",
    ),
    Reason.CHAIN_FORK: Text(
        "本机数据曾被还原或复制，中心逐笔核对；请保留凭条",
        "This machine's data was restored or copied: central checks each one. Keep the slips",
    ),
    Reason.CENTRAL_FAILURE: Text(
        "不是本机的错，中心会处理；不要重办", "Not this terminal's fault: central mends it. Do not redo it"
    ),
    Reason.CENTRAL_RESTORED: Text(
        "中心丢过数据，正凭本机的记录核对；请保留凭条",
        "Central lost data and checks it by our records: keep the slips",
    ),
    Reason.OPERATOR_UNKNOWN: Text("请上级在中心补登记这位值守员", "Have this operator entered at central"),
}
LOCKED = Text(
    "本机已锁定：这一笔仍在本机，没有丢，最迟在重新设置本机后送到中心；请勿重复办理",
    "This terminal is locked: this one is safe here and reaches central at the latest when the terminal is"
    " set up anew. Do not record it again",
)
ON_A_STICK = Text("已写入优盘", "On a courier's stick")
CARRIED = Text("{at} 已写入优盘，等人带回答复", "Written to a stick {at}; the answer is to be carried back")
SEALED = Text("个人信息已加密，只有中心能看", "Personal part sealed: only central can read it")
TO_COME = Text(
    "还有 {count} 个附件待传，业务本身不受影响",
    "{count:attachment|attachments} still to be sent; the business stands",
)
BROKEN = Text(
    "{count} 个附件损坏传不了，请让顾客补交",
    "{count:attachment is|attachments are} damaged: ask the customer again",
)
ANEW = Text("已另办一笔更正", "Corrected by another one")


def about(state: State, reason: str | None, case_id: str | None, case_number: str | None) -> Text:
    """What the operator does about it; a reason this version does not know is counselled by the state."""
    if state is State.REJECTED and case_number is not None:
        return REJECTED_WITH_CASE.with_params({"number": case_number})
    if state is State.REJECTED and case_id is not None:
        return REJECTED_CASE_COMES
    if state is State.REVIEW and reason in REVIEWS:
        return REVIEWS[Reason(reason)]
    return STATES[state]
