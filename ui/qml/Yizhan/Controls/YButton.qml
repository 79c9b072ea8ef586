pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

T.Button {
    id: control

    property string kind: "secondary"
    property string iconName: ""
    property string reason: ""
    property bool large: false
    property bool chosen: false

    readonly property var looks: ({
            primary: { fill: Theme.primary, down: Theme.primaryDown, ink: Theme.primaryInk, edge: Theme.primaryDown },
            secondary: { fill: Theme.surface, down: Theme.primarySoft, ink: Theme.primary, edge: Theme.primary },
            quiet: { fill: "transparent", down: Theme.sunken, ink: Theme.primary, edge: "transparent" },
            danger: { fill: Theme.bad, down: Theme.dangerDown, ink: Theme.toneInk, edge: Theme.dangerDown }
        })
    readonly property var off: ({ fill: Theme.sunken, down: Theme.sunken, ink: Theme.textSoft, edge: Theme.line })
    readonly property var look: enabled ? looks[chosen ? "primary" : kind] : off
    readonly property bool explains: !enabled && reason !== ""

    implicitWidth: Math.max(implicitHeight, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(large ? Theme.touch * 1.2 : Theme.touch, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.l
    rightPadding: Theme.l
    topPadding: Theme.s
    bottomPadding: Theme.s
    font.family: Theme.family
    font.pixelSize: large ? Theme.lead : Theme.body
    font.bold: kind !== "quiet"
    activeFocusOnTab: true
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.selectable: chosen
    Accessible.selected: chosen
    Accessible.description: explains ? reason : ""
    Keys.onReturnPressed: control.click()
    Keys.onEnterPressed: control.click()

    background: Rectangle {
        radius: Theme.radius
        color: control.down ? control.look.down : control.look.fill
        border.color: control.look.edge
        border.width: Theme.stroke

        YFocusRing {
            shown: control.visualFocus
        }
    }

    contentItem: Item {
        implicitWidth: column.implicitWidth
        implicitHeight: column.implicitHeight

        ColumnLayout {
            id: column

            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width)
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.s

                YIcon {
                    name: control.iconName
                    color: control.look.ink
                    size: Math.round(control.font.pixelSize * 1.25)
                }
                YText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: control.text
                    color: control.look.ink
                    font: control.font
                    maximumLineCount: 2
                    elide: Text.ElideRight
                    horizontalAlignment: Text.AlignHCenter
                    Accessible.ignored: true
                }
            }
            YText {
                Layout.fillWidth: true
                visible: control.explains
                text: control.reason
                color: Theme.warn
                font.pixelSize: Theme.small
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
}
