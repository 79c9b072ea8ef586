pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

Rectangle {
    id: bar

    property string text: ""
    property string iconName: kind === "good" ? "online" : kind === "warn" ? "offline" : Theme.tones[kind].icon
    property string kind: "warn"
    default property alias actions: slot.data

    readonly property var tone: Theme.tones[kind]

    implicitWidth: row.implicitWidth + 2 * Theme.l
    implicitHeight: visible ? Math.max(Theme.px(48), row.implicitHeight + Theme.s) : 0
    visible: text !== ""
    color: tone.soft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.m

        YIcon {
            name: bar.iconName
            color: bar.tone.ink
        }
        YText {
            Layout.fillWidth: true
            text: bar.text
            color: bar.tone.ink
            strong: true
            font.pixelSize: Theme.small
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        RowLayout {
            id: slot

            Layout.fillWidth: false
            spacing: Theme.s
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 2
        color: bar.tone.ink
        opacity: 0.25
    }
}
