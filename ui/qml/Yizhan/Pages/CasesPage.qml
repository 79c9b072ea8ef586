pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property CasesModel model

    step: page.model.step

    YStepHeader {
        Layout.fillWidth: true
        visible: page.model.step !== "list" || page.model.nothing === ""
        step: page.model.number
        steps: page.model.step === "list" || page.model.idle !== "" ? 1 : 3
        title: page.model.step === "pin" ? "" : page.model.question
    }
    YEmpty {
        objectName: "cases.none"
        visible: page.model.step === "list" && page.model.nothing !== ""
        iconName: "check"
        title: page.model.nothing
    }
    Repeater {
        model: page.model.step === "list" ? page.model.cases : null

        EntryRow {
            required property var modelData

            objectName: "cases.case." + modelData.id
            entry: modelData
            onClicked: page.model.open(modelData.id)
        }
    }
    CaseCard {
        objectName: "cases.card"
        visible: page.model.step === "case"
        steps: page.model.steps
        pairs: page.model.pairs
        too: page.model.too
        cashText: page.model.cashText
        fen: page.model.fen
        idle: page.model.idle
        idleIcon: page.model.idleIcon
    }
    EntryPad {
        visible: page.model.step === "receiver"
        label: qsTr("领款人姓名")
        mode: "text"
        longest: 40
        value: page.model.receiver
        onEdited: value => page.model.setReceiver(value)
        onAccepted: page.base.goForward()
    }
    ProofCard {
        objectName: "cases.proof"
        title: page.model.question
        visible: page.model.step === "pin"
        pairs: page.model.pairs
        amountText: page.model.cashText
        fen: page.model.fen
        error: page.model.pinError
        onCompleted: pin => page.model.enterPin(pin)
    }
}
