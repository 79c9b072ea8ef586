pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

GridLayout {
    id: detail

    required property BusinessModel model

    readonly property var tone: Theme.tones[detail.model.kind]
    readonly property bool tall: width < Theme.pair

    Layout.fillWidth: true
    columns: tall ? 1 : 2
    columnSpacing: Theme.l
    rowSpacing: Theme.l

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 3
        Layout.alignment: Qt.AlignTop
        spacing: Theme.m

        YCard {
            Layout.fillWidth: true
            color: detail.tone.soft
            edge: detail.tone.ink

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.l

                YIcon {
                    name: detail.model.mark
                    size: Theme.iconLarge
                    color: detail.tone.ink
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: Theme.xs

                    YText {
                        objectName: "business.state"
                        Layout.fillWidth: true
                        text: detail.model.words
                        strong: true
                        font.pixelSize: Theme.lead
                        color: detail.tone.ink
                    }
                    YText {
                        objectName: "business.reason"
                        Layout.fillWidth: true
                        visible: text !== ""
                        text: detail.model.reason
                    }
                }
                YAmount {
                    visible: fen !== 0
                    fen: detail.model.fen
                }
            }
        }
        YCard {
            Layout.fillWidth: true

            PairList {
                rows: detail.model.pairs
            }
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 2
        Layout.alignment: Qt.AlignTop
        spacing: Theme.m

        YBadge {
            objectName: "business.notice"
            Layout.fillWidth: true
            visible: text !== ""
            kind: "good"
            text: detail.model.notice
        }
        YButton {
            objectName: "business.case"
            Layout.fillWidth: true
            visible: text !== ""
            kind: "primary"
            large: true
            text: detail.model.case
            iconName: "case"
            onClicked: detail.model.openCase()
        }
        YText {
            Layout.fillWidth: true
            text: qsTr("凭条")
            strong: true
        }
        Repeater {
            model: detail.model.slips

            YRow {
                required property var modelData

                objectName: "business.slip." + modelData.number
                Layout.fillWidth: true
                text: modelData.title
                subtitle: modelData.note
                iconName: "receipt"
                onClicked: detail.model.openSlip(modelData.number)
            }
        }
        YText {
            Layout.fillWidth: true
            visible: related.count > 0
            text: qsTr("有关的业务")
            strong: true
        }
        Repeater {
            id: related

            model: detail.model.related

            YRow {
                required property var modelData

                objectName: "business.related." + modelData.id
                Layout.fillWidth: true
                text: modelData.title
                subtitle: modelData.words
                iconName: modelData.icon
                chapter: modelData.chapter
                onClicked: detail.model.open(modelData.id)
            }
        }
    }
}
