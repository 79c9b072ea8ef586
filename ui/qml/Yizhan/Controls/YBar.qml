pragma ComponentBehavior: Bound

import QtQuick

Item {
    id: bar

    property real value: 0
    property real expected: 0
    property real mark: -1
    property string kind: "good"
    property string text: ""

    readonly property var tone: Theme.tones[kind]

    implicitWidth: Theme.px(320)
    implicitHeight: Theme.px(14)
    Accessible.role: Accessible.ProgressBar
    Accessible.name: text

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: Theme.sunken
        border.color: Theme.line
        border.width: Theme.hairline

        Rectangle {
            width: Math.round(parent.width * Math.max(0, Math.min(1, bar.expected)))
            height: parent.height
            visible: bar.expected > bar.value
            radius: height / 2
            color: bar.tone.soft
            border.color: bar.tone.ink
            border.width: Theme.hairline
        }
        Rectangle {
            width: Math.max(height, Math.round(parent.width * Math.max(0, Math.min(1, bar.value))))
            height: parent.height
            visible: bar.value > 0
            radius: height / 2
            color: bar.tone.ink
        }
    }
    Rectangle {
        x: Math.round((parent.width - width) * Math.max(0, Math.min(1, bar.mark)))
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.px(4)
        height: parent.height + Theme.s
        visible: bar.mark >= 0
        color: Theme.text
    }
}
