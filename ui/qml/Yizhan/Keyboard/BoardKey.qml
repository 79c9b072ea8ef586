pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Yizhan.Controls

T.AbstractButton {
    id: control

    property string iconName: ""
    property string kind: "plain"
    property string says: text
    property bool first: false

    readonly property bool strong: kind === "strong"
    readonly property bool soft: kind === "soft"

    implicitWidth: Theme.touch
    implicitHeight: Theme.px(Theme.elder ? 72 : 56)
    font.family: Theme.family
    font.pixelSize: kind === "plain" ? Theme.title : Theme.body
    font.bold: kind !== "plain"
    activeFocusOnTab: false
    focusPolicy: Qt.NoFocus
    autoRepeatDelay: 450
    autoRepeatInterval: 90
    Accessible.role: Accessible.Button
    Accessible.name: says

    background: Rectangle {
        radius: Theme.radius
        color: control.down || control.strong ? Theme.primary : control.soft ? Theme.sunken : Theme.paper
        border.color: control.first ? Theme.primary : control.enabled ? Theme.edge : Theme.line
        border.width: control.first ? Theme.strokeStrong : Theme.hairline
    }
    contentItem: Item {
        readonly property color ink: control.down || control.strong ? Theme.primaryInk : control.enabled ? Theme.text : Theme.textSoft

        YIcon {
            anchors.centerIn: parent
            name: control.iconName
            color: parent.ink
            size: Theme.icon
        }
        YText {
            anchors.centerIn: parent
            visible: control.iconName === ""
            text: control.text
            color: parent.ink
            font: control.font
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
