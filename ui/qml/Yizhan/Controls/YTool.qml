pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

T.AbstractButton {
    id: control

    property string iconName: ""

    Layout.fillWidth: true
    implicitWidth: Math.max(Theme.px(Theme.elder ? 104 : 84), implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.touch, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.s
    rightPadding: Theme.s
    topPadding: Theme.xs
    bottomPadding: Theme.xs
    font.family: Theme.family
    font.pixelSize: Theme.small
    font.bold: true
    activeFocusOnTab: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: checkable ? Accessible.CheckBox : Accessible.Button
    Accessible.name: text
    Accessible.checked: checked
    Keys.onReturnPressed: control.click()
    Keys.onEnterPressed: control.click()

    readonly property color ink: checked ? Theme.band : Theme.bandInk

    background: Rectangle {
        radius: Theme.radius
        color: control.checked ? Theme.bandInk : control.down ? Theme.band : Theme.bandSoft
        border.color: control.down || Theme.outlined ? Theme.bandInk : "transparent"
        border.width: Theme.stroke

        YFocusRing {
            shown: control.visualFocus
            border.color: Theme.bandFocus
        }
    }
    contentItem: ColumnLayout {
        spacing: 0

        Item {
            Layout.fillHeight: true
        }
        YIcon {
            Layout.alignment: Qt.AlignHCenter
            name: control.iconName
            color: control.ink
            size: Theme.icon
        }
        YText {
            Layout.fillWidth: true
            text: control.text
            color: control.ink
            font: control.font
            lineHeight: 0.92
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
