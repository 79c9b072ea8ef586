pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property DevicesModel model

    YBusy {
        visible: page.model.looking !== ""
        running: visible
        text: page.model.looking
    }
    GridLayout {
        Layout.fillWidth: true
        columns: width < Theme.pairWide ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true

        Repeater {
            model: page.model.devices

            YRow {
                id: device

                required property var modelData

                objectName: "devices." + modelData.id
                Layout.fillWidth: true
                Layout.fillHeight: true
                tappable: false
                text: modelData.name
                subtitle: modelData.words
                iconName: modelData.icon

                YBadge {
                    kind: device.modelData.kind
                    iconName: device.modelData.mark
                    text: device.modelData.sign
                }
            }
        }
        YButton {
            objectName: "devices.test"
            Layout.fillWidth: true
            Layout.fillHeight: true
            enabled: !page.model.busy
            text: qsTr("打印测试条")
            iconName: "print"
            onClicked: page.model.testPrint()
        }
    }
    YBadge {
        objectName: "devices.heard"
        Layout.fillWidth: true
        visible: text !== ""
        kind: "good"
        iconName: "qr"
        text: page.model.heard
    }
    YBadge {
        objectName: "devices.notice"
        Layout.fillWidth: true
        visible: text !== ""
        kind: "good"
        text: page.model.notice
    }
    YCard {
        objectName: "devices.slips"
        Layout.fillWidth: true
        visible: page.model.waiting !== ""
        title: page.model.waiting
        iconName: "receipt"

        YButton {
            objectName: "devices.printAll"
            Layout.fillWidth: true
            enabled: !page.model.busy
            kind: "primary"
            text: page.model.printThese
            iconName: "print"
            onClicked: page.model.printAll()
        }
        Repeater {
            model: page.model.slips

            YRow {
                required property var modelData

                objectName: "devices.slip." + modelData.number
                Layout.fillWidth: true
                text: modelData.title
                subtitle: modelData.note
                iconName: "receipt"
                onClicked: page.model.open(modelData.number)
            }
        }
    }
    YCard {
        objectName: "devices.faults"
        Layout.fillWidth: true
        visible: page.model.faults.count > 0
        padding: Theme.m
        title: qsTr("最近的故障")
        iconName: "warn"

        PairList {
            id: faults

            rows: page.model.faults
        }
    }
}
