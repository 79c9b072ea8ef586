pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property IdentifyModel model
    readonly property bool waits: page.model.step === "card" || page.model.step === "member"

    step: page.model.step

    YStepHeader {
        Layout.fillWidth: true
        visible: !page.waits && page.model.step !== "pin"
        step: page.model.number
        steps: page.model.steps
        title: page.model.question
    }
    GridLayout {
        Layout.fillWidth: true
        visible: page.model.step === "way"
        columns: width > Theme.pair ? 2 : 1
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true

        Repeater {
            model: page.model.ways

            YRow {
                required property var modelData

                objectName: "identify.way." + modelData.id
                Layout.fillWidth: true
                text: modelData.title
                subtitle: modelData.note
                iconName: modelData.icon
                onClicked: page.model.chooseWay(modelData.id)
            }
        }
    }
    YEmpty {
        objectName: "identify.wait"
        visible: page.waits
        iconName: page.model.step === "card" ? "card" : "qr"
        title: page.model.question
        text: page.model.hint
    }
    EntryPad {
        objectName: "identify.phone"
        visible: page.model.step === "phone"
        label: qsTr("手机或座机")
        asks: page.model.question
        mode: "digits"
        longest: 12
        value: page.model.phone
        onEdited: value => page.model.setPhone(value)
        onAccepted: page.base.goForward()
    }
    YField {
        objectName: "identify.name"
        Layout.fillWidth: true
        visible: page.model.step === "name"
        focus: visible
        label: qsTr("姓名")
        asks: page.model.question
        iconName: "person"
        typing: "name"
        maximumLength: 40
        text: page.model.name
        onEdited: text => page.model.setName(text)
        onAccepted: page.base.goForward()
    }
    Loader {
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Math.min(Theme.pad, parent ? parent.width : 0)
        active: page.model.step === "pin"
        visible: active

        sourceComponent: YPinPad {
            objectName: "identify.pin"
            focus: true
            label: page.model.question
            error: page.model.error
            onCompleted: pin => page.model.enterPin(pin)
        }
    }
}
