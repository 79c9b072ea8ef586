pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: card

    property QtObject steps: null
    property QtObject pairs: null
    property var too: []
    property string cashText: ""
    property double fen: 0
    property string idle: ""
    property string idleIcon: "check"

    readonly property bool tall: width < Theme.px(Theme.elder ? 1000 : 860)

    Layout.fillWidth: true
    columns: tall ? 1 : 2
    columnSpacing: Theme.l
    rowSpacing: Theme.l

    YCard {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 3

        YEmpty {
            objectName: "cases.settled"
            visible: title !== ""
            iconName: card.idleIcon
            title: card.idle
        }
        Repeater {
            model: card.idle === "" ? card.steps : null

            RowLayout {
                id: step

                required property var modelData

                Layout.fillWidth: true
                spacing: Theme.m

                Rectangle {
                    Layout.alignment: Qt.AlignTop
                    Layout.preferredWidth: Theme.px(Theme.elder ? 52 : 44)
                    Layout.preferredHeight: Layout.preferredWidth
                    radius: width / 2
                    color: Theme.primary

                    YText {
                        anchors.centerIn: parent
                        text: step.modelData.number
                        color: Theme.primaryInk
                        strong: true
                    }
                }
                YText {
                    objectName: "cases.step." + step.modelData.number
                    Layout.fillWidth: true
                    text: step.modelData.text
                    font.pixelSize: Theme.lead
                }
            }
        }
        Item {
            Layout.fillHeight: true
        }
    }
    YCard {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 2

        YText {
            text: card.cashText
            strong: true
            font.pixelSize: Theme.lead
        }
        YAmount {
            objectName: "cases.amount"
            Layout.fillWidth: true
            visible: fen > 0
            fen: card.fen
            color: Theme.bad
        }
        Repeater {
            model: card.too

            YText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                strong: true
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            color: Theme.line
        }
        PairList {
            labelWidth: Theme.px(Theme.elder ? 150 : 120)
            rows: card.pairs
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
