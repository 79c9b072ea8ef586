pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import App
import Yizhan.Controls
import Yizhan.Keyboard

T.ApplicationWindow {
    id: window

    required property Frame frame
    required property Keyboard keyboard

    title: qsTr("驿站")
    color: Theme.ground

    Binding {
        target: Theme
        property: "elder"
        value: window.frame.elder
    }
    Binding {
        target: Theme
        property: "variant"
        value: window.frame.variant
    }
    Binding {
        target: Theme
        property: "still"
        value: window.frame.still
    }
    Binding {
        target: Theme
        property: "unit"
        value: Theme.unitFor(window.width, window.height)
    }
    Loader {
        id: pages

        objectName: "pages"

        function open() {
            setSource(window.frame.pageUrl, { frame: window.frame, base: window.frame.page, model: window.frame.page });
        }

        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: board.top
        focus: true
        Component.onCompleted: open()
    }
    YKeyboard {
        id: board

        objectName: "keyboard"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        keyboard: window.keyboard
        field: window.activeFocusItem
    }
    YFollow {
        item: window.activeFocusItem
        room: pages.height
    }
    Connections {
        target: window.frame

        function onPageChanged() {
            pages.open();
        }
        function onToasted(text, kind) {
            toast.show(text, kind);
        }
    }
    YToast {
        id: toast

        objectName: "toast"
    }
    YDialog {
        id: idle

        objectName: "idle"
        title: qsTr("您还在吗？")
        text: (window.frame.idleLocks ? qsTr("%1 秒后锁屏，没办完的业务还在，输入密码可以继续。") : qsTr("%1 秒后回到欢迎页，刚才填的内容会清除。")).arg(window.frame.idleLeft)
        tone: "warn"
        acceptText: qsTr("更多时间")
        rejectText: window.frame.idleLocks ? qsTr("退出登录") : qsTr("我办完了")
        onAccepted: window.frame.stay()
        onRejected: window.frame.leaveNow()
    }
    Binding {
        target: idle
        property: "visible"
        value: window.frame.idleWarning
    }
}
