"""The one catalogue of words for enums and codes that people see on screen and paper."""

from enum import Enum

from kiosk.bilingual import Lang, Text, from_pack, same
from kiosk.devices.paper import SlipKind
from kiosk.devices.printer import PrinterState
from kiosk.services.offline import Can, ChapterId, Offline
from kiosk.services.permissions import Permission
from sync.carried import Fate
from sync.lanes import Lane
from sync.leases import Advice, LeaseState, Limit
from sync.outbox import State
from sync.policy import Link, Trouble
from sync.recovery import Recovery
from sync.wire.answers import Profile
from sync.wire.case import Reason
from sync.wire.kinds import Kind, kind_of
from sync.wire.operation import TimeQuality

__all__ = ["Lang", "Text", "from_pack", "kind", "of", "outcome", "reason", "same"]

WORDS: dict[Enum, Text] = {
    State.RECORDED: Text("已记录，等待发送", "Recorded, waiting to be sent"),
    State.SENT: Text("已发出，等待中心答复", "Sent, waiting for central's answer"),
    State.UNKNOWN: Text("已发出，答复没收到，正在核对", "Sent, answer not received: being checked"),
    State.REVIEW: Text("中心复核中", "Under review at central"),
    State.ACCEPTED: Text("已办成", "Done"),
    State.REJECTED: Text("未办成", "Not done"),
    SlipKind.RECORD_OF_REQUEST: Text("业务受理记录", "Record of request"),
    SlipKind.DONE: Text("办结凭证", "Done"),
    SlipKind.NOT_DONE: Text("未办成通知", "Not done"),
    SlipKind.IN_REVIEW: Text("复核中通知", "Under review"),
    SlipKind.REFUND: Text("退款凭证", "Cash returned"),
    SlipKind.CALLBACK: Text("回电登记单", "Call-back request"),
    SlipKind.GUIDE: Text("办事指南", "Guide"),
    SlipKind.TEST: Text("打印测试", "Printer test"),
    Kind.BILL_PAY: Text("缴费", "Bill payment"),
    Kind.APPLICATION_SUBMIT: Text("申请", "Application"),
    Kind.ORDER_PLACE: Text("订货", "Order"),
    Kind.GOODS_SELL: Text("现货销售", "Sale of goods here"),
    Kind.RIGHT_REDEEM: Text("用券", "Coupon redemption"),
    Kind.RIGHT_USE: Text("使用权益", "Right used"),
    Kind.CALLBACK_REQUEST: Text("回电登记", "Call-back request"),
    Kind.CASE_CLOSE: Text("退还办结", "Case closed"),
    Kind.OPERATION_REVERSE: Text("冲正", "Reversal"),
    Kind.OPERATOR_PIN: Text("设置密码", "PIN set"),
    Kind.LEASE_REQUEST: Text("申请份额", "Share asked for"),
    Kind.LEASE_RETURN: Text("退回份额", "Share handed back"),
    Kind.LEASE_CLOSE: Text("了结旧份额", "Old share closed"),
    Fate.TAKEN: Text("已收下，办理结果已更新", "Taken in: results are up to date"),
    Fate.KNOWN: Text("以前收过，没有变化", "Taken in before: nothing new"),
    Fate.FOR_ANOTHER: Text("是别的终端的，原样留着", "For another terminal: left as it is"),
    Fate.UPWARD: Text("是带给中心的，原样留着", "On its way to central: left as it is"),
    Fate.DAMAGED: Text(
        "文件不完整或被改动，没有收；本机没有丢失，请让送的人再带一份",
        "Not whole or altered: not taken, nothing lost. Have it brought once more",
    ),
    Fate.NEWER: Text(
        "由更新版本的程序写成，没有收：请先升级本机",
        "Made by a newer version, not taken: update this terminal",
    ),
    Fate.FOREIGN: Text("不是本机的中心发出的，没有收", "Not from this terminal's central: not taken"),
    Fate.UNASKED: Text("不是答复本机送出的文件，没有收", "Answers nothing this terminal sent: not taken"),
    Fate.LOCKED: Text(
        "中心不再接收本机的业务，本机已锁定，请联系上级",
        "Central takes no more of this terminal: call for help",
    ),
    Fate.PACK_TAKEN: Text("服务数据已更新", "Service data updated"),
    Fate.PACK_KNOWN: Text("服务数据已是这一版", "These service data are here already"),
    Fate.PACK_REFUSED: Text("服务数据不能用，原有的不变", "Service data not usable: what was here stays"),
    Offline.CACHED: Text("本机查阅", "Read here"),
    Offline.DRAFT: Text("先填后报", "Fill in now, sent later"),
    Offline.QUEUED: Text("先记后办", "Recorded now, done later"),
    Offline.ALLOTTED: Text("当场办结", "Done here"),
    Offline.ONLINE: Text("须联网", "Needs the network"),
    Can.NOW: Text("现在可办", "Ready now"),
    Can.NOW_RECORDED: Text("现在可受理", "Accepted now, done later"),
    Can.DRAFT_ONLY: Text("现在可填写", "Can be filled in now"),
    Can.NOT_NOW: Text("现在不可办", "Not possible now"),
    ChapterId.GOVERNMENT: Text("政务", "Government"),
    ChapterId.BILLS: Text("便民缴费", "Bills"),
    ChapterId.MALL: Text("商城", "Mall"),
    ChapterId.RIGHTS: Text("权益", "Rights"),
    ChapterId.CAMPAIGNS: Text("活动", "Campaigns"),
    ChapterId.COMMUNITY: Text("社区", "Community"),
    ChapterId.HEALTH: Text("健康", "Health"),
    ChapterId.HOUSING: Text("住房", "Housing"),
    ChapterId.LEARNING: Text("学习", "Learning"),
    Permission.TAKE_CASH: Text("收取现金", "Take cash"),
    Permission.SELL: Text("销售现货", "Sell goods"),
    Permission.REDEEM: Text("核销券", "Redeem coupons"),
    Permission.PAY_BACK: Text("退还现金", "Pay back cash"),
    Permission.REVERSE: Text("冲正", "Reverse an operation"),
    Permission.FIND_CASE: Text("查找待办", "Find a case by its number"),
    Permission.SEE_QUEUE: Text("查看待传队列", "See the queue"),
    Permission.REPRINT: Text("补打凭条", "Print a copy"),
    Permission.CARRY: Text("用优盘收发", "Send and receive by stick"),
    Permission.ALLOT: Text("申请和退回份额", "Ask for and hand back shares"),
    Permission.IDENTIFY: Text("凭电话为顾客作证", "Vouch for a person by telephone"),
    Permission.DEVICES: Text("查看和测试设备", "See and test the devices"),
    Permission.TIDY: Text("查看存储和时钟", "See storage and clock"),
    Permission.EXPORT_LOGS: Text("导出日志", "Export the logs"),
    Permission.SETTINGS: Text("更改本机设置", "Change this terminal's settings"),
    Permission.UNLOCK_KIOSK: Text("退出全屏锁定", "Leave the locked full screen"),
    Advice.FREE: Text("充足", "Plenty"),
    Advice.PREFER_ONLINE: Text("将用尽，请尽快联网", "Running low: go online soon"),
    Advice.STOP: Text("已停用，须先联网", "Stopped: go online first"),
    Limit.SOFT: Text("超过提醒线", "Over the lower limit"),
    Limit.HARD: Text("达到上限", "At the upper limit"),
    Limit.EXHAUSTED: Text("已用完", "Used up"),
    Limit.AGE: Text("太久没有更新", "Too old"),
    Limit.CLOCK: Text("时间不明，请尽快联网", "The time is not known: go online"),
    Limit.CLOSED: Text("已冻结", "Frozen"),
    LeaseState.OPEN: Text("在用", "In use"),
    LeaseState.FROZEN: Text("旧份额，等待了结", "Old share, to be closed"),
    LeaseState.REVOKED: Text("上级已收回", "Taken back by central"),
    LeaseState.CLOSED: Text("已了结", "Closed"),
    Link.UNKNOWN: Text("正在连接", "Connecting"),
    Link.ONLINE: Text("网络正常", "Online"),
    Link.OFFLINE: Text("没有网络", "Offline"),
    Link.HOSTILE: Text("网络不可信", "This network cannot be trusted"),
    Link.LOCKED: Text("本机已锁定", "This terminal is locked"),
    Trouble.NO_LINK: Text("连不上中心，请检查网络", "Central cannot be reached: check the network"),
    Trouble.ANSWER_LOST: Text("答复丢失，正在核对", "An answer was lost: being checked"),
    Trouble.CENTRAL_BUSY: Text("中心繁忙，稍后再试", "Central is busy: will try again"),
    Trouble.OUR_TURN: Text("中心繁忙，已排上队，到时自动上传", "Central is busy: sent by itself at our turn"),
    Trouble.CAPTIVE_PORTAL: Text(
        "此网络要先登录：请用浏览器打开任意网页登录",
        "Sign in to this network first: open any page in a browser",
    ),
    Trouble.WRONG_ANSWER: Text("收到的答复不是给本机的", "The answer is not for this terminal"),
    Trouble.WRONG_CERTIFICATE: Text(
        "对方不是中心，已拒绝连接：请换一个网络或联系上级",
        "Somebody else answers, connection refused: use another network or tell your supervisor",
    ),
    Trouble.CERTIFICATE_DATES: Text(
        "中心的证书不在有效期内，请联系上级", "Central's certificate is not valid today: tell your supervisor"
    ),
    Trouble.REFUSED: Text("中心拒绝了请求", "Central refused the request"),
    Trouble.CHAIN_FORK: Text("记录与中心不一致，已锁定", "Records differ from central's: locked"),
    Trouble.INCARNATION_CLOSED: Text("本机注册已结束，须重新注册", "This enrolment is closed: enrol again"),
    Trouble.RESTORED: Text("本机数据被还原过，已锁定", "This terminal was restored: locked"),
    Trouble.LANE: Text("部分数据暂时取不到", "Some data cannot be fetched for now"),
    Trouble.FAULT: Text("程序出错，已记录", "A fault of the program, noted"),
    Recovery.EVIDENCE: Text(
        "中心丢了一部分数据，正在出示中心自己的答复", "Central lost data: showing it its own answers"
    ),
    Recovery.RESENDING: Text("正在把中心丢失的业务再传一遍", "Sending again what central lost"),
    Recovery.ERASED: Text(
        "中心要的旧业务本机已按规定清除，由人工核对", "Central asks for what was erased here: checked by hand"
    ),
    Recovery.RECONCILING: Text(
        "中心正在恢复数据，份额暂停分配", "Central is being restored: no shares for now"
    ),
    Lane.OPERATIONS: Text("业务", "Business"),
    Lane.NEWS: Text("结果和通知", "Results and news"),
    Lane.ATTACHMENTS: Text("附件", "Attachments"),
    Lane.CONTENT: Text("资料和图片", "Packs and pictures"),
    TimeQuality.ANCHORED: Text("准，中心刚核对过", "Right: checked with central"),
    TimeQuality.DRIFTING: Text("大致准，有一阵没和中心核对", "About right: not checked for a while"),
    TimeQuality.UNKNOWN: Text("说不准，联网后自动校正", "Not known: put right once online"),
    Profile.PUBLIC: Text("公共终端", "Public terminal"),
    Profile.ASSISTED: Text("服务点终端", "Assisted point"),
    Profile.FIELD: Text("外勤终端", "Field laptop"),
    Profile.STAFF: Text("网点终端", "Branch desk"),
    PrinterState.READY: Text("打印机正常", "Printer ready"),
    PrinterState.PAPER_LOW: Text("打印纸将用完", "Paper is low"),
    PrinterState.PAPER_OUT: Text("打印机缺纸，凭条已保存", "Out of paper: the slip is kept"),
    PrinterState.COVER_OPEN: Text(
        "打印机盖子开着，凭条已保存", "The printer's cover is open: the slip is kept"
    ),
    PrinterState.JAMMED: Text("打印机卡住，凭条已保存", "The printer is stuck: the slip is kept"),
    PrinterState.UNPLUGGED: Text("打印机未连接，凭条已保存", "Printer not connected: the slip is kept"),
}

REASONS: dict[Reason, Text] = {
    Reason.BILL_PAID_ELSEWHERE: Text("账单已在别处缴过", "The bill has been paid elsewhere"),
    Reason.BILL_UNKNOWN: Text("收费单位没有这张账单", "The biller does not know this bill"),
    Reason.ACCOUNT_UNKNOWN: Text("收费单位没有这个户号", "The biller does not know this account"),
    Reason.AMOUNT_MISMATCH: Text("金额与账单不符", "The amount does not match the bill"),
    Reason.BILLER_CLOSED: Text("收费单位已停止收费", "The biller no longer takes payments"),
    Reason.SOLD_OUT: Text("商品已售完", "Sold out"),
    Reason.GOOD_UNKNOWN: Text("商品已下架", "The good is no longer sold"),
    Reason.PRICE_CHANGED: Text("价格已变动", "The price has changed"),
    Reason.COUPON_INVALID: Text("券无效", "The coupon is not valid"),
    Reason.COUPON_EXPIRED: Text("券已过期", "The coupon has expired"),
    Reason.COUPON_SPENT: Text("券已被使用", "The coupon has been used"),
    Reason.NOT_PERMITTED: Text("没有权限", "Not permitted"),
    Reason.PAYLOAD_INVALID: Text("内容不符合要求", "The contents are not valid"),
    Reason.CASE_UNKNOWN: Text("没有这件待办", "No such case"),
    Reason.CASE_CLOSED: Text("待办已经办结", "The case is already closed"),
    Reason.TARGET_UNKNOWN: Text("没有要冲正的业务", "Nothing to reverse"),
    Reason.TARGET_REJECTED: Text("要冲正的业务本就未办成", "What should be reversed was never done"),
    Reason.TARGET_SETTLED: Text("业务已结算，不能冲正", "Already settled: cannot be reversed"),
    Reason.POOL_EMPTY: Text("份额已分完", "Nothing left to allot"),
    Reason.LEASE_UNKNOWN: Text("没有这份份额", "No such share"),
    Reason.UNKNOWN_SCHEMA: Text("中心还不认识这种业务", "Central does not know this kind yet"),
    Reason.SCHEMA_TOO_OLD: Text(
        "本机程序太旧，中心人工核对", "This terminal's program is too old: checked by hand"
    ),
    Reason.PARENT_REJECTED: Text("相关的那笔业务没有办成", "The business it belongs to was not done"),
    Reason.PARENT_REVIEW: Text("相关的那笔业务还在复核", "The business it belongs to is under review"),
    Reason.LEASE_BREACH: Text("超出本机的份额，由中心处理", "Over this terminal's share: central settles it"),
    Reason.CENTRAL_FAILURE: Text("中心处理出错，正在复核", "Central failed: under review"),
    Reason.CENTRAL_RESTORED: Text("中心恢复数据后，由人工核对", "Being checked after central was restored"),
    Reason.CHAIN_FORK: Text(
        "本机记录出现两份，由中心核对", "This machine's record exists twice: under review"
    ),
    Reason.OPERATOR_UNKNOWN: Text("中心没有这位值守员", "Central does not know this operator"),
    Reason.RECONCILING: Text("中心正在恢复数据，暂不分配", "Central is being restored: nothing is allotted"),
}
ACCEPTED: dict[Kind, Text] = {
    Kind.BILL_PAY: Text("中心已确认，缴费成功", "Confirmed by central: paid"),
    Kind.APPLICATION_SUBMIT: Text(
        "中心已受理，办理结果另行通知", "Received by central; the decision will follow"
    ),
    Kind.ORDER_PLACE: Text("中心已确认订单，到货后凭单取货", "Order confirmed; collect with this slip"),
    Kind.GOODS_SELL: Text("中心已入账", "Booked by central"),
    Kind.RIGHT_REDEEM: Text("中心已确认，用券成功", "Confirmed by central: coupon used"),
    Kind.RIGHT_USE: Text("中心已入账", "Booked by central"),
    Kind.CALLBACK_REQUEST: Text("中心已收到，将会回电", "Received by central: you will be called back"),
    Kind.CASE_CLOSE: Text("现金已当面退还，中心已确认", "Cash paid back in person, confirmed by central"),
    Kind.OPERATION_REVERSE: Text("中心已确认冲正", "Reversal confirmed by central"),
}
UNITS = {"piece": ("件", "piece|pieces"), "point": ("分", "point|points")}
MEASURES = {
    "份": "portion|portions",
    "袋": "bag|bags",
    "盒": "box|boxes",
    "罐": "tin|tins",
    "桶": "can|cans",
    "箱": "case|cases",
    "瓶": "bottle|bottles",
    "台": "unit|units",
}
"""English for what goods are counted in; what has no word of its own is a piece."""


def of(member: Enum) -> Text:
    return WORDS[member]


def outcome(kind: Kind, state: State) -> Text:
    """What the state means for this kind of business."""
    return ACCEPTED.get(kind, WORDS[state]) if state is State.ACCEPTED else WORDS[state]


def reason(code: str | None) -> Text:
    """Words for central's reason; one this version does not know is shown as it is."""
    if code is None:
        return Text("未说明原因", "No reason given")
    if code not in REASONS:
        return Text(f"其他原因（{code}）", f"Another reason ({code})")
    return REASONS[Reason(code)]


def kind(code: str) -> Text:
    """Words for a kind of operation; one this version does not know is shown as it is."""
    found = kind_of(code)
    return of(found) if found else Text(f"其他业务（{code}）", f"Another business ({code})")


def counted(amount: int, unit: str) -> Text:
    """So many of a lease's unit, or of what a good is counted in."""
    zh, en = UNITS.get(unit, (unit, MEASURES.get(unit, "piece|pieces")))
    return Text(f"{{n}} {zh}", f"{{n:{en}}}").with_params({"n": str(amount)})


def each(unit: str) -> Text:
    return Text(f"每{unit}", "per " + MEASURES.get(unit, "piece|pieces").split("|")[0])
