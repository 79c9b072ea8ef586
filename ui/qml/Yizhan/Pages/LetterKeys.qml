pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: keys

    signal pressed(string key)

    columns: 9
    columnSpacing: Theme.xs
    rowSpacing: Theme.xs
    uniformCellWidths: true

    Repeater {
        model: "ABCDEFGHIJKLMNOPQRSTUVWXYZ-".split("")

        YKey {
            required property string modelData

            objectName: "letter-" + modelData
            Layout.fillWidth: true
            implicitWidth: Theme.touch
            implicitHeight: Theme.touch
            soft: true
            text: modelData
            onClicked: keys.pressed(modelData)
        }
    }
}
