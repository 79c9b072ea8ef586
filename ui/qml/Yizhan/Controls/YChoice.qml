pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

ColumnLayout {
    id: choice

    property var model: []
    property var value: undefined
    property string label: ""
    property string asks: label
    property string error: ""
    property int columns: 1
    signal chosen(var value)

    spacing: Theme.s
    Layout.fillHeight: false
    Accessible.role: Accessible.Grouping
    Accessible.name: asks

    YText {
        Layout.fillWidth: true
        visible: text !== ""
        text: choice.label
        strong: true
    }
    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: false
        columns: choice.columns
        columnSpacing: Theme.m
        rowSpacing: Theme.s
        uniformCellWidths: true

        Repeater {
            model: choice.model

            T.RadioButton {
                id: radio

                required property var modelData
                required property int index

                readonly property string note: modelData.note ?? ""

                objectName: choice.objectName === "" ? "" : choice.objectName + "-" + modelData.value
                Layout.fillWidth: true
                Layout.fillHeight: true
                implicitWidth: implicitContentWidth + leftPadding + rightPadding
                implicitHeight: Math.max(Theme.touch, implicitContentHeight + topPadding + bottomPadding)
                leftPadding: Theme.m
                rightPadding: Theme.m
                topPadding: Theme.s
                bottomPadding: Theme.s
                autoExclusive: false
                checkable: false
                checked: modelData.value === choice.value
                enabled: choice.enabled
                text: modelData.label
                activeFocusOnTab: true
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.RadioButton
                Accessible.name: text
                Accessible.description: note
                Accessible.checked: checked
                Keys.onReturnPressed: click()
                Keys.onEnterPressed: click()
                onClicked: choice.chosen(modelData.value)

                background: Rectangle {
                    radius: Theme.radius
                    color: radio.checked || radio.down ? Theme.primarySoft : Theme.paper
                    border.color: radio.checked ? Theme.primary : Theme.edge
                    border.width: radio.checked ? Theme.strokeStrong : Theme.hairline

                    YFocusRing {
                        shown: radio.visualFocus
                    }
                }
                contentItem: RowLayout {
                    spacing: Theme.m

                    Rectangle {
                        Layout.preferredWidth: Theme.px(28)
                        Layout.preferredHeight: Theme.px(28)
                        radius: width / 2
                        color: Theme.paper
                        border.color: radio.checked ? Theme.primary : Theme.edge
                        border.width: Theme.stroke

                        Rectangle {
                            anchors.centerIn: parent
                            width: Math.round(parent.width * 0.54)
                            height: width
                            radius: width / 2
                            visible: radio.checked
                            color: Theme.primary
                        }
                    }
                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: 0

                        YText {
                            Layout.fillWidth: true
                            text: radio.text
                            strong: radio.checked
                            Accessible.ignored: true
                        }
                        YText {
                            Layout.fillWidth: true
                            visible: text !== ""
                            text: radio.note
                            color: Theme.textSoft
                            font.pixelSize: Theme.small
                            Accessible.ignored: true
                        }
                    }
                }
            }
        }
    }
    YBadge {
        Layout.fillWidth: true
        visible: choice.error !== ""
        bare: true
        kind: "bad"
        iconName: "warn"
        text: choice.error
    }
}
