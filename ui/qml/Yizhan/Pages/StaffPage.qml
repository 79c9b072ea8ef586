pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property StaffModel model

    YStepHeader {
        id: heading

        Layout.fillWidth: true
        visible: page.model.finds
        title: qsTr("请输入待办编号")
        hint: qsTr("印在“未办成通知”上，例如 GA-260308-0017")
    }
    EntryPad {
        visible: page.model.finds
        asks: heading.title
        mode: "alnum"
        longest: 20
        value: page.model.number
        onEdited: value => page.model.enter(value)
        onAccepted: page.base.goForward()
    }
    YText {
        Layout.fillWidth: true
        visible: waiting.count > 0
        text: qsTr("全区没有了结的待办")
        strong: true
        font.pixelSize: Theme.lead
    }
    Repeater {
        id: waiting

        model: page.model.cases

        EntryRow {
            required property var modelData

            objectName: "staff.case." + modelData.id
            entry: modelData
            onClicked: page.model.open(modelData.id)
        }
    }
    YText {
        Layout.fillWidth: true
        visible: page.model.business.count > 0
        text: qsTr("业务")
        strong: true
        font.pixelSize: Theme.lead
    }
    UpkeepRows {
        ways: page.model.business
        onChosen: way => page.model.goUpkeep(way)
    }
    YText {
        Layout.fillWidth: true
        visible: page.model.machine.count > 0
        text: qsTr("本机")
        strong: true
        font.pixelSize: Theme.lead
    }
    UpkeepRows {
        ways: page.model.machine
        onChosen: way => page.model.goUpkeep(way)
    }
}
