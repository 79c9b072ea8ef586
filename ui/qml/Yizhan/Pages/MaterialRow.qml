pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

RowLayout {
    id: row

    required property var modelData

    spacing: Theme.m

    Rectangle {
        Layout.alignment: Qt.AlignTop
        Layout.preferredWidth: Theme.px(28)
        Layout.preferredHeight: Theme.px(28)
        radius: Theme.xs
        color: Theme.paper
        border.color: Theme.edge
        border.width: Theme.stroke
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        YText {
            Layout.fillWidth: true
            text: row.modelData.title
            strong: true
        }
        YText {
            Layout.fillWidth: true
            visible: text !== ""
            text: row.modelData.note
            color: Theme.textSoft
            font.pixelSize: Theme.small
        }
    }
    YText {
        Layout.alignment: Qt.AlignTop
        text: row.modelData.copies
        wrapMode: Text.NoWrap
    }
}
