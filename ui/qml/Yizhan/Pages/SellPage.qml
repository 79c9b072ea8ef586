pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property SellModel model

    step: page.model.step

    YStepHeader {
        Layout.fillWidth: true
        step: page.model.number
        steps: 3
        title: page.model.question
    }
    GoodDetail {
        objectName: "sell.good"
        visible: page.model.step === "quantity"
        good: page.model.good
        facts: page.model.facts
        qty: page.model.qty
        most: page.model.most
        subtotal: page.model.total
        onQuantityChanged: qty => page.model.setQuantity(qty)
    }
    CashPad {
        visible: page.model.step === "cash"
        tender: page.model.tender
        onEdited: value => page.model.setCash(value)
        onAccepted: page.base.goForward()
    }
    ConfirmCard {
        objectName: "sell.confirm"
        visible: page.model.step === "confirm"
        pairs: page.model.pairs
        fen: page.model.total
        note: page.model.note
    }
}
