pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property LeasesModel model

    step: page.model.step

    readonly property bool confirming: model.step === "ask" || model.step === "back"

    YStepHeader {
        Layout.fillWidth: true
        visible: title !== ""
        title: page.model.question
    }
    Repeater {
        model: page.model.step === "list" ? page.model.shares : null

        EntryRow {
            required property var modelData

            objectName: "leases.share." + modelData.id
            entry: modelData
            onClicked: page.model.choose(modelData.id)
        }
    }
    EntryRow {
        objectName: "leases.chosen"
        visible: page.model.step === "share"
        tappable: false
        entry: page.model.share
    }
    YCard {
        objectName: page.confirming ? "leases.confirm" : "leases.facts"
        Layout.fillWidth: true
        visible: page.confirming || page.model.step === "share"

        PairList {
            rows: page.model.pairs
        }
        YButton {
            objectName: "leases.back"
            Layout.alignment: Qt.AlignRight
            visible: page.model.step === "share" && page.model.back
            text: qsTr("交回")
            iconName: "exit"
            onClicked: page.model.handBack()
        }
    }
    EntryPad {
        visible: page.model.step === "amount"
        mode: page.model.mode
        label: qsTr("件数")
        value: page.model.typed
        longest: 10
        note: page.model.note
        onEdited: value => page.model.enter(value)
        onAccepted: page.base.goForward()
    }
}
