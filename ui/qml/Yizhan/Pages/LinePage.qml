pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property LineModel model

    GridLayout {
        Layout.fillWidth: true
        columns: width < Theme.pairWide ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true

        YCard {
            objectName: "line.link"
            Layout.fillWidth: true
            Layout.fillHeight: true
            padding: Theme.m
            title: qsTr("线路")
            iconName: "online"

            YBadge {
                kind: page.model.lineKind
                iconName: page.model.lineIcon
                text: page.model.line
            }
            PairList {
                rows: page.model.linePairs
            }
            Item {
                Layout.fillHeight: true
            }
        }
        YCard {
            objectName: "line.clock"
            Layout.fillWidth: true
            Layout.fillHeight: true
            padding: Theme.m
            title: qsTr("时钟")
            iconName: "clock"

            PairList {
                rows: page.model.clockPairs
            }
            Item {
                Layout.fillHeight: true
            }
        }
        YCard {
            objectName: "line.data"
            Layout.fillWidth: true
            Layout.fillHeight: true
            padding: Theme.m
            title: qsTr("本月流量")
            iconName: "sync"

            YBar {
                Layout.fillWidth: true
                visible: page.model.limited
                value: page.model.used
                expected: page.model.forecast
                mark: page.model.limit
                kind: page.model.dataKind
                text: page.model.data
            }
            YBadge {
                Layout.fillWidth: true
                bare: true
                kind: page.model.dataKind
                text: page.model.data
            }
            PairList {
                rows: page.model.dataPairs
            }
            Item {
                Layout.fillHeight: true
            }
        }
        YCard {
            objectName: "line.lanes"
            Layout.fillWidth: true
            Layout.fillHeight: true
            padding: Theme.m
            visible: page.model.lanes.count > 0
            title: qsTr("先送什么")
            iconName: "queue"

            PairList {
                rows: page.model.lanes
            }
            Item {
                Layout.fillHeight: true
            }
        }
        YCard {
            objectName: "line.kept"
            Layout.fillWidth: true
            Layout.fillHeight: true
            padding: Theme.m
            title: qsTr("本机与中心")
            iconName: "station"

            PairList {
                rows: page.model.keptPairs
            }
            Item {
                Layout.fillHeight: true
            }
        }
    }
    YRow {
        objectName: "line.courier"
        Layout.fillWidth: true
        text: qsTr("优盘收发")
        subtitle: qsTr("长时间没有网络时，让人用优盘带走")
        iconName: "bag"
        onClicked: page.model.goCourier()
    }
}
