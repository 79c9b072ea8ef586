pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

GridLayout {
    id: entry

    property string mode: "digits"
    property string value: ""
    property int longest: 20
    property string note: ""
    property string label: ""
    property string asks: label
    property string error: ""
    signal edited(string value)
    signal accepted

    readonly property bool money: mode === "amount"
    readonly property bool letters: mode === "alnum" || mode === "text"
    readonly property bool tall: width < Theme.pair

    Layout.fillWidth: true
    columns: tall ? 1 : 2
    columnSpacing: Theme.l
    rowSpacing: Theme.l

    ColumnLayout {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        spacing: Theme.m

        YField {
            objectName: "entry"
            Layout.fillWidth: true
            focus: entry.visible
            label: entry.money ? qsTr("金额（元）") : entry.label
            asks: entry.asks !== "" ? entry.asks : label
            error: entry.error
            mode: entry.letters ? "text" : entry.mode
            typing: entry.mode === "text" ? "name" : ""
            maximumLength: 64
            text: entry.value
            onEdited: text => entry.edited(text)
            onAccepted: entry.accepted()
        }
        YText {
            Layout.fillWidth: true
            visible: text !== ""
            text: entry.note
            color: Theme.textSoft
        }
        LetterKeys {
            visible: entry.mode === "alnum"
            Layout.fillWidth: true
            onPressed: key => entry.edited((entry.value + key).slice(0, entry.longest))
        }
    }
    YNumberPad {
        objectName: "entry.pad"
        visible: entry.mode !== "text"
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        Layout.maximumWidth: entry.tall ? entry.width : Theme.padWide
        decimal: entry.money
        maximumLength: entry.longest
        value: entry.value
        onEdited: value => entry.edited(value)
    }
}
