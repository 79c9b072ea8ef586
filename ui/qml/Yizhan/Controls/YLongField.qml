pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

ColumnLayout {
    id: field

    property string label: ""
    property string asks: label
    property string error: ""
    property int longest: 300
    property alias text: area.text
    signal edited(string text)

    spacing: Theme.xs

    YText {
        Layout.fillWidth: true
        visible: text !== ""
        text: field.label
        strong: true
    }
    Rectangle {
        Layout.fillWidth: true
        Layout.preferredHeight: Theme.longText
        radius: Theme.radius
        color: Theme.paper
        border.color: field.error !== "" ? Theme.bad : area.activeFocus ? Theme.primary : Theme.edge
        border.width: area.activeFocus || field.error !== "" ? Theme.strokeStrong : Theme.stroke

        T.TextArea {
            id: area

            objectName: field.objectName === "" ? "" : field.objectName + "Input"
            anchors.fill: parent
            focus: field.visible
            padding: Theme.m
            clip: true
            color: Theme.text
            selectionColor: Theme.primary
            selectedTextColor: Theme.primaryInk
            wrapMode: TextEdit.Wrap
            font.family: Theme.family
            font.pixelSize: Theme.lead
            Accessible.role: Accessible.EditableText
            Accessible.name: field.asks
            Accessible.description: field.error
            onTextChanged: field.edited(text)
        }
    }
    RowLayout {
        Layout.fillWidth: true

        YBadge {
            Layout.fillWidth: true
            opacity: field.error !== "" ? 1 : 0
            bare: true
            kind: "bad"
            iconName: "warn"
            text: field.error
        }
        YText {
            text: qsTr("%1 / %2 字").arg(area.length).arg(field.longest)
            color: area.length > field.longest ? Theme.bad : Theme.textSoft
            font.pixelSize: Theme.small
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
