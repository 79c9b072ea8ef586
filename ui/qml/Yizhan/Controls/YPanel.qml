pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

T.AbstractButton {
    id: control

    property string kind: ""
    property bool large: false
    property bool foot: false
    property bool tappable: true

    readonly property bool plain: kind === ""
    readonly property color ink: plain ? Theme.primary : Theme.tones[kind].ink

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(Theme.touch, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.m
    rightPadding: Theme.m
    topPadding: Theme.s
    bottomPadding: Theme.s
    font.family: Theme.family
    font.pixelSize: Theme.body
    font.bold: true
    activeFocusOnTab: tappable
    focusPolicy: tappable ? Qt.StrongFocus : Qt.NoFocus
    hoverEnabled: false
    Accessible.role: tappable ? Accessible.Button : Accessible.StaticText
    Accessible.name: text
    Keys.onReturnPressed: control.click()
    Keys.onEnterPressed: control.click()

    background: Rectangle {
        radius: control.large ? Theme.radiusLarge : Theme.radius
        topLeftRadius: control.foot ? 0 : radius
        topRightRadius: topLeftRadius
        color: control.down && control.tappable ? Theme.primarySoft : control.plain ? Theme.surface : Theme.tones[control.kind].soft
        border.color: control.down && control.tappable ? Theme.primary : control.plain ? Theme.line : control.ink
        border.width: control.down && control.tappable ? Theme.stroke : control.plain || Theme.outlined ? Theme.hairline : 0

        YFocusRing {
            shown: control.visualFocus && control.tappable
            radius: parent.radius + Theme.focusStroke + 1
        }
    }
}
