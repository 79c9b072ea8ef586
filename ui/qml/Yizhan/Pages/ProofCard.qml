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

    readonly property bool tall: width < Theme.px(Theme.elder ? 1000 : 860)

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
            labelWidth: Theme.px(Theme.elder ? 170 : 140)
            rows: card.pairs
        }
    }
    Loader {
        Layout.fillWidth: card.tall
        Layout.alignment: Qt.AlignTop | Qt.AlignHCenter
        Layout.preferredWidth: Theme.px(440)
        active: card.visible
        visible: active

        sourceComponent: YPinPad {
            objectName: "proof.pin"
            focus: true
            label: qsTr("您的 6 位密码")
            error: card.error
            onCompleted: pin => card.completed(pin)
        }
    }
}
