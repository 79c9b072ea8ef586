pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: card

    property QtObject pairs: null
    property string title: ""
    property string amountText: ""
    property double fen: 0
    property string error: ""
    signal completed(string pin)

    readonly property bool tall: width < Theme.pair

    Layout.fillWidth: true
    columns: tall ? 1 : 2
    columnSpacing: Theme.xl
    rowSpacing: Theme.l

    YCard {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        title: card.title
        iconName: "lock"

        CashLine {
            objectName: "proof.amount"
            visible: fen > 0
            text: card.amountText
            fen: card.fen
            color: Theme.bad
        }
        PairList {
            labelWidth: Theme.labelNarrow
            rows: card.pairs
        }
    }
    Loader {
        Layout.fillWidth: card.tall
        Layout.alignment: Qt.AlignTop | Qt.AlignHCenter
        Layout.preferredWidth: Theme.pad
        active: card.visible
        visible: active
        focus: active

        sourceComponent: YPinPad {
            objectName: "proof.pin"
            focus: true
            label: qsTr("您的 6 位密码")
            error: card.error
            onCompleted: pin => card.completed(pin)
        }
    }
}
