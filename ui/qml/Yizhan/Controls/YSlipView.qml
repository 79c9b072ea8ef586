pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

Item {
    id: slip

    property var lines: []
    property url qr: ""
    property string qrNote: ""
    property string stamp: ""
    property string stampKind: "info"
    property string stampIcon: Theme.tones[stampKind].icon

    property color backdrop: Theme.ground

    readonly property int tooth: Theme.px(11)
    readonly property real notch: width / Math.max(1, Math.round(width / (tooth * 1.42)))
    readonly property var tone: Theme.tones[stampKind]

    implicitWidth: Theme.px(Theme.elder ? 560 : 460)
    implicitHeight: column.implicitHeight + 2 * (Theme.l + tooth)
    Accessible.role: Accessible.Grouping
    Accessible.name: stamp
    Accessible.description: lines.map(line => [line.text, line.value].join(" ")).join("\n")

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
        clip: true

        Repeater {
            model: 2 * Math.ceil(slip.width / slip.notch)

            Rectangle {
                required property int index

                x: Math.floor(index / 2) * slip.notch + (slip.notch - width) / 2
                y: (index % 2 === 0 ? 0 : slip.height) - height / 2
                width: slip.tooth
                height: slip.tooth
                rotation: 45
                color: slip.backdrop
                border.color: Theme.line
                border.width: Theme.hairline
                antialiasing: true
            }
        }
        Rectangle {
            width: 1
            height: parent.height
            color: Theme.line
        }
        Rectangle {
            x: parent.width - 1
            width: 1
            height: parent.height
            color: Theme.line
        }
    }
    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.l
        anchors.topMargin: Theme.l + slip.tooth
        spacing: Theme.xs

        Rectangle {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.s
            Layout.preferredHeight: stampRow.implicitHeight + Theme.m
            visible: slip.stamp !== ""
            color: slip.tone.soft
            border.color: slip.tone.ink
            border.width: Theme.stroke
            radius: Theme.s

            RowLayout {
                id: stampRow

                anchors.centerIn: parent
                width: Math.min(implicitWidth, parent.width - Theme.m)
                spacing: Theme.s

                YIcon {
                    name: slip.stampIcon
                    color: slip.tone.ink
                }
                YText {
                    objectName: "slipStamp"
                    Layout.fillWidth: true
                    text: slip.stamp
                    color: slip.tone.ink
                    strong: true
                    font.pixelSize: Theme.lead
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }
        Repeater {
            model: slip.lines

            YSlipLine {
                required property var modelData

                Layout.fillWidth: true
                text: modelData.text ?? ""
                value: modelData.value ?? ""
                style: modelData.style ?? "text"
            }
        }
        Rectangle {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.m
            Layout.preferredWidth: Theme.px(196)
            Layout.preferredHeight: Theme.px(196)
            visible: slip.qr.toString() !== ""
            color: Theme.mat

            Image {
                anchors.fill: parent
                source: slip.qr
                cache: false
                smooth: false
                fillMode: Image.PreserveAspectFit
            }
        }
        YText {
            Layout.fillWidth: true
            visible: text !== ""
            text: slip.qrNote
            color: Theme.textSoft
            font.pixelSize: Theme.small
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
