pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property SetupModel model

    step: page.model.step

    homeShown: false
    backShown: model.backable

    NoticeList {
        rows: page.model.notices
    }
    YStepHeader {
        Layout.fillWidth: true
        step: page.model.number
        steps: 4
        title: page.model.question
        hint: page.model.hint
    }
    YCard {
        Layout.fillWidth: true
        visible: page.model.step === "code"

        YField {
            objectName: "setup.address"
            Layout.fillWidth: true
            label: qsTr("中心地址")
            placeholder: "https://"
            iconName: "online"
            typing: "code"
            text: page.model.address
            onEdited: text => page.model.enterAddress(text)
        }
        YField {
            objectName: "setup.code"
            Layout.fillWidth: true
            label: qsTr("登记码")
            placeholder: "AAAAAAAA-FFFF-FFFF-FFFF-FFFF"
            iconName: "key"
            typing: "code"
            text: page.model.code
            onEdited: text => page.model.enterCode(text)
            onAccepted: page.base.goForward()
        }
    }
    YBadge {
        Layout.fillWidth: true
        visible: text !== "" && page.model.step === "point"
        kind: "info"
        text: page.model.county
    }
    ChoiceGrid {
        visible: page.model.step === "point"
        prefix: "setup.point."
        iconName: "location"
        entries: page.model.points
        onChosen: id => page.model.choosePoint(id)
    }
    YCard {
        Layout.fillWidth: true
        visible: page.model.step === "printer"
        title: qsTr("打印机")
        iconName: "printer"

        YBadge {
            objectName: "setup.printerState"
            Layout.fillWidth: true
            visible: text !== ""
            kind: page.model.printerKind
            text: page.model.printer
        }
        YButton {
            objectName: "setup.print"
            Layout.fillWidth: true
            large: true
            text: page.model.printed ? qsTr("再打一张") : qsTr("试打一张")
            iconName: "print"
            onClicked: page.model.testPrinter()
        }
    }
    YCard {
        Layout.fillWidth: true
        visible: page.model.step === "run"

        YProgressSteps {
            objectName: "setup.steps"
            Layout.fillWidth: true
            model: page.model.steps
        }
    }
}
