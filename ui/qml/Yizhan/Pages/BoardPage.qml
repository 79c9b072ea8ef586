pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property BoardModel model

    step: page.base.title

    BoardStrip {
        visible: page.model.listing && page.model.strip.text !== ""
        summary: page.model.strip
        tappable: false
    }
    RowLayout {
        Layout.fillWidth: true
        visible: page.model.listing
        spacing: Theme.s
        uniformCellSizes: true

        Repeater {
            model: page.model.filters

            YButton {
                required property var modelData

                objectName: "board.filter." + modelData.id
                Layout.fillWidth: true
                leftPadding: Theme.s
                rightPadding: Theme.s
                kind: modelData.chosen ? "primary" : "secondary"
                text: modelData.title
                onClicked: page.model.choose(modelData.id)
            }
        }
    }
    Repeater {
        model: page.model.listing ? page.model.groups : null

        ColumnLayout {
            id: group

            required property var modelData

            Layout.fillWidth: true
            spacing: Theme.s

            YText {
                Layout.fillWidth: true
                text: group.modelData.title
                strong: true
                font.pixelSize: Theme.lead
                Accessible.role: Accessible.Heading
            }
            Repeater {
                model: group.modelData.rows

                YRow {
                    id: row

                    required property var modelData

                    objectName: "board.service." + modelData.service
                    Layout.fillWidth: true
                    text: modelData.title
                    subtitle: modelData.note
                    iconName: modelData.icon
                    picture: modelData.picture
                    chapter: modelData.chapter
                    onClicked: page.model.open(modelData.service)

                    YBadge {
                        objectName: "board.state"
                        Layout.maximumWidth: row.width * 0.4
                        kind: row.modelData.kind
                        iconName: row.modelData.mark
                        text: row.modelData.badge
                    }
                }
            }
        }
    }
    BoardAnswer {
        objectName: "board.answer"
        visible: !page.model.listing
        model: page.model
    }
}
