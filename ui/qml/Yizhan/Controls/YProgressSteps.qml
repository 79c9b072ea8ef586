pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

ColumnLayout {
    id: list

    property var model: []

    readonly property var looks: ({
            waiting: { kind: "neutral", word: qsTr("等待"), icon: "clock" },
            working: { kind: "info", word: qsTr("进行中"), icon: "refresh" },
            done: { kind: "good", word: qsTr("完成"), icon: "check" },
            failed: { kind: "bad", word: qsTr("失败"), icon: "cross" }
        })

    spacing: 0
    Layout.fillHeight: false
    Accessible.role: Accessible.List

    Repeater {
        id: repeater

        model: list.model

        RowLayout {
            id: row

            required property var modelData
            required property int index

            readonly property var look: list.looks[modelData.state]
            readonly property var tone: Theme.tones[look.kind]

            Layout.fillWidth: true
            spacing: Theme.m
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.title + " " + look.word
            Accessible.description: modelData.detail ?? ""

            Item {
                Layout.preferredWidth: Theme.px(44)
                Layout.fillHeight: true

                Rectangle {
                    anchors.horizontalCenter: parent.horizontalCenter
                    y: Theme.px(44)
                    width: Theme.strokeStrong
                    height: parent.height - y
                    visible: row.index < repeater.count - 1
                    color: row.modelData.state === "done" ? Theme.good : Theme.track
                }
                Rectangle {
                    width: Theme.px(44)
                    height: width
                    radius: width / 2
                    color: row.modelData.state === "done" ? row.tone.ink : row.tone.soft
                    border.color: row.tone.ink
                    border.width: row.modelData.state === "waiting" ? 0 : Theme.stroke

                    YIcon {
                        anchors.centerIn: parent
                        name: row.look.icon
                        size: Theme.px(26)
                        color: row.modelData.state === "done" ? Theme.toneInk : row.tone.ink
                    }
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                Layout.bottomMargin: Theme.m
                spacing: 0

                RowLayout {
                    Layout.fillWidth: true
                    Layout.fillHeight: false
                    Layout.preferredHeight: Math.max(Theme.px(44), titleText.implicitHeight)
                    spacing: Theme.m

                    YText {
                        id: titleText

                        Layout.fillWidth: true
                        text: row.modelData.title
                        verticalAlignment: Text.AlignVCenter
                        strong: row.modelData.state !== "waiting"
                        color: row.modelData.state === "waiting" ? Theme.textSoft : Theme.text
                        Accessible.ignored: true
                    }
                    YText {
                        text: row.look.word
                        color: row.tone.ink
                        strong: true
                        font.pixelSize: Theme.small
                        wrapMode: Text.NoWrap
                        Accessible.ignored: true
                    }
                }
                YText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: row.modelData.detail ?? ""
                    color: row.modelData.state === "failed" ? Theme.bad : Theme.textSoft
                    font.pixelSize: Theme.small
                    Accessible.ignored: true
                }
            }
        }
    }
}
