pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
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
        note: tile.service.note
        available: tile.service.can
        Accessible.description: [tile.service.badge, tile.service.note].filter(part => part !== "").join(" ")
        onClicked: tile.chosen()
    }
    T.AbstractButton {
        id: standing

        objectName: "tile.why"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Math.max(Theme.px(Theme.elder ? 72 : 48), implicitContentHeight + Theme.s)
        leftPadding: Theme.m
        rightPadding: Theme.m
        focusPolicy: Qt.StrongFocus
        activeFocusOnTab: true
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("%1：%2。点这里看说明").arg(tile.service.title).arg(tile.service.badge)
        Keys.onReturnPressed: standing.click()
        Keys.onEnterPressed: standing.click()
        onClicked: tile.asked()

        background: Rectangle {
            bottomLeftRadius: Theme.radiusLarge
            bottomRightRadius: Theme.radiusLarge
            color: standing.down ? Theme.primarySoft : tile.tone.soft

            YFocusRing {
                shown: standing.visualFocus
            }
        }
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
