pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

ColumnLayout {
    id: list

    property QtObject rows: null
    property string prefix: "notice."

    signal chosen(string out)

    Layout.fillWidth: true
    visible: shown.count > 0
    spacing: Theme.m

    Repeater {
        id: shown

        model: list.rows

        YCard {
            id: card

            required property var modelData

            objectName: list.prefix + modelData.id
            Layout.fillWidth: true
            padding: Theme.m
            spacing: Theme.s
            color: Theme.tones[modelData.kind].soft
            edge: Theme.tones[modelData.kind].ink

            GridLayout {
                Layout.fillWidth: true
                columns: card.width < Theme.pair ? 1 : 2
                columnSpacing: Theme.m
                rowSpacing: Theme.s

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.m

                    YIcon {
                        Layout.alignment: Qt.AlignTop
                        name: card.modelData.icon
                        color: Theme.tones[card.modelData.kind].ink
                    }
                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: Theme.xs

                        YText {
                            Layout.fillWidth: true
                            text: card.modelData.title
                            color: Theme.tones[card.modelData.kind].ink
                            strong: true
                        }
                        YText {
                            Layout.fillWidth: true
                            visible: text !== ""
                            text: card.modelData.text
                        }
                    }
                }
                YButton {
                    objectName: card.objectName + ".action"
                    Layout.alignment: Qt.AlignRight | Qt.AlignVCenter
                    visible: text !== ""
                    text: card.modelData.action
                    iconName: "forward"
                    kind: card.modelData.kind === "bad" ? "primary" : "secondary"
                    onClicked: list.chosen(card.modelData.out)
                }
            }
        }
    }
}
