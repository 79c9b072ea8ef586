pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

RowLayout {
    id: row

    required property var modelData

    spacing: Theme.m

    YTickBox {
        Layout.alignment: Qt.AlignTop
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
