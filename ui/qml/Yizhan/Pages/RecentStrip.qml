pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: strip

    property QtObject entries: null
    signal chosen(string opId)

    Layout.fillWidth: true
    columns: Math.max(1, Math.floor(width / Theme.tile))
    columnSpacing: Theme.m
    rowSpacing: Theme.s
    uniformCellWidths: true

    Repeater {
        model: strip.entries

        YPanel {
            id: done

            required property int index
            required property var modelData

            objectName: "home.recent." + modelData.op_id
            visible: index < strip.columns
            Layout.fillWidth: true
            Layout.fillHeight: true
            kind: done.modelData.kind
            Accessible.name: done.modelData.title + " " + done.modelData.words
            onClicked: strip.chosen(done.modelData.op_id)

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
                    }
                    YText {
                        Layout.fillWidth: true
                        text: done.modelData.words
                        color: Theme.tones[done.modelData.kind].ink
                        font.pixelSize: Theme.small
                    }
                }
            }
        }
    }
}
