pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property CourierModel model

    YEmpty {
        objectName: "courier.none"
        visible: title !== ""
        iconName: "bag"
        title: page.model.none
        text: page.model.noneHint
    }
    YStepHeader {
        Layout.fillWidth: true
        visible: sticks.count > 1
        title: qsTr("用哪一个优盘？")
    }
    GridLayout {
        Layout.fillWidth: true
        visible: sticks.count > 0
        columns: sticks.count > 1 ? 2 : 1
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true

        Repeater {
            id: sticks

            model: page.model.sticks

            YRow {
                required property var modelData

                objectName: "courier.stick." + modelData.title
                Layout.fillWidth: true
                Layout.fillHeight: true
                text: modelData.title
                subtitle: modelData.note
                iconName: "bag"
                selected: modelData.chosen
                arrow: false
                onClicked: page.model.choose(modelData.id)
            }
        }
    }
    YCard {
        objectName: "courier.result"
        Layout.fillWidth: true
        visible: page.model.result !== ""
        padding: Theme.m

        YBadge {
            Layout.fillWidth: true
            kind: page.model.resultKind
            text: page.model.result
        }
        PairList {
            rows: page.model.counted
        }
        Repeater {
            model: page.model.files

            YRow {
                required property var modelData

                objectName: "courier.file." + modelData.id
                Layout.fillWidth: true
                tappable: false
                iconName: modelData.icon
                text: modelData.title
                subtitle: modelData.note
            }
        }
    }
    YBusy {
        objectName: "courier.working"
        Layout.fillWidth: true
        visible: page.model.working !== ""
        running: visible
        text: page.model.working
    }
    Repeater {
        model: page.model.errands

        YRow {
            required property var modelData

            objectName: "courier." + modelData.id
            Layout.fillWidth: true
            text: modelData.title
            subtitle: modelData.note
            iconName: modelData.icon
            enabled: !page.model.busy
            onClicked: page.model.begin(modelData.id)
        }
    }
    YCard {
        objectName: "courier.contents"
        Layout.fillWidth: true
        visible: page.model.contents.count > 0
        padding: Theme.m
        title: qsTr("优盘上有什么")
        iconName: "eye"

        PairList {
            rows: page.model.contents
        }
    }
}
