pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YPage {
    id: page

    title: "按钮与状态"
    subtitle: "四种按钮、停用原因、空、错"
    iconName: "settings"
    offlineText: "网络已恢复，正在送出 3 笔业务"
    offlineKind: "good"

    Flow {
        Layout.fillWidth: true
        spacing: Theme.m

        YButton {
            kind: "primary"
            text: "确认缴费"
            iconName: "check"
            focus: true
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
        YButton {
            text: "打印"
            iconName: "print"
        }
        YButton {
            kind: "quiet"
            text: "稍后再说"
        }
        YButton {
            kind: "danger"
            text: "作废"
            iconName: "trash"
        }
        YButton {
            text: "远程开门"
            iconName: "door"
            enabled: false
            reason: "没有网络"
        }
        YButton {
            kind: "primary"
            large: true
            text: "开始办理"
            iconName: "forward"
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: page.portrait ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.l
        uniformCellWidths: true

        YCard {
            Layout.fillWidth: true
            Layout.fillHeight: true

            YEmpty {
                iconName: "queue"
                title: "还没有办过业务"
                text: "办过的业务会列在这里，断网时也能看。"
                actionText: "去首页"
                actionIcon: "home"
            }
        }
        YCard {
            Layout.fillWidth: true
            Layout.fillHeight: true

            YError {
                title: "打印机没有纸"
                text: "业务已记录，没有丢失。"
                remedy: "请装纸后再按“重试”。"
                code: "printer-paper-out"
                actionText: "重试"
            }
        }
    }
    YToast {
        objectName: "toast"
        parent: page
        Component.onCompleted: show("已记录，单号 0032-1-000147", "good")
    }
}
