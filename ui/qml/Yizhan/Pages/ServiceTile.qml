pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

FocusScope {
    id: tile

    required property var service
    signal chosen
    signal asked

    readonly property var tone: Theme.tones[service.kind]

    Layout.fillWidth: true
    Layout.fillHeight: true
    implicitWidth: face.implicitWidth
    implicitHeight: face.implicitHeight

    YTile {
        id: face

        objectName: "tile.open"
        anchors.fill: parent
        bottomPadding: standing.height + Theme.xs
        text: tile.service.title
        chapter: tile.service.chapter
        iconName: tile.service.icon
        picture: tile.service.picture
        note: tile.service.note
        available: tile.service.can
        Accessible.description: [tile.service.badge, tile.service.note].filter(part => part !== "").join(" ")
        onClicked: tile.chosen()
    }
    YPanel {
        id: standing

        objectName: "tile.why"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        kind: tile.service.kind
        large: true
        foot: true
        Accessible.name: qsTr("%1：%2。点这里看说明").arg(tile.service.title).arg(tile.service.badge)
        onClicked: tile.asked()

        contentItem: RowLayout {
            spacing: Theme.s

            YBadge {
                Layout.fillWidth: true
                bare: true
                kind: tile.service.kind
                iconName: tile.service.mark
                text: tile.service.badge
                Accessible.ignored: true
            }
            YIcon {
                name: "info"
                color: tile.tone.ink
            }
        }
    }
}
