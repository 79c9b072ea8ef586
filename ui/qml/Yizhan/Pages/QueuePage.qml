pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property QueueModel model

    step: page.model.step

    readonly property bool listing: model.step === "list"

    NoticeList {
        rows: page.model.notices
        onChosen: out => page.model.goOut(out)
    }
    YCard {
        objectName: "queue.line"
        Layout.fillWidth: true
        visible: page.listing
        padding: Theme.m

        YBadge {
            objectName: "queue.link"
            kind: page.model.lineKind
            iconName: page.model.lineIcon
            text: page.model.line
        }
        PairList {
            rows: page.model.linePairs
        }
    }
    Flow {
        Layout.fillWidth: true
        visible: page.listing && page.model.counts.length > 0
        spacing: Theme.s

        Repeater {
            model: page.model.counts

            YBadge {
                required property string modelData

                kind: "warn"
                iconName: "clock"
                text: modelData
            }
        }
    }
    Flow {
        Layout.fillWidth: true
        visible: page.listing && page.model.filters.count > 0
        spacing: Theme.s

        Repeater {
            model: page.model.filters

            YButton {
                required property var modelData

                objectName: "queue.filter." + modelData.id
                chosen: modelData.chosen
                text: modelData.title
                onClicked: page.model.choose(modelData.id)
            }
        }
    }
    YEmpty {
        objectName: "queue.none"
        visible: page.listing && page.model.nothing !== ""
        iconName: "check"
        title: page.model.nothing
    }
    Repeater {
        model: page.listing ? page.model.entries : null

        EntryRow {
            required property var modelData

            objectName: "queue.entry." + modelData.id
            entry: modelData
            onClicked: page.model.open(modelData.id)
        }
    }
    YCard {
        objectName: "queue.machine"
        Layout.fillWidth: true
        visible: page.listing
        padding: Theme.m
        title: qsTr("本机")
        iconName: "station"

        PairList {
            rows: page.model.machine
        }
    }
    NoticeList {
        rows: page.model.passing
        onChosen: out => page.model.goOut(out)
    }
    UpkeepRows {
        visible: page.listing
        ways: page.model.upkeep
        onChosen: way => page.model.goUpkeep(way)
    }
    YStepHeader {
        Layout.fillWidth: true
        visible: page.model.step === "reason"
        title: page.model.question
    }
    EntryRow {
        objectName: "queue.chosen"
        visible: page.model.step === "entry" || page.model.step === "reason"
        tappable: false
        entry: page.model.entry
    }
    YCard {
        objectName: "queue.stands"
        Layout.fillWidth: true
        visible: page.model.step === "entry"

        PairList {
            rows: page.model.stands
        }
    }
    YCard {
        objectName: "queue.facts"
        Layout.fillWidth: true
        visible: page.model.step === "entry" && page.model.pairs.count > 0

        PairList {
            rows: page.model.pairs
        }
    }
    ChoiceGrid {
        visible: page.model.step === "reason"
        prefix: "queue.reason."
        iconName: "refresh"
        entries: page.model.reasons
        onChosen: id => page.model.chooseReason(id)
    }
    ProofCard {
        objectName: "queue.proof"
        visible: page.model.step === "pin"
        title: page.model.question
        pairs: page.model.pairs
        amountText: page.model.backText
        fen: page.model.fen
        error: page.model.pinError
        onCompleted: pin => page.model.enterPin(pin)
    }
}
