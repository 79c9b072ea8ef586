pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

RowLayout {
    id: control

    property int value: 1
    property int from: 1
    property int to: 99
    property string unit: ""
    property string label: qsTr("数量")
    signal changed(int value)

    spacing: Theme.s
    Layout.fillWidth: false
    Accessible.role: Accessible.SpinBox
    Accessible.name: label
    Accessible.description: value + unit

    YButton {
        objectName: control.objectName === "" ? "less" : control.objectName + "Less"
        iconName: "minus"
        leftPadding: Theme.s
        rightPadding: Theme.s
        enabled: control.enabled && control.value > control.from
        Accessible.name: qsTr("减少")
        onClicked: control.changed(control.value - 1)
    }
    YText {
        Layout.minimumWidth: Theme.px(72)
        text: control.unit === "" ? control.value : qsTr("%1 %2").arg(control.value).arg(control.unit)
        strong: true
        font.pixelSize: Theme.lead
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
    YButton {
        objectName: control.objectName === "" ? "more" : control.objectName + "More"
        iconName: "plus"
        leftPadding: Theme.s
        rightPadding: Theme.s
        enabled: control.enabled && control.value < control.to
        Accessible.name: qsTr("增加")
        onClicked: control.changed(control.value + 1)
    }
}
