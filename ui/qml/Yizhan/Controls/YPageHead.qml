pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

Rectangle {
    id: head

    required property var page
    required property int margin
    default property alias tools: row.data

    implicitHeight: Math.max(Theme.px(Theme.elder ? 104 : 88), headline.implicitHeight + Theme.s + Theme.m)
    color: Theme.band

    GridLayout {
        id: headline

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: head.margin
        anchors.rightMargin: head.margin
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: -Math.round(Theme.xs / 2)
        columns: head.page.portrait ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.s

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            Rectangle {
                Layout.preferredWidth: Theme.iconLarge + Theme.m
                Layout.preferredHeight: Theme.iconLarge + Theme.m
                visible: head.page.iconName !== ""
                radius: Theme.radius
                color: head.page.tint.soft

                YIcon {
                    anchors.centerIn: parent
                    name: head.page.iconName
                    size: Theme.iconLarge - Theme.xs
                    color: head.page.tint.ink
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                YText {
                    objectName: "page.title"
                    Layout.fillWidth: true
                    text: head.page.title
                    color: Theme.bandInk
                    strong: true
                    font.pixelSize: Theme.title
                    lineHeight: 0.92
                    maximumLineCount: head.page.portrait ? 3 : 2
                    elide: Text.ElideRight
                    Accessible.role: Accessible.Heading
                }
                YText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: head.page.subtitle
                    color: Theme.bandInkSoft
                    font.pixelSize: Theme.small
                    lineHeight: 0.92
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }
            }
        }
        RowLayout {
            id: row

            Layout.fillWidth: head.page.portrait
            Layout.fillHeight: false
            visible: implicitWidth > 0
            spacing: Theme.s
            uniformCellSizes: head.page.portrait
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.xs
        color: Theme.gold
    }
}
