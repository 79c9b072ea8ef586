pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property TillModel model

    GridLayout {
        Layout.fillWidth: true
        columns: width < Theme.pair ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true

        YCard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            title: qsTr("抽屉里应有")
            iconName: "cash"

            YAmount {
                objectName: "till.drawer"
                Layout.fillWidth: true
                fen: page.model.drawer
            }
            YText {
                Layout.fillWidth: true
                text: qsTr("请与实数核对；对不上的，先不要再收。")
                color: Theme.textSoft
            }
        }
        YCard {
            Layout.fillWidth: true
            Layout.fillHeight: true
            title: qsTr("还可收")
            iconName: "shield"

            YAmount {
                objectName: "till.left"
                Layout.fillWidth: true
                fen: page.model.left
            }
            YBar {
                Layout.fillWidth: true
                value: page.model.share
                kind: page.model.kind
                text: page.model.whole
            }
            RowLayout {
                Layout.fillWidth: true

                YBadge {
                    objectName: "till.advice"
                    kind: page.model.kind
                    text: page.model.advice
                }
                YText {
                    Layout.fillWidth: true
                    text: page.model.whole
                    color: Theme.textSoft
                    horizontalAlignment: Text.AlignRight
                }
            }
        }
    }
    YRow {
        objectName: "till.leases"
        Layout.fillWidth: true
        visible: page.model.allots
        text: qsTr("本机份额")
        subtitle: qsTr("额度和现货申请补充，用不着的交回")
        iconName: "shield"
        onClicked: page.model.openLeases()
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.m

        YButton {
            objectName: "till.earlier"
            text: qsTr("前一天")
            iconName: "back"
            onClicked: page.model.earlier()
        }
        YText {
            objectName: "till.day"
            Layout.fillWidth: true
            text: page.model.day
            strong: true
            font.pixelSize: Theme.lead
            horizontalAlignment: Text.AlignHCenter
        }
        YButton {
            objectName: "till.later"
            enabled: page.model.later
            text: qsTr("后一天")
            iconName: "forward"
            onClicked: page.model.goLater()
        }
    }
    YCard {
        Layout.fillWidth: true

        CashLine {
            objectName: "till.taken"
            text: qsTr("收进")
            fen: page.model.taken
            color: Theme.good
        }
        CashLine {
            objectName: "till.given"
            text: qsTr("付出")
            fen: page.model.given
            color: Theme.bad
        }
    }
    YText {
        Layout.fillWidth: true
        visible: text !== ""
        text: page.model.nothing
        color: Theme.textSoft
        horizontalAlignment: Text.AlignHCenter
    }
    Repeater {
        model: page.model.totals

        YRow {
            id: row

            required property var modelData

            objectName: "till.kind." + modelData.id
            Layout.fillWidth: true
            tappable: false
            text: modelData.title
            subtitle: modelData.note
            iconName: modelData.icon
            chapter: modelData.chapter

            YAmount {
                large: false
                fen: row.modelData.fen
            }
        }
    }
}
