pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

ColumnLayout {
    id: list

    property QtObject rows: null
    property int labelWidth: Theme.label

    Layout.fillWidth: true
    spacing: Theme.s

    Repeater {
        model: list.rows

        RowLayout {
            id: pair

            required property var modelData

            Layout.fillWidth: true
            spacing: Theme.l
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.label
            Accessible.description: modelData.value

            YText {
                Layout.preferredWidth: list.labelWidth
                Layout.alignment: Qt.AlignTop
                text: pair.modelData.label
                color: Theme.textSoft
                Accessible.ignored: true
            }
            YText {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                text: pair.modelData.value
                strong: true
                Accessible.ignored: true
            }
        }
    }
}
