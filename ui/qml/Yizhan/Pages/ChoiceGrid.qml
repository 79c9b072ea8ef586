pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: grid

    property QtObject entries: null
    property string prefix: ""
    property string iconName: ""
    property string chapter: "neutral"
    signal chosen(string id)

    Layout.fillWidth: true
    columns: width > Theme.pair ? 2 : 1
    columnSpacing: Theme.m
    rowSpacing: Theme.m
    uniformCellWidths: true

    Repeater {
        model: grid.entries

        YRow {
            required property var modelData

            objectName: grid.prefix + modelData.id
            Layout.fillWidth: true
            text: modelData.title
            subtitle: modelData.note
            iconName: grid.iconName
            chapter: grid.chapter
            onClicked: grid.chosen(modelData.id)
        }
    }
}
