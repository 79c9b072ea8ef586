pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Yizhan.Controls

GridLayout {
    id: strip

    property QtObject entries: null
    signal chosen(string opId)

    Layout.fillWidth: true
    columns: Math.max(1, Math.floor(width / Theme.px(Theme.elder ? 420 : 300)))
    columnSpacing: Theme.m
    rowSpacing: Theme.s
    uniformCellWidths: true

    Repeater {
        model: strip.entries

        T.AbstractButton {
            id: done

            required property var modelData

            objectName: "home.recent." + modelData.op_id
            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitHeight: Math.max(Theme.touch, implicitContentHeight + Theme.m)
            leftPadding: Theme.m
            rightPadding: Theme.m
            onClicked: strip.chosen(done.modelData.op_id)
            Accessible.name: done.modelData.title + " " + done.modelData.words

            background: Rectangle {
                radius: Theme.radius
                color: done.down ? Theme.primarySoft : Theme.tones[done.modelData.kind].soft
            }
            contentItem: RowLayout {
                spacing: Theme.s

                YIcon {
                    name: done.modelData.mark
                    color: Theme.tones[done.modelData.kind].ink
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    YText {
                        Layout.fillWidth: true
                        text: done.modelData.title
                        strong: true
                        font.pixelSize: Theme.small
                        lineHeight: 0.92
                    }
                    YText {
                        Layout.fillWidth: true
                        text: done.modelData.words
                        color: Theme.tones[done.modelData.kind].ink
                        font.pixelSize: Theme.small
                        lineHeight: 0.92
                    }
                }
            }
        }
    }
}
