pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property StorageModel model

    YBusy {
        Layout.fillWidth: true
        visible: page.model.looking !== ""
        running: visible
        text: page.model.looking
    }
    YBadge {
        objectName: "storage.notice"
        Layout.fillWidth: true
        visible: text !== ""
        kind: "good"
        text: page.model.notice
    }
    YBadge {
        objectName: "storage.scarce"
        Layout.fillWidth: true
        visible: text !== ""
        kind: "bad"
        text: page.model.scarce
    }
    YCard {
        objectName: "storage.room"
        Layout.fillWidth: true
        visible: page.model.room !== ""
        padding: Theme.m
        title: qsTr("磁盘")
        iconName: "disk"

        YBar {
            Layout.fillWidth: true
            value: page.model.used
            kind: page.model.roomKind
            text: page.model.room
        }
        YText {
            Layout.fillWidth: true
            text: page.model.room
        }
        PairList {
            rows: page.model.waits
        }
    }
    YCard {
        objectName: "storage.sizes"
        Layout.fillWidth: true
        visible: page.model.room !== ""
        padding: Theme.m
        title: qsTr("各占多少")
        iconName: "case"

        PairList {
            rows: page.model.sizes
        }
    }
}
