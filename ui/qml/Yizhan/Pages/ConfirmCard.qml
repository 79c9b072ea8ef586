pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YCard {
    id: card

    property QtObject pairs: null
    property double fen: 0
    property string note: ""
    property string changeText: ""
    signal changeRequested

    Layout.fillWidth: true

    Repeater {
        model: card.pairs

        RowLayout {
            id: pair

            required property var modelData

            Layout.fillWidth: true
            spacing: Theme.l

            YText {
                Layout.preferredWidth: Theme.px(220)
                Layout.alignment: Qt.AlignTop
                text: pair.modelData.label
                color: Theme.textSoft
            }
            YText {
                Layout.fillWidth: true
                text: pair.modelData.value
                strong: true
            }
        }
    }
    Rectangle {
        Layout.fillWidth: true
        Layout.preferredHeight: 1
        color: Theme.line
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.l

        YText {
            text: qsTr("应收现金")
            strong: true
            font.pixelSize: Theme.lead
            wrapMode: Text.NoWrap
        }
        YButton {
            objectName: "confirm.change"
            visible: text !== ""
            text: card.changeText
            iconName: "edit"
            onClicked: card.changeRequested()
        }
        YAmount {
            objectName: "confirm.amount"
            Layout.fillWidth: true
            fen: card.fen
        }
    }
    YBadge {
        Layout.fillWidth: true
        visible: text !== ""
        kind: "info"
        text: card.note
    }
}
