pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property RightsModel model

    step: page.model.step
    Keys.onPressed: event => scan.take(event)

    YStepHeader {
        Layout.fillWidth: true
        step: page.model.number
        steps: 3
        title: page.model.question
    }
    CouponScan {
        id: scan

        visible: page.model.step === "scan"
        token: page.model.token
        bad: page.model.bad
        reason: page.model.reason
        again: page.model.again
        onEdited: text => page.model.enter(text)
        onAccepted: page.base.goForward()
    }
    YTicket {
        objectName: "rights.coupon"
        visible: page.model.step === "order"
        title: page.model.coupon
        rule: page.model.rule
        until: page.model.until
        serial: page.model.serial
        face: page.model.face
    }
    Repeater {
        model: page.model.step === "order" ? page.model.orders : null

        YRow {
            id: row

            required property var modelData

            objectName: "rights.order." + modelData.id
            Layout.fillWidth: true
            text: modelData.title
            subtitle: modelData.note
            iconName: modelData.usable ? "basket" : "cross"
            chapter: modelData.usable ? "mall" : "neutral"
            arrow: modelData.usable
            onClicked: page.model.chooseOrder(modelData.id)

            YAmount {
                large: false
                fen: row.modelData.fen
            }
        }
    }
    YEmpty {
        objectName: "rights.none"
        visible: page.model.nothing !== ""
        iconName: "basket"
        title: page.model.nothing
        text: qsTr("先下单付款，再回来用券")
    }
    ConfirmCard {
        objectName: "rights.confirm"
        visible: page.model.step === "confirm"
        pairs: page.model.pairs
        amountText: qsTr("应付给顾客")
        fen: page.model.face
        note: page.model.note
    }
}
