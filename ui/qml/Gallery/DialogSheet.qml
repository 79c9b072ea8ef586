pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YPage {
    id: page

    title: "值班员登录"
    iconName: "operator"

    YPinPad {
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(560)
        Layout.alignment: Qt.AlignHCenter
        label: "李秀英，请输入密码"
        error: "密码不对，还可以试 2 次"
        secret: "123"
    }
    YDialog {
        id: dialog

        tone: "warn"
        title: "确定离开吗？"
        text: "还没有确认的内容会从本机清除。已经记录的业务不受影响。"
        acceptText: "离开"
        rejectText: "继续办理"
    }
    Component.onCompleted: if (Window.height < 1000) dialog.open()
}
