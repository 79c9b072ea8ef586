pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

ColumnLayout {
    id: empty

    property string iconName: "info"
    property string title: ""
    property string text: ""
    property string actionText: ""
    property string actionIcon: ""
    property color ink: Theme.primary
    property color soft: Theme.primarySoft
    default property alias extras: slot.data
    signal actionRequested

    Layout.fillWidth: true
    spacing: Theme.m
    Layout.fillHeight: false
    Accessible.role: Accessible.Grouping
    Accessible.name: title
    Accessible.description: text

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: Theme.l
        Layout.preferredWidth: Theme.iconLarge * 2
        Layout.preferredHeight: Theme.iconLarge * 2
        radius: width / 2
        color: empty.soft

        YIcon {
            anchors.centerIn: parent
            name: empty.iconName
            size: Theme.iconLarge
            color: empty.ink
        }
    }
    YText {
        Layout.fillWidth: true
        text: empty.title
        strong: true
        font.pixelSize: Theme.lead
        horizontalAlignment: Text.AlignHCenter
    }
    YText {
        Layout.fillWidth: true
        visible: text !== ""
        text: empty.text
        color: Theme.textSoft
        horizontalAlignment: Text.AlignHCenter
    }
    ColumnLayout {
        id: slot

        Layout.alignment: Qt.AlignHCenter
        Layout.fillHeight: false
        spacing: Theme.s
    }
    YButton {
        objectName: empty.objectName === "" ? "emptyAction" : empty.objectName + "Action"
        Layout.alignment: Qt.AlignHCenter
        visible: text !== ""
        text: empty.actionText
        iconName: empty.actionIcon
        onClicked: empty.actionRequested()
    }
}
