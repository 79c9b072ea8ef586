pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property BasketModel model

    step: page.model.step

    readonly property bool holds: model.nothing === ""

    YStepHeader {
        Layout.fillWidth: true
        visible: page.holds
        step: page.model.number
        steps: page.model.count
        title: page.model.question
        hint: page.model.hint
    }
    YEmpty {
        objectName: "basket.empty"
        visible: !page.holds
        iconName: "basket"
        title: page.model.nothing
        text: qsTr("先去挑几样，再回来付款")
        actionText: qsTr("去挑商品")
        actionIcon: "mall"
        onActionRequested: page.base.goBack()
    }
    YRow {
        objectName: "basket.gone"
        Layout.fillWidth: true
        visible: page.model.step === "lines" && text !== ""
        text: page.model.goneNote
        iconName: "warn"
        arrow: false
        onClicked: page.model.dropGone()

        YText {
            text: qsTr("移出")
            color: Theme.primary
            strong: true
        }
    }
    Repeater {
        model: page.model.step === "lines" ? page.model.lines : null

        BasketLine {
            required property var modelData

            line: modelData
            onQuantityChanged: qty => page.model.setQuantity(modelData.id, qty)
        }
    }
    CashLine {
        objectName: "basket.total"
        Layout.rightMargin: Theme.m
        visible: page.holds && page.model.step === "lines"
        text: qsTr("合计")
        fen: page.model.total
    }
    EntryPad {
        objectName: "buyer.phone"
        visible: page.model.step === "phone"
        label: qsTr("手机号码")
        mode: "digits"
        longest: 12
        value: page.model.phone
        onEdited: value => page.model.setPhone(value)
        onAccepted: page.base.goForward()
    }
    YField {
        objectName: "buyer.name"
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
    CashPad {
        visible: page.model.step === "cash"
        tender: page.model.tender
        onEdited: value => page.model.setCash(value)
        onAccepted: page.base.goForward()
    }
    ConfirmCard {
        objectName: "basket.confirm"
        visible: page.model.step === "confirm"
        pairs: page.model.pairs
        fen: page.model.total
        note: page.model.note
    }
}
