pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property BillsModel model

    step: page.model.step

    readonly property bool asks: model.step === "account" || model.step === "amount"

    YStepHeader {
        Layout.fillWidth: true
        step: page.model.number
        steps: 4
        title: page.model.question
        hint: page.model.hint
    }
    ChoiceGrid {
        objectName: "bills.billers"
        visible: page.model.step === "biller"
        prefix: "bills.biller."
        iconName: page.base.icon
        chapter: page.base.chapter
        entries: page.model.billers
        onChosen: id => page.model.chooseBiller(id)
    }
    EntryPad {
        objectName: "bills.entry"
        asks: page.model.question
        visible: page.asks
        mode: page.model.mode
        value: page.model.entered
        longest: page.model.longest
        note: page.model.note
        onEdited: value => page.model.enter(value)
        onAccepted: page.base.goForward()
    }
    Repeater {
        model: page.model.step === "bill" ? page.model.bills : null

        YRow {
            id: row

            required property var modelData

            objectName: "bills.bill." + modelData.id
            Layout.fillWidth: true
            text: modelData.title
            subtitle: modelData.paid === "" ? modelData.note : modelData.paid
            iconName: page.base.icon
            chapter: page.base.chapter
            enabled: modelData.paid === ""
            onClicked: page.model.chooseBill(modelData.id)

            YAmount {
                large: false
                fen: row.modelData.fen
            }
        }
    }
    CashPad {
        visible: page.model.step === "cash"
        tender: page.model.tender
        onEdited: value => page.model.setCash(value)
        onAccepted: page.base.goForward()
    }
    ConfirmCard {
        objectName: "bills.confirm"
        visible: page.model.step === "confirm"
        pairs: page.model.pairs
        fen: page.model.fen
        note: page.model.note
        changeText: page.model.adjustable ? qsTr("改金额") : ""
        onChangeRequested: page.model.changeAmount()

        YButton {
            objectName: "bills.cash"
            text: qsTr("算找零")
            iconName: "cash"
            onClicked: page.model.countCash()
        }
    }
}
