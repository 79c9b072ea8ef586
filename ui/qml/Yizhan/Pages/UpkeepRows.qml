pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: grid

    property QtObject ways: null

    signal chosen(string way)

    Layout.fillWidth: true
    columns: width < Theme.pairWide ? 1 : 2
    columnSpacing: Theme.m
    rowSpacing: Theme.m
    uniformCellWidths: true

    Repeater {
        model: grid.ways

        YRow {
            required property var modelData

            objectName: "upkeep." + modelData.id
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: modelData.title
            subtitle: modelData.note
            iconName: modelData.icon
            onClicked: grid.chosen(modelData.id)
        }
    }
}
