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
        title: qsTr("请输入待办编号")
        hint: qsTr("印在“未办成通知”上，例如 GA-260308-0017")
    }
    EntryPad {
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
    UpkeepRows {
        onCourier: page.model.goCourier()
        onLine: page.model.goLine()
        onDevices: page.model.goDevices()
        mayLeave: page.frame.mayExit
        onLeaving: page.frame.goExit()
    }
    YRow {
        objectName: "staff.gallery"
        Layout.fillWidth: true
        text: qsTr("画面样式")
        subtitle: qsTr("各种按钮和状态在现在的颜色下的样子")
        iconName: "display"
        onClicked: page.model.goGallery()
    }
}
