pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: entry

    property string name: ""
    property string phone: ""
    signal nameEdited(string text)
    signal phoneEdited(string text)
    signal accepted

    readonly property bool tall: width < Theme.pair

    Layout.fillWidth: true
    columns: tall ? 1 : 2
    columnSpacing: Theme.l
    rowSpacing: Theme.l

    ColumnLayout {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.m

        YField {
            objectName: "buyer.phone"
            Layout.fillWidth: true
            focus: entry.visible
            label: qsTr("手机号码")
            iconName: "phone"
            mode: "digits"
            typing: ""
            maximumLength: 12
            text: entry.phone
            onEdited: text => entry.phoneEdited(text)
            onAccepted: entry.accepted()
        }
        YField {
            objectName: "buyer.name"
            Layout.fillWidth: true
            label: qsTr("姓名")
            iconName: "person"
            typing: "name"
            maximumLength: 40
            text: entry.name
            onEdited: text => entry.nameEdited(text)
            onAccepted: entry.accepted()
        }
    }
    YNumberPad {
        objectName: "buyer.pad"
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        Layout.maximumWidth: entry.tall ? -1 : Theme.pad
        maximumLength: 12
        value: entry.phone
        onEdited: value => entry.phoneEdited(value)
    }
}
