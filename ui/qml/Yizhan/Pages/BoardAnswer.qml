pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

GridLayout {
    id: answer

    required property BoardModel model

    readonly property var tone: Theme.tones[answer.model.kind]
    readonly property bool tall: width < Theme.pair

    Layout.fillWidth: true
    columns: tall || answer.model.ways.count === 0 ? 1 : 2
    columnSpacing: Theme.l
    rowSpacing: Theme.m

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        Layout.alignment: Qt.AlignTop
        spacing: Theme.m

        YCard {
            Layout.fillWidth: true
            visible: answer.model.badge !== ""
            color: answer.tone.soft
            edge: answer.tone.ink

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.l

                YPicture {
                    Layout.preferredWidth: Theme.picture
                    Layout.preferredHeight: Theme.picture
                    visible: answer.model.picture !== ""
                    picture: answer.model.picture
                }
                YIcon {
                    name: answer.model.mark
                    size: Theme.iconLarge
                    color: answer.tone.ink
                }
                YText {
                    objectName: "board.badge"
                    Layout.fillWidth: true
                    text: answer.model.badge
                    strong: true
                    font.pixelSize: Theme.lead
                    color: answer.tone.ink
                }
            }
            YText {
                objectName: "board.why"
                Layout.fillWidth: true
                visible: text !== ""
                text: answer.model.why
            }
            YText {
                objectName: "board.how"
                Layout.fillWidth: true
                visible: answer.model.why === ""
                text: answer.model.how
            }
        }
        YCard {
            Layout.fillWidth: true
            visible: answer.model.facts.count > 0

            PairList {
                rows: answer.model.facts
            }
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        Layout.alignment: Qt.AlignTop
        visible: answer.model.ways.count > 0
        spacing: Theme.s

        YText {
            Layout.fillWidth: true
            text: qsTr("可以这样办")
            strong: true
            font.pixelSize: Theme.lead
            Accessible.role: Accessible.Heading
        }
        Repeater {
            model: answer.model.ways

            YRow {
                required property var modelData

                objectName: "board.way." + modelData.way
                Layout.fillWidth: true
                text: modelData.title
                subtitle: modelData.text
                iconName: modelData.icon
                tappable: modelData.acts
                onClicked: answer.model.take(modelData.way)
            }
        }
    }
}
