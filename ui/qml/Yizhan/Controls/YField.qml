pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

FocusScope {
    id: field

    property string label: ""
    property string asks: label
    property string helper: ""
    property string error: ""
    property string iconName: ""
    property string mode: "text"
    property string typing: mode === "secret" ? "" : mode
    property bool required: false
    property alias text: input.text
    property alias placeholder: input.placeholderText
    property alias maximumLength: input.maximumLength
    property alias readOnly: input.readOnly
    property alias input: input
    default property alias trailing: slot.data
    signal edited(string text)
    signal accepted

    function replace(text: string) {
        input.clear();
        input.insert(0, text);
        edited(input.text);
    }

    readonly property var modes: ({
            text: { hints: Qt.ImhNone, pattern: /[^\x00-\x1f]*/, echo: TextInput.Normal },
            digits: { hints: Qt.ImhDigitsOnly, pattern: /[0-9]*/, echo: TextInput.Normal },
            amount: { hints: Qt.ImhFormattedNumbersOnly, pattern: /([0-9]+(\.[0-9]{0,2})?)?/, echo: TextInput.Normal },
            secret: { hints: Qt.ImhSensitiveData | Qt.ImhDigitsOnly, pattern: /[0-9]*/, echo: TextInput.Password }
        })

    implicitWidth: Theme.px(420)
    implicitHeight: column.implicitHeight
    activeFocusOnTab: false

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        spacing: Theme.xs

        YText {
            Layout.fillWidth: true
            visible: text !== ""
            text: field.required ? qsTr("%1（必填）").arg(field.label) : field.label
            strong: true
            Accessible.ignored: true
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: Math.max(Theme.touch, slot.implicitHeight + Theme.s)
            radius: Theme.radius
            color: field.enabled && !field.readOnly ? Theme.paper : Theme.sunken
            border.color: field.error !== "" ? Theme.bad : input.activeFocus ? Theme.primary : Theme.edge
            border.width: field.error !== "" || input.activeFocus ? Theme.strokeStrong : Theme.stroke

            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: Theme.m
                anchors.rightMargin: slot.implicitWidth > 0 ? Theme.xs : Theme.m
                spacing: Theme.s

                YIcon {
                    name: field.iconName
                    color: Theme.textSoft
                }
                T.TextField {
                    id: input

                    readonly property string typing: field.typing

                    objectName: field.objectName === "" ? "" : field.objectName + "Input"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    focus: true
                    enabled: field.enabled
                    color: Theme.text
                    clip: true
                    placeholderTextColor: Theme.textSoft
                    selectionColor: Theme.primary
                    selectedTextColor: Theme.primaryInk
                    verticalAlignment: TextInput.AlignVCenter
                    horizontalAlignment: field.mode === "amount" ? TextInput.AlignRight : TextInput.AlignLeft
                    font.family: Theme.family
                    font.pixelSize: Theme.lead
                    inputMethodHints: field.modes[field.mode].hints
                    echoMode: field.modes[field.mode].echo
                    validator: RegularExpressionValidator {
                        regularExpression: field.modes[field.mode].pattern
                    }
                    onTextEdited: field.edited(text)
                    onAccepted: field.accepted()
                    Accessible.role: Accessible.EditableText
                    Accessible.name: field.asks !== "" ? field.asks : input.placeholderText
                    Accessible.description: field.error !== "" ? field.error : field.helper

                    YText {
                        anchors.fill: parent
                        visible: input.length === 0 && input.preeditText === ""
                        text: input.placeholderText
                        color: input.placeholderTextColor
                        font: input.font
                        horizontalAlignment: input.horizontalAlignment
                        verticalAlignment: Text.AlignVCenter
                        wrapMode: Text.NoWrap
                        elide: Text.ElideRight
                        Accessible.ignored: true
                    }
                }
                RowLayout {
                    id: slot

                    Layout.fillWidth: false
                    spacing: Theme.xs
                }
            }
        }
        YBadge {
            Layout.fillWidth: true
            visible: field.error !== ""
            bare: true
            kind: "bad"
            iconName: "warn"
            text: field.error
        }
        YText {
            Layout.fillWidth: true
            visible: field.error === "" && text !== ""
            text: field.helper
            color: Theme.textSoft
            font.pixelSize: Theme.small
            Accessible.ignored: true
        }
    }
}
