pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

ColumnLayout {
    id: entry

    required property var modelData
    property string asks: ""
    signal answered(string name, string text)
    signal done

    readonly property string widget: modelData.widget
    readonly property string named: modelData.label === "" ? asks : modelData.label

    spacing: Theme.s

    YChoice {
        objectName: "form." + entry.modelData.name
        Layout.fillWidth: true
        visible: entry.widget === "choice"
        label: entry.modelData.label
        asks: entry.named
        columns: width > Theme.pair ? 2 : 1
        model: entry.modelData.choices
        value: entry.modelData.value
        error: entry.modelData.error
        onChosen: value => entry.answered(entry.modelData.name, value)
    }
    EntryPad {
        objectName: "form." + entry.modelData.name
        visible: entry.widget === "pad"
        mode: "digits"
        label: entry.modelData.label
        asks: entry.named
        error: entry.modelData.error
        longest: entry.modelData.longest
        value: entry.modelData.value
        onEdited: value => entry.answered(entry.modelData.name, value)
        onAccepted: entry.done()
    }
    YField {
        objectName: "form." + entry.modelData.name
        Layout.fillWidth: true
        visible: entry.widget === "text"
        typing: entry.modelData.typing
        focus: visible
        label: entry.modelData.label
        asks: entry.named
        helper: entry.modelData.help
        required: entry.modelData.required
        error: entry.modelData.error
        maximumLength: entry.modelData.longest
        text: entry.modelData.value
        onEdited: text => entry.answered(entry.modelData.name, text)
        onAccepted: entry.done()
    }
    YLongField {
        objectName: "form." + entry.modelData.name
        Layout.fillWidth: true
        visible: entry.widget === "long"
        label: entry.modelData.label
        asks: entry.named
        error: entry.modelData.error
        longest: entry.modelData.longest
        text: entry.modelData.value
        onEdited: text => entry.answered(entry.modelData.name, text)
    }
}
