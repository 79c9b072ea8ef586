"""Why a service may say no: each reason carries its own words, so none can be without.

RefusedError (sync.errors)
└── Refused      a person asked for something that may not be done, and is told why
"""

from collections.abc import Mapping
from enum import Enum, unique

from kiosk.bilingual import Text
from sync.errors import RefusedError


@unique
class Why(Enum):
    SIGN_IN_FIRST = Text("请值守员先登录", "The operator must sign in first")
    NOT_PERMITTED = Text("{name} 没有此项权限", "{name} is not permitted to do this")
    TERMINAL_LOCKED = Text(
        "本机已锁定，暂不能办新业务：请等工作人员处理，或到别的服务点办",
        "This terminal is locked and takes nothing new: ask staff, or go to another point",
    )
    NO_SEALING_KEY = Text(
        "本机还没有中心的加密钥匙，请先联网一次", "Central's key to seal to is not here yet: go online once"
    )
    NOT_ON_PUBLIC = Text("公共终端不保存个人资料", "Nothing personal is kept on a public terminal")

    OPERATOR_UNKNOWN = Text("没有这位值守员", "No such operator")
    OPERATOR_CLOSED = Text("该值守员已停用", "This operator is no longer active")
    PIN_WRONG = Text("密码不对，还可试 {left} 次", "Wrong PIN, {left:more try|more tries}")
    PIN_LOCKED = Text("错误次数过多，{until} 以后再试", "Too many wrong tries, locked until {until}")
    PIN_NONE = Text("还没有设置密码，请联系上级", "No PIN has been set, ask your supervisor")
    PIN_MUST_CHANGE = Text("请先设置自己的密码", "Set your own PIN first")
    PIN_FORM = Text("密码须为 6 位数字", "A PIN is six digits")
    PIN_TOO_SIMPLE = Text("密码太简单，请勿用连号或重复数字", "Too simple: no runs, no repeated digits")
    PIN_SAME = Text("新密码不能与旧密码相同", "The new PIN must differ from the old one")
    PROOF_MISSING = Text("请再次输入密码确认", "Enter the PIN once more to confirm")
    SECOND_MISSING = Text("请另一位值守员输入密码同意", "Another operator must agree with a PIN")
    SECOND_IS_FIRST = Text("须由另一个人输入密码，不能是本人", "It must be another person's PIN")
    SECOND_NOBODY = Text(
        "本点没有另一位有权的人，请联系网点", "Nobody else here may agree to this: call the branch"
    )

    CARD_EXPIRED = Text("这张身份证已于 {at} 过期", "This ID card expired on {at}")
    ID_NUMBER = Text("身份证号码不对，请核对每一位", "Not a valid ID card number: check every character")
    MEMBER_UNREADABLE = Text("这不是可识别的会员码", "This is not a member code")
    MEMBER_FORGED = Text("会员码签名不符，是伪造或损坏的", "The signature does not fit: forged or damaged")
    MEMBER_EXPIRED = Text("会员卡已于 {at} 过期，请换卡", "The card expired on {at}: ask for a new one")
    MEMBER_REVOKED = Text("这张会员卡已挂失或作废", "This member card was reported lost or cancelled")
    MEMBER_ELSEWHERE = Text("这是外县的会员卡，本机不能用", "This member card is of another county")

    NOT_MONEY = Text("金额看不懂：{text}", "Not an amount: {text}")
    AMOUNT_ZERO = Text("金额不能为零", "The amount must not be zero")
    AMOUNT_NEGATIVE = Text("金额不能为负", "The amount must not be negative")
    AMOUNT_TOO_SMALL = Text("金额不能低于 {limit}", "The amount must be at least {limit}")
    AMOUNT_TOO_LARGE = Text("金额不能超过 {limit}", "The amount must be at most {limit}")
    AMOUNT_STEP = Text("金额须为 {step} 的整倍数", "The amount must be a multiple of {step}")
    AMOUNT_NOT_EXACT = Text("此账单须按 {due} 缴纳", "This bill must be paid exactly: {due}")
    AMOUNT_BELOW_BILL = Text("不能少于账单金额 {due}", "Not less than the bill: {due}")
    TENDERED_SHORT = Text("收到的现金还差 {short}", "The cash received is {short} short")

    FLOAT_NONE = Text(
        "本点没有现金额度，不能收付现金", "This point has no cash float and may not handle cash"
    )
    OVER_FLOAT = Text("超出本点现金额度，还可收 {left}", "Over this point's cash float: {left} left")
    FLOAT_STOPPED = Text(
        "现金额度已用到上限，请先联网结算", "The cash float has reached its limit: go online first"
    )
    FLOAT_TOO_OLD = Text("现金额度太久没有更新，请先联网", "The cash float is too old: go online first")
    TILL_SHORT = Text("抽屉现金不足，现有 {till}", "Not enough cash in the till: {till}")

    ACCOUNT_EMPTY = Text("请输入{label}", "Enter the {label}")
    ACCOUNT_LENGTH = Text(
        "{label}应为 {length} 位，您输入了 {count} 位", "{label}: {length:character|characters}, not {count}"
    )
    ACCOUNT_CHARACTERS = Text(
        "{label}里有不允许的字符“{char}”", "{label}: the character {char} is not allowed"
    )
    ACCOUNT_FORM = Text(
        "{label}格式不对，例如 {example}", "{label} is not well formed, for example {example}"
    )
    BILL_FILE_EXPIRED = Text(
        "账单文件已过期（数据截至 {as_of}，有效至 {expires_at}），不能按旧账单收款",
        "The bill file has expired (as of {as_of}, valid until {expires_at}): no payment on old bills",
    )
    PAID_HERE = Text("这张账单已在本点缴过，凭条 {number}", "This bill has been paid here, slip {number}")
    BILL_NOT_OF_ACCOUNT = Text("账单与户号不符", "The bill is not of this account")
    NOT_WITHOUT_BILL = Text("{biller}必须有账单才能缴费", "{biller} takes no payment without a bill")
    BILLER_UNKNOWN = Text("没有这个缴费单位", "No such biller")

    FIELD_REQUIRED = Text("请填写{label}", "{label} is needed")
    FIELD_NUMBER = Text("{label}应为数字", "{label} must be a number")
    FIELD_DATE = Text("{label}应为日期，例如 2025-03-08", "{label} must be a date such as 2025-03-08")
    FIELD_CHOICE = Text("请从{label}的选项中选择", "Choose one of the given answers for {label}")
    FIELD_SHORT = Text("{label}至少 {limit} 个字", "{label}: at least {limit:character|characters}")
    FIELD_LONG = Text("{label}最多 {limit} 个字", "{label}: at most {limit:character|characters}")
    FIELD_LOW = Text("{label}不能小于 {limit}", "{label} must be at least {limit}")
    FIELD_HIGH = Text("{label}不能大于 {limit}", "{label} must be at most {limit}")
    FIELD_FORM = Text("{label}格式不对", "{label} is not well formed")
    FORM_UNKNOWN = Text("没有这张表", "No such form")
    FORM_CHANGED = Text(
        "表格已更新，请再检查一遍", "The form has been revised: please check your answers again"
    )
    FORM_INCOMPLETE = Text(
        "还有 {count} 处没有填好：{label}", "{count:answer still needs|answers still need} work: {label}"
    )
    TOO_LONG = Text("内容太长，记录不下，请缩短", "Too long to be recorded: please shorten it")
    ATTACHMENT_TOO_LARGE = Text("附件不能超过 {limit}", "An attachment may be at most {limit}")
    ATTACHMENTS_TOO_MANY = Text("一次最多 {limit} 个附件", "At most {limit:attachment|attachments}")
    NOT_TEXT = Text(
        "内容里有无法记录的字符，请重新输入", "Some characters cannot be recorded: please type again"
    )

    ITEM_UNKNOWN = Text("没有这个事项", "No such item")
    SERVICE_UNKNOWN = Text("没有这项服务", "No such service")
    GOOD_UNKNOWN = Text("没有这件商品", "No such good")
    QUANTITY = Text("数量应为 1 到 {limit}", "The quantity must be 1 to {limit}")
    BASKET_EMPTY = Text("购物篮是空的", "The basket is empty")
    BASKET_GONE = Text(
        "篮中有商品已下架，请先移出", "Something in the basket is no longer sold: remove it first"
    )
    BASKET_FULL = Text("一单最多 {limit} 种商品", "At most {limit:kind|kinds} of goods in one order")
    BUYER = Text("请填写收货人姓名和电话，或都不填", "Give both name and telephone, or neither")
    STOCK_NONE = Text("本点没有现货", "None of it lies at this point")
    STOCK_LESS = Text("本点现货只剩 {left}", "Only {left} lie at this point")
    STOCK_STOPPED = Text(
        "现货份额需要联网核对后才能再卖", "The stock share must be checked online before more is sold"
    )

    COUPON_UNREADABLE = Text("这不是可识别的券码", "This is not a coupon code")
    COUPON_FORGED = Text("券码签名不符，是伪造或损坏的券", "The signature does not fit: forged or damaged")
    COUPON_EXPIRED = Text("券已于 {at} 过期", "The coupon expired on {at}")
    COUPON_NOT_YET = Text("券从 {at} 起才能使用", "The coupon is valid from {at}")
    COUPON_NOT_HOME = Text("这张券只能在 {home} 使用", "This coupon can be used at {home} only")
    COUPON_NOT_IN_LEASE = Text(
        "这张券不在本点可核销的号段内", "This coupon is not among those this point may redeem"
    )
    COUPON_REDEEMED_HERE = Text(
        "这张券已于 {at} 在本点用过，凭条 {number}", "This coupon was redeemed here on {at}, slip {number}"
    )
    COUPON_REVOKED = Text("这张券已被作废", "This coupon has been revoked")
    COUPON_KIND_UNKNOWN = Text("本机没有这种券的规则", "This terminal has no rules for this coupon")
    COUPON_STOPPED = Text("券的份额需要联网核对后才能再用", "The coupon share must be checked online first")
    ORDER_UNKNOWN = Text("没有可用的订单", "No such order")
    ORDER_BELOW = Text(
        "可用商品满 {least} 才能用，现为 {covered}", "Needs {least} of eligible goods, has {covered}"
    )
    ORDER_NOT_COVERED = Text("订单里没有这张券适用的商品", "No good of this order is eligible")
    ORDER_HAS_COUPON = Text("这张订单已用过券", "A coupon has been used on this order")
    ORDER_REFUSED = Text("这张订单没有办成", "This order was not accepted")

    CASE_UNKNOWN = Text("没有编号 {number} 的待办", "No case {number}")
    CASE_CLOSED = Text("这件待办已经办结", "This case is closed")
    CASE_BEING_CLOSED = Text(
        "这件待办已经办理，等待中心确认", "This case has been settled here, central's answer is awaited"
    )
    CASE_GOODS = Text("这件待办涉及实物，须由中心处理", "Goods are owed: central settles this case")
    CASE_STAFF = Text("这件待办须由网点工作人员办理", "Branch staff must settle this case")
    CASE_WAITS = Text("中心复核中，暂不需要办理", "Central is looking at it: nothing to do for now")
    RECEIVER_EMPTY = Text("请填写领款人姓名", "Enter the name of the person who is paid")

    TARGET_UNKNOWN = Text("本机没有这笔业务", "This terminal has no such operation")
    TARGET_KIND = Text("这类业务不能冲正", "This kind of operation cannot be reversed")
    TARGET_REFUSED = Text("这笔业务没有办成，请按待办退款", "It was not accepted: pay back by its case")
    TARGET_REVERSED = Text("这笔业务已经冲正过", "It has been reversed already")
    TARGET_OLD = Text("只能冲正当天的业务", "Only operations of the same day can be reversed")
    TARGET_NEEDED = Text("已有别的业务用到它，不能冲正", "Another operation rests on it")

    PHONE = Text("电话号码不对，例如 13812345678", "Not a telephone number, for example 13812345678")
    NOTE_EMPTY = Text("请说明要办什么", "Say what it is about")

    NEEDS_LINK = Text("此项须联网，现在没有网络", "This needs the network, which is not there now")
    NEEDS_PERSON = Text("此项须由工作人员办理，可登记回电", "Staff must do this: ask to be called back")
    NO_CATALOGUE = Text("本机还没有服务目录", "This terminal has no catalogue yet")
    CATALOGUE_EXPIRED = Text(
        "目录已于 {at} 过期，内容可能已变", "The catalogue expired on {at} and may be out of date"
    )
    DATE_IN_DOUBT = Text(
        "本机时间没有把握，办理期限以中心核定为准",
        "This machine is not sure of the date: central decides whether it was in time",
    )
    SERVICE_NOT_YET = Text("{at} 起开放", "Opens on {at}")
    SERVICE_OVER = Text("已于 {at} 结束", "Ended on {at}")
    ALREADY_ASKED = Text("已经申请过，等待中心答复", "Already asked for, central's answer is awaited")
    SHARE_LESS = Text("份额只剩 {left}", "Only {left} left of the share")
    SHARE_STOPPED = Text("份额需要联网核对后才能再用", "The share must be checked online before more is used")
    NOTHING_ALLOTTED = Text("本点没有可用的份额", "Nothing is allotted to this point")
    NOT_ON_THIS_TERMINAL = Text("本机不办理此项", "This terminal does not offer this")
    SLIP_UNKNOWN = Text("没有凭条 {number}", "No slip {number}")
    SLIP_UNREADABLE = Text(
        "这不是凭条号：输入凭条上的号，或扫凭条上的码",
        "Not a slip's number: enter the number on the slip, or scan its code",
    )
    SLIP_ALTERED = Text(
        "这张凭条的码和本机的记录对不上，请找工作人员看",
        "This slip's code does not fit what is recorded here: show it to staff",
    )
    SLIP_NOT_KEPT = Text(
        "这是本机以前办的（第 {number} 笔），记录已不在这块磁盘上，请找工作人员查",
        "It was done at this terminal before (no. {number}); the record is no longer on this disk: ask staff",
    )


class Refused(RefusedError):
    """A typed no. Its parameters fill the places in the reason's words."""

    def __init__(self, reason: Why, **params: str | Text) -> None:
        super().__init__(reason.name)
        self.reason = reason
        self.params: Mapping[str, str | Text] = dict(params)

    @property
    def text(self) -> Text:
        return self.reason.value.with_params(self.params)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refused) and (self.reason, self.params) == (other.reason, other.params)

    def __hash__(self) -> int:
        return hash(self.reason)
