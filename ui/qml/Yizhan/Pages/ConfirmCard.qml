pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: card

    property QtObject pairs: null
    property double fen: 0
    property string amountText: qsTr("应收现金")
    property string note: ""
    property string changeText: ""
    default property alias extras: slot.data
    signal changeRequested

    readonly property bool tall: width < Theme.pair

    Layout.fillWidth: true
    columns: tall ? 1 : 2
    columnSpacing: Theme.l
    rowSpacing: Theme.l

    YCard {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 3

        PairList {
            rows: card.pairs
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
            text: card.amountText
            strong: true
            font.pixelSize: Theme.lead
        }
        YAmount {
            objectName: "confirm.amount"
            Layout.fillWidth: true
            fen: card.fen
        }
        RowLayout {
            id: slot

            Layout.fillWidth: false
            Layout.alignment: Qt.AlignRight
            spacing: Theme.s

            YButton {
                objectName: "confirm.change"
                visible: text !== ""
                text: card.changeText
                iconName: "edit"
                onClicked: card.changeRequested()
            }
        }
        YRule {
            visible: card.note !== ""
        }
        YText {
            Layout.fillWidth: true
            visible: text !== ""
            text: card.note
            color: Theme.textSoft
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
