pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property CallbackModel model

    step: page.model.step

    YEmpty {
        objectName: "callback.why"
        visible: page.model.step === "why" && page.model.why !== ""
        iconName: "callback"
        title: page.model.whyTitle
        text: page.model.why
    }
    YStepHeader {
        Layout.fillWidth: true
        visible: page.model.step !== "why"
        step: page.model.number
        steps: 5
        title: page.model.question
    }
    EntryPad {
        visible: page.model.step === "phone"
        label: qsTr("手机或座机")
        mode: "digits"
        longest: 12
        value: page.model.phone
        onEdited: value => page.model.setPhone(value)
        onAccepted: page.base.goForward()
    }
    ChoiceGrid {
        visible: page.model.step === "wish"
        prefix: "callback.wish."
        iconName: "clock"
        chapter: page.base.chapter
        entries: page.model.wishes
        onChosen: id => page.model.chooseWish(id)
    }
    YLongField {
        objectName: "callback.note"
        Layout.fillWidth: true
        visible: page.model.step === "note"
        label: qsTr("要办的事")
        longest: 300
        text: page.model.note
        onEdited: text => page.model.setNote(text)
    }
    YField {
        objectName: "callback.name"
        Layout.fillWidth: true
        visible: page.model.step === "name"
        focus: visible
        label: qsTr("姓名")
        iconName: "person"
        typing: "name"
        maximumLength: 40
        text: page.model.name
        onEdited: text => page.model.setName(text)
        onAccepted: page.base.goForward()
    }
    YCard {
        objectName: "callback.confirm"
        Layout.fillWidth: true
        visible: page.model.step === "confirm"

        PairList {
            rows: page.model.pairs
        }
        YText {
            Layout.fillWidth: true
            text: page.model.next
            color: Theme.textSoft
        }
    }
}
