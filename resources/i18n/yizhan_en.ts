<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>AttractCard</name>
    <message>
        <source>去看看</source>
        <translation>Have a look</translation>
    </message>
</context>
<context>
    <name>AttractCards</name>
    <message>
        <source>上一条</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>下一条</source>
        <translation>Next</translation>
    </message>
</context>
<context>
    <name>AttractPage</name>
    <message>
        <source>触摸屏幕开始</source>
        <translation>Touch to begin</translation>
    </message>
    <message>
        <source>标准</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Larger</translation>
    </message>
</context>
<context>
    <name>BasketLine</name>
    <message>
        <source>移出</source>
        <translation>Remove</translation>
    </message>
</context>
<context>
    <name>BasketPage</name>
    <message>
        <source>先去挑几样，再回来付款</source>
        <translation>Choose some goods first, then come back to pay</translation>
    </message>
    <message>
        <source>去挑商品</source>
        <translation>Choose goods</translation>
    </message>
    <message>
        <source>移出</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>手机号码</source>
        <translation>Mobile number</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>BillsPage</name>
    <message>
        <source>算找零</source>
        <translation>Count the change</translation>
    </message>
    <message>
        <source>改金额</source>
        <translation>Change the amount</translation>
    </message>
</context>
<context>
    <name>BoardAnswer</name>
    <message>
        <source>可以这样办</source>
        <translation>What you can do instead</translation>
    </message>
</context>
<context>
    <name>BoardRow</name>
    <message>
        <source>退格</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>隔音符号</source>
        <translation>Syllable break</translation>
    </message>
    <message>
        <source>大写</source>
        <translation>Capitals</translation>
    </message>
    <message>
        <source>数字</source>
        <translation>Digits</translation>
    </message>
    <message>
        <source>符号</source>
        <translation>Signs</translation>
    </message>
    <message>
        <source>英文字母</source>
        <translation>Letters</translation>
    </message>
    <message>
        <source>拼音</source>
        <translation>Pinyin</translation>
    </message>
</context>
<context>
    <name>BusinessDetail</name>
    <message>
        <source>凭条</source>
        <translation>Slip</translation>
    </message>
    <message>
        <source>有关的业务</source>
        <translation>Related</translation>
    </message>
</context>
<context>
    <name>BusinessPage</name>
    <message>
        <source>查</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>凭条上的号，或用扫码枪扫凭条上的码</source>
        <translation>The number on the slip, or scan its code</translation>
    </message>
    <message>
        <source>例如 00012</source>
        <translation>For example 00012</translation>
    </message>
    <message>
        <source>出示会员码，看自己办的业务</source>
        <translation>Show a member code to see your own</translation>
    </message>
</context>
<context>
    <name>CallbackPage</name>
    <message>
        <source>手机或座机</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>要办的事</source>
        <translation>What it is about</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>CandidateGrid</name>
    <message>
        <source>上一页</source>
        <translation>Page up</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Page down</translation>
    </message>
    <message>
        <source>退格</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>CandidateStrip</name>
    <message>
        <source>全拼、首字母都可以；生僻字先按 u</source>
        <translation>Pinyin; rare characters: u first</translation>
    </message>
    <message>
        <source>单手</source>
        <translation>One hand</translation>
    </message>
    <message>
        <source>换左手</source>
        <translation>Left hand</translation>
    </message>
    <message>
        <source>双手</source>
        <translation>Both hands</translation>
    </message>
    <message>
        <source>收起键盘</source>
        <translation>Hide keys</translation>
    </message>
    <message>
        <source>生僻字：打出各个部分，如 氵父 打 shuifu</source>
        <translation>Rare character: spell its parts, 氵父 as shuifu</translation>
    </message>
    <message>
        <source>没有这样读的字</source>
        <translation>No character reads like this</translation>
    </message>
    <message>
        <source>键盘</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>更多字</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>CasesPage</name>
    <message>
        <source>领款人姓名</source>
        <translation>Who receives the cash</translation>
    </message>
</context>
<context>
    <name>CashPad</name>
    <message>
        <source>应收</source>
        <translation>To pay</translation>
    </message>
    <message>
        <source>收到（元）</source>
        <translation>Received (yuan)</translation>
    </message>
    <message>
        <source>找零</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>ConfirmCard</name>
    <message>
        <source>应收现金</source>
        <translation>Cash to take</translation>
    </message>
</context>
<context>
    <name>CouponScan</name>
    <message>
        <source>用扫码枪对准券上的二维码，听到“嘀”一声就好。没有扫码枪的，把券码粘贴到下面。</source>
        <translation>Point the scanner at the code until it beeps. Without a scanner, paste the code below.</translation>
    </message>
    <message>
        <source>券码</source>
        <translation>Coupon code</translation>
    </message>
    <message>
        <source>扫码或粘贴</source>
        <translation>Scan or paste</translation>
    </message>
    <message>
        <source>粘贴</source>
        <translation>Paste</translation>
    </message>
</context>
<context>
    <name>CourierPage</name>
    <message>
        <source>用哪一个优盘？</source>
        <translation>Which stick?</translation>
    </message>
    <message>
        <source>优盘上有什么</source>
        <translation>What is on the stick</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>打印测试条</source>
        <translation>Print a test slip</translation>
    </message>
    <message>
        <source>最近的故障</source>
        <translation>Last troubles</translation>
    </message>
</context>
<context>
    <name>DisplayDialog</name>
    <message>
        <source>看着舒服吗？</source>
        <translation>Is this easy to read?</translation>
    </message>
    <message>
        <source>好了</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>字大、按钮大，一次看得少一些</source>
        <translation>Large type and buttons, less at a time</translation>
    </message>
    <message>
        <source>颜色</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>平常</source>
        <translation>Usual</translation>
    </message>
    <message>
        <source>黑白分明</source>
        <translation>Black on white</translation>
    </message>
    <message>
        <source>看不清浅色时用</source>
        <translation>Where pale colours are hard to see</translation>
    </message>
    <message>
        <source>夜间</source>
        <translation>Night</translation>
    </message>
    <message>
        <source>光线暗、怕刺眼时用</source>
        <translation>In the dark, or for eyes that tire</translation>
    </message>
</context>
<context>
    <name>EntryPad</name>
    <message>
        <source>金额（元）</source>
        <translation>Amount (yuan)</translation>
    </message>
</context>
<context>
    <name>FormPage</name>
    <message>
        <source>先存着</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>不要了</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>重新填一份</source>
        <translation>Begin a new one</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>FramedPage</name>
    <message>
        <source>值守员登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>出示证件</source>
        <translation>My card</translation>
    </message>
    <message>
        <source>结束</source>
        <translation>End</translation>
    </message>
    <message>
        <source>%1 · 结束</source>
        <translation>%1 · End</translation>
    </message>
    <message>
        <source>停</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>朗读</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>标准</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>显示</source>
        <translation>Display</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>退出登录？</source>
        <translation>Sign out?</translation>
    </message>
    <message>
        <source>%1，退出后要再输密码才能收付现金。</source>
        <translation>%1, after this the PIN is needed again before cash is handled.</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Sign out</translation>
    </message>
</context>
<context>
    <name>GoodDetail</name>
    <message>
        <source>小计</source>
        <translation>Subtotal</translation>
    </message>
</context>
<context>
    <name>GoodGrid</name>
    <message>
        <source>换个词试试，也可以只输拼音首字母</source>
        <translation>Try another word, or only the pinyin initials</translation>
    </message>
</context>
<context>
    <name>GuidePage</name>
    <message>
        <source>输入事项名称、拼音或首字母，如 sfz</source>
        <translation>Words, pinyin or initials, for example sfz</translation>
    </message>
    <message>
        <source>换个说法试试，比如只输两个字，或输入拼音首字母</source>
        <translation>Try other words, just two characters, or pinyin initials</translation>
    </message>
    <message>
        <source>上一页</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>请带好这些材料</source>
        <translation>Please bring</translation>
    </message>
    <message>
        <source>怎么办</source>
        <translation>How it is done</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>待办</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>我的业务</source>
        <translation>My business</translation>
    </message>
    <message>
        <source>接上网络，数据下载完就能用</source>
        <translation>Connect the network; it works once the data is here</translation>
    </message>
</context>
<context>
    <name>IdentifyPage</name>
    <message>
        <source>手机或座机</source>
        <translation>Telephone</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>LeasesPage</name>
    <message>
        <source>交回</source>
        <translation>Hand back</translation>
    </message>
    <message>
        <source>件数</source>
        <translation>Pieces</translation>
    </message>
</context>
<context>
    <name>LinePage</name>
    <message>
        <source>线路</source>
        <translation>Line</translation>
    </message>
    <message>
        <source>时钟</source>
        <translation>Clock</translation>
    </message>
    <message>
        <source>本月流量</source>
        <translation>Data this month</translation>
    </message>
    <message>
        <source>先送什么</source>
        <translation>What goes first</translation>
    </message>
    <message>
        <source>本机与中心</source>
        <translation>This terminal and central</translation>
    </message>
    <message>
        <source>优盘收发</source>
        <translation>By courier</translation>
    </message>
    <message>
        <source>长时间没有网络时，让人用优盘带走</source>
        <translation>When there is no network for long: have it carried on a stick</translation>
    </message>
</context>
<context>
    <name>LogsPage</name>
    <message>
        <source>导出到哪里？</source>
        <translation>Where should it go?</translation>
    </message>
    <message>
        <source>只有程序出了什么错、在什么时候；没有姓名、证件号和电话</source>
        <translation>Only what went wrong in the program and when; no names, ID numbers or telephone numbers</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>驿站</source>
        <translation>Yizhan</translation>
    </message>
    <message>
        <source>您还在吗？</source>
        <translation>Are you still there?</translation>
    </message>
    <message>
        <source>%1 秒后回到欢迎页，刚才填的内容会清除。</source>
        <translation>In %1 seconds the welcome page comes back and what you typed is wiped.</translation>
    </message>
    <message>
        <source>%1 秒后锁屏，没办完的业务还在，输入密码可以继续。</source>
        <translation>The screen locks in %1 s. What was begun stays: your PIN goes on with it.</translation>
    </message>
    <message>
        <source>更多时间</source>
        <translation>More time</translation>
    </message>
    <message>
        <source>我办完了</source>
        <translation>I am done</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Sign out</translation>
    </message>
</context>
<context>
    <name>MallPage</name>
    <message>
        <source>退格</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>字母键</source>
        <translation>Letters</translation>
    </message>
</context>
<context>
    <name>ProofCard</name>
    <message>
        <source>您的 6 位密码</source>
        <translation>Your six-digit PIN</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>本机</source>
        <translation>This terminal</translation>
    </message>
</context>
<context>
    <name>RightsPage</name>
    <message>
        <source>先下单付款，再回来用券</source>
        <translation>Order and pay first, then come back with the coupon</translation>
    </message>
    <message>
        <source>应付给顾客</source>
        <translation>To the customer</translation>
    </message>
</context>
<context>
    <name>ServiceTile</name>
    <message>
        <source>%1：%2。点这里看说明</source>
        <translation>%1: %2. Touch to see why</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>本机</source>
        <translation>This terminal</translation>
    </message>
    <message>
        <source>设置文件里的，在这里不能改</source>
        <translation>From the settings file, not changed here</translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message>
        <source>中心地址</source>
        <translation>Central&apos;s address</translation>
    </message>
    <message>
        <source>登记码</source>
        <translation>Enrolment code</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>再打一张</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>试打一张</source>
        <translation>Print a test slip</translation>
    </message>
</context>
<context>
    <name>StaffPage</name>
    <message>
        <source>请输入待办编号</source>
        <translation>Enter the case number</translation>
    </message>
    <message>
        <source>印在“未办成通知”上，例如 GA-260308-0017</source>
        <translation>It is printed on the customer&apos;s slip, for example GA-260308-0017</translation>
    </message>
    <message>
        <source>全区没有了结的待办</source>
        <translation>Open cases of the county</translation>
    </message>
    <message>
        <source>业务</source>
        <translation>Business</translation>
    </message>
    <message>
        <source>本机</source>
        <translation>This machine</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>磁盘</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>各占多少</source>
        <translation>What takes how much</translation>
    </message>
</context>
<context>
    <name>TillPage</name>
    <message>
        <source>抽屉里应有</source>
        <translation>Should be in the drawer</translation>
    </message>
    <message>
        <source>请与实数核对；对不上的，先不要再收。</source>
        <translation>Count and compare; if it differs, take no more cash.</translation>
    </message>
    <message>
        <source>还可收</source>
        <translation>May still be taken</translation>
    </message>
    <message>
        <source>本机份额</source>
        <translation>Shares of this terminal</translation>
    </message>
    <message>
        <source>额度和现货申请补充，用不着的交回</source>
        <translation>Ask for more float or goods; hand back what is not needed</translation>
    </message>
    <message>
        <source>前一天</source>
        <translation>Day before</translation>
    </message>
    <message>
        <source>后一天</source>
        <translation>Day after</translation>
    </message>
    <message>
        <source>收进</source>
        <translation>Taken in</translation>
    </message>
    <message>
        <source>付出</source>
        <translation>Paid out</translation>
    </message>
</context>
<context>
    <name>YBusy</name>
    <message>
        <source>请稍候</source>
        <translation>Please wait</translation>
    </message>
</context>
<context>
    <name>YDialog</name>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>YError</name>
    <message>
        <source>错误代码 %1</source>
        <translation>Error code %1</translation>
    </message>
</context>
<context>
    <name>YField</name>
    <message>
        <source>%1（必填）</source>
        <translation>%1 (needed)</translation>
    </message>
</context>
<context>
    <name>YKeyboard</name>
    <message>
        <source>屏幕键盘</source>
        <translation>Keyboard on the screen</translation>
    </message>
</context>
<context>
    <name>YLongField</name>
    <message>
        <source>%1 / %2 字</source>
        <translation>%1 of %2 characters</translation>
    </message>
</context>
<context>
    <name>YNumberPad</name>
    <message>
        <source>数字键盘</source>
        <translation>Number pad</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>退格</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>YPageFooter</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>首页</source>
        <translation>Home</translation>
    </message>
</context>
<context>
    <name>YPinPad</name>
    <message>
        <source>请输入密码</source>
        <translation>Enter the PIN</translation>
    </message>
</context>
<context>
    <name>YProgressSteps</name>
    <message>
        <source>等待</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>进行中</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>失败</source>
        <translation>Failed</translation>
    </message>
</context>
<context>
    <name>YQuantity</name>
    <message>
        <source>数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>减少</source>
        <translation>Less</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>增加</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>YSearchField</name>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>输入名称、拼音或首字母</source>
        <translation>Name, pinyin or initials</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>YStepHeader</name>
    <message>
        <source>第 %1 步，共 %2 步</source>
        <translation>Step %1 of %2</translation>
    </message>
</context>
</TS>
