pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

YDialog {
    id: dialog

    required property Frame frame

    objectName: "display"
    title: qsTr("看着舒服吗？")
    iconName: "display"
    acceptText: qsTr("好了")
    rejectText: ""

    YCheck {
        objectName: "display.elder"
        Layout.fillWidth: true
        text: qsTr("大字")
        note: qsTr("字大、按钮大，一次看得少一些")
        checkable: false
        checked: dialog.frame.elder
        onClicked: dialog.frame.toggleElder()
    }
    YChoice {
        objectName: "display.variant"
        Layout.fillWidth: true
        label: qsTr("颜色")
        value: dialog.frame.variant
        model: [
            { value: "normal", label: qsTr("平常"), note: "" },
            { value: "contrast", label: qsTr("黑白分明"), note: qsTr("看不清浅色时用") },
            { value: "night", label: qsTr("夜间"), note: qsTr("光线暗、怕刺眼时用") }
        ]
        onChosen: value => dialog.frame.chooseVariant(value)
    }
}
