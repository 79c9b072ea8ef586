pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Yizhan.Controls

Flickable {
    id: list

    property QtObject chips: null
    property bool across: false
    signal chosen(string id)

    implicitHeight: grid.implicitHeight
    contentWidth: width
    contentHeight: grid.implicitHeight
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height
    clip: true
    T.ScrollBar.vertical: YScrollBar {}

    GridLayout {
        id: grid

        width: list.width - (list.across ? 0 : Theme.m)
        columns: list.across ? 3 : 1
        columnSpacing: Theme.s
        rowSpacing: Theme.s
        uniformCellWidths: true

        Repeater {
            model: list.chips

            YButton {
                required property var modelData

                objectName: "mall.department." + modelData.id
                Layout.fillWidth: true
                Layout.fillHeight: true
                leftPadding: Theme.s
                rightPadding: Theme.s
                chosen: modelData.chosen
                text: modelData.title
                iconName: modelData.icon
                onClicked: list.chosen(modelData.id)
            }
        }
    }
}
