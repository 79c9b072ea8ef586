pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property FormModel model

    step: page.model.step + page.model.number

    footer: YButton {
        objectName: "form.keep"
        visible: page.model.keeps
        text: qsTr("先存着")
        iconName: "disk"
        onClicked: page.model.keep()
    }

    YStepHeader {
        Layout.fillWidth: true
        step: page.model.number
        steps: page.model.count
        title: page.model.question
        hint: page.model.hint
    }
    Repeater {
        model: page.model.step === "drafts" ? page.model.drafts : null

        YRow {
            id: draft

            required property var modelData

            objectName: "form.draft." + modelData.id
            Layout.fillWidth: true
            text: modelData.title
            subtitle: modelData.note
            iconName: "edit"
            onClicked: page.model.carryOn(modelData.id)

            YButton {
                objectName: "form.throwAway." + draft.modelData.id
                kind: "quiet"
                iconName: "trash"
                text: qsTr("不要了")
                onClicked: page.model.throwAway(draft.modelData.id)
            }
        }
    }
    YButton {
        objectName: "form.begin"
        Layout.alignment: Qt.AlignLeft
        visible: page.model.step === "drafts"
        text: qsTr("重新填一份")
        iconName: "plus"
        onClicked: page.model.begin()
    }
    Repeater {
        model: page.model.step === "ask" ? page.model.fields : null

        FieldEntry {
            asks: page.model.question
            Layout.fillWidth: true
            onAnswered: (name, text) => page.model.answer(name, text)
            onDone: page.base.goForward()
        }
    }
    Repeater {
        model: page.model.step === "review" ? page.model.answers : null

        YRow {
            id: answer

            required property var modelData
            required property int index

            objectName: "form.answer." + index
            Layout.fillWidth: true
            text: modelData.value
            subtitle: modelData.error === "" ? modelData.label : modelData.error
            iconName: modelData.error === "" ? "check" : "warn"
            onClicked: page.model.change(modelData.step)

            YText {
                text: qsTr("修改")
                color: Theme.primary
                strong: true
            }
        }
    }
}
