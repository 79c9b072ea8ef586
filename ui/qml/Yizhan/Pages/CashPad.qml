pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: pad

    property var tender: ({})
    signal edited(string value)
    signal accepted

    readonly property bool tall: width < Theme.pair

    Layout.fillWidth: true
    columns: tall ? 1 : 2
    columnSpacing: Theme.l
    rowSpacing: Theme.l

    YCard {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop

        CashLine {
            objectName: "cash.due"
            text: qsTr("应收")
            fen: pad.tender.due ?? 0
        }
        YField {
            objectName: "cash.received"
            Layout.fillWidth: true
            focus: pad.visible
            label: qsTr("收到（元）")
            mode: "amount"
            typing: ""
            maximumLength: 10
            text: pad.tender.text ?? ""
            error: pad.tender.short ?? ""
            onEdited: text => pad.edited(text)
            onAccepted: pad.accepted()
        }
        CashLine {
            objectName: "cash.change"
            opacity: pad.tender.enough ? 1 : 0
            text: qsTr("找零")
            fen: pad.tender.change ?? 0
            color: Theme.bad
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.s

            Repeater {
                model: pad.tender.notes ?? []

                YButton {
                    required property var modelData

                    objectName: "cash.note." + modelData.value
                    text: modelData.label
                    onClicked: pad.edited(modelData.value)
                }
            }
        }
    }
    YNumberPad {
        objectName: "cash.pad"
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        Layout.maximumWidth: pad.tall ? -1 : Theme.pad
        decimal: true
        maximumLength: 10
        value: pad.tender.text ?? ""
        onEdited: value => pad.edited(value)
    }
}
