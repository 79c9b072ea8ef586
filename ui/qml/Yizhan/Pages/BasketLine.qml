pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YCard {
    id: card

    property var line: ({})
    signal quantityChanged(int qty)

    readonly property bool tall: width < Theme.pair

    Layout.fillWidth: true
    padding: Theme.m

    GridLayout {
        Layout.fillWidth: true
        columns: card.tall ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.s

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            YPicture {
                Layout.preferredWidth: Theme.thumb
                Layout.preferredHeight: Theme.thumb
                picture: card.line.picture ?? ""
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.xs

                YText {
                    Layout.fillWidth: true
                    text: card.line.title ?? ""
                    strong: true
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }
                YText {
                    Layout.fillWidth: true
                    text: card.line.note ?? ""
                    color: Theme.textSoft
                    font.pixelSize: Theme.small
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }
            }
        }
        RowLayout {
            Layout.fillWidth: card.tall
            spacing: Theme.m

            YQuantity {
                objectName: "basket.qty." + (card.line.id ?? "")
                value: card.line.qty ?? 1
                onChanged: qty => card.quantityChanged(qty)
            }
            YAmount {
                Layout.fillWidth: true
                Layout.minimumWidth: Theme.sum
                large: false
                fen: card.line.fen ?? 0
            }
            YButton {
                objectName: "basket.remove." + (card.line.id ?? "")
                kind: "quiet"
                iconName: "trash"
                leftPadding: Theme.s
                rightPadding: Theme.s
                Accessible.name: qsTr("移出")
                onClicked: card.quantityChanged(0)
            }
        }
    }
}
