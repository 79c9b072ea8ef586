pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: rows

    signal courier
    signal line
    signal devices
    signal leaving

    property bool mayLeave: false

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
    YRow {
        objectName: "upkeep.devices"
        Layout.fillWidth: true
        text: qsTr("设备")
        subtitle: qsTr("打印机、扫码枪、读卡器，没打印的凭条")
        iconName: "printer"
        onClicked: rows.devices()
    }
    YRow {
        objectName: "upkeep.exit"
        Layout.fillWidth: true
        visible: rows.mayLeave
        text: qsTr("退出程序")
        subtitle: qsTr("本机停止服务，要再输密码")
        iconName: "exit"
        onClicked: rows.leaving()
    }
}
