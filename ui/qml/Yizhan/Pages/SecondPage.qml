pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property SecondModel model

    step: page.model.step
    homeShown: false

    YStepHeader {
        Layout.fillWidth: true
        visible: page.model.step === "who"
        step: 1
        steps: 2
        title: page.model.question
    }
    YCard {
        Layout.fillWidth: true
        visible: page.model.step === "who"

        CashLine {
            objectName: "second.amount"
            visible: fen > 0
            text: page.model.cashText
            fen: page.model.fen
        }
        PairList {
            labelWidth: Theme.labelNarrow
            rows: page.model.pairs
        }
    }
    ChoiceGrid {
        visible: page.model.step === "who"
        prefix: "second.operator."
        iconName: "operator"
        entries: page.model.operators
        onChosen: id => page.model.choose(id)
    }
    ProofCard {
        objectName: "second.proof"
        title: page.model.question
        visible: page.model.step === "pin"
        pairs: page.model.pairs
        amountText: page.model.cashText
        fen: page.model.fen
        error: page.model.error
        onCompleted: pin => page.model.enterPin(pin)
    }
}
