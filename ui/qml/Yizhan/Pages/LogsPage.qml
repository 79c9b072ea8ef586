pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property LogsModel model

    YEmpty {
        objectName: "logs.none"
        visible: title !== ""
        iconName: "usb"
        title: page.model.none
        text: page.model.noneHint
    }
    YStepHeader {
        Layout.fillWidth: true
        visible: targets.count > 0
        title: qsTr("导出到哪里？")
        hint: qsTr("只有程序出了什么错、在什么时候；没有姓名、证件号和电话")
    }
    YBadge {
        objectName: "logs.result"
        Layout.fillWidth: true
        visible: text !== ""
        kind: page.model.resultKind
        text: page.model.result
    }
    YBusy {
        Layout.fillWidth: true
        visible: page.model.writing !== ""
        running: visible
        text: page.model.writing
    }
    Repeater {
        id: targets

        model: page.model.targets

        YRow {
            required property var modelData

            objectName: "logs.to." + modelData.title
            Layout.fillWidth: true
            text: modelData.title
            subtitle: modelData.note
            iconName: modelData.icon
            enabled: !page.model.busy
            onClicked: page.model.write(modelData.id)
        }
    }
}
