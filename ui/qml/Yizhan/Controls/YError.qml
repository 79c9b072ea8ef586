pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

YEmpty {
    id: error

    property string remedy: ""
    property string code: ""

    iconName: "warn"
    ink: Theme.bad
    soft: Theme.tones.bad.soft
    actionIcon: "refresh"
    Accessible.role: Accessible.AlertMessage

    YText {
        Layout.fillWidth: true
        visible: text !== ""
        text: error.remedy
        strong: true
        horizontalAlignment: Text.AlignHCenter
    }
    YText {
        Layout.fillWidth: true
        visible: error.code !== ""
        text: qsTr("错误代码 %1").arg(error.code)
        color: Theme.textSoft
        font.pixelSize: Theme.small
        horizontalAlignment: Text.AlignHCenter
    }
}
