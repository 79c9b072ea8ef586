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

    readonly property bool tall: width < Theme.pair

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

                YMark {
                    Layout.alignment: Qt.AlignTop
                    text: step.modelData.number
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
        YRule {}
        PairList {
            labelWidth: Theme.labelNarrow
            rows: card.pairs
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
