pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

Item {
    id: card

    default property alias content: column.data
    property alias spacing: column.spacing
    property int padding: Theme.l
    property color color: Theme.surface
    property color edge: Theme.line
    property string title: ""
    property string iconName: ""

    implicitWidth: column.implicitWidth + 2 * padding
    implicitHeight: column.implicitHeight + 2 * padding
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: Theme.xs
        anchors.bottomMargin: -Math.round(Theme.xs * 0.75)
        radius: Theme.radiusLarge
        color: card.edge
        visible: !Theme.outlined
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusLarge
        color: card.color
        border.color: card.edge
        border.width: Theme.hairline
    }
    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: card.padding
        spacing: Theme.m

        RowLayout {
            Layout.fillWidth: true
            visible: card.title !== ""
            spacing: Theme.s

            YIcon {
                name: card.iconName
                color: Theme.primary
            }
            YText {
                Layout.fillWidth: true
                text: card.title
                strong: true
                font.pixelSize: Theme.lead
            }
        }
    }
}
