pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property HomeModel model

    wide: true
    backShown: false
    homeShown: false

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.s

        Repeater {
            model: page.model.chapters

            YButton {
                required property var modelData

                objectName: "home.chapter." + modelData.id
                Layout.fillWidth: true
                kind: modelData.chosen ? "primary" : "secondary"
                text: modelData.title
                leftPadding: Theme.s
                rightPadding: Theme.s
                onClicked: page.model.chooseChapter(modelData.id)
            }
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: Math.max(1, Math.floor((width + columnSpacing) / (Theme.px(Theme.elder ? 336 : 300) + columnSpacing)))
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true

        Repeater {
            model: page.model.tiles

            YTile {
                required property var modelData

                objectName: "home.tile." + modelData.service
                Layout.fillWidth: true
                Layout.fillHeight: true
                text: modelData.title
                chapter: modelData.chapter
                iconName: modelData.icon
                badge: modelData.badge
                badgeKind: modelData.kind
                badgeIcon: modelData.mark
                note: modelData.note
                available: modelData.can
                onClicked: page.model.open(modelData.service)
            }
        }
    }
}
