pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: detail

    property var good: ({})
    property QtObject facts: null
    property string held: ""
    property int qty: 1
    property int most: 99
    property double subtotal: 0
    signal quantityChanged(int qty)
    default property alias actions: slot.data

    readonly property bool tall: width < Theme.pair

    Layout.fillWidth: true
    columns: tall ? 1 : 2
    columnSpacing: Theme.xl
    rowSpacing: Theme.l

    YPicture {
        Layout.alignment: detail.tall ? Qt.AlignHCenter : Qt.AlignTop
        Layout.preferredWidth: Theme.pictureLarge
        Layout.preferredHeight: Layout.preferredWidth
        radius: Theme.radiusLarge
        border.color: Theme.line
        border.width: Theme.hairline
        picture: detail.good.picture ?? ""
    }
    ColumnLayout {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.m

        YText {
            objectName: "good.title"
            Layout.fillWidth: true
            text: detail.good.title ?? ""
            strong: true
            font.pixelSize: Theme.title
        }
        YText {
            Layout.fillWidth: true
            visible: text !== ""
            text: detail.good.brief ?? ""
            color: Theme.textSoft
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            YAmount {
                objectName: "good.price"
                fen: detail.good.fen ?? 0
                color: Theme.bad
            }
            YText {
                text: detail.good.unit ?? ""
                color: Theme.textSoft
                wrapMode: Text.NoWrap
            }
            YAmount {
                visible: fen > 0
                large: false
                fen: detail.good.listed ?? 0
                color: Theme.textSoft
                font.bold: false
                font.strikeout: true
            }
            Item {
                Layout.fillWidth: true
            }
            YQuantity {
                objectName: "good.qty"
                value: detail.qty
                to: detail.most
                onChanged: qty => detail.quantityChanged(qty)
            }
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.s
            visible: here.text !== "" || inBasket.text !== "" || detail.qty > 1

            YBadge {
                id: here

                visible: text !== ""
                kind: "good"
                iconName: "location"
                text: detail.good.here ?? ""
            }
            YBadge {
                id: inBasket

                visible: text !== ""
                kind: "info"
                iconName: "basket"
                text: detail.held
            }
            YText {
                height: here.implicitHeight
                visible: detail.qty > 1
                text: qsTr("小计")
                color: Theme.textSoft
                verticalAlignment: Text.AlignVCenter
            }
            YAmount {
                objectName: "good.subtotal"
                height: here.implicitHeight
                visible: detail.qty > 1
                large: false
                fen: detail.subtotal
                verticalAlignment: Text.AlignVCenter
            }
        }
        ColumnLayout {
            id: slot

            Layout.fillWidth: true
            spacing: Theme.m
        }
        PairList {
            Layout.fillWidth: true
            rows: detail.facts
        }
    }
}
