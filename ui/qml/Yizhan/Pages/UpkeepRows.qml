pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: rows

    signal courier
    signal line

    Layout.fillWidth: true
    columns: width < Theme.pairWide ? 1 : 2
    columnSpacing: Theme.m
    rowSpacing: Theme.m
    uniformCellWidths: true

    YRow {
        objectName: "upkeep.courier"
        Layout.fillWidth: true
        text: qsTr("优盘收发")
        subtitle: qsTr("没有网络时，带走业务、带回答复")
        iconName: "bag"
        onClicked: rows.courier()
    }
    YRow {
        objectName: "upkeep.line"
        Layout.fillWidth: true
        text: qsTr("线路与时钟")
        subtitle: qsTr("网络、流量、时间和存储")
        iconName: "online"
        onClicked: rows.line()
    }
}
