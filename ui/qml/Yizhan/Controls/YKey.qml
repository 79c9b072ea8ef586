pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

T.AbstractButton {
    id: control

    property string iconName: ""
    property bool soft: false

    implicitWidth: Theme.px(Theme.elder ? 128 : 112)
    implicitHeight: Theme.px(Theme.elder ? 72 : 66)
    font.family: Theme.family
    font.pixelSize: soft ? Theme.body : Theme.title
    font.bold: true
    activeFocusOnTab: true
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Keys.onReturnPressed: control.click()
    Keys.onEnterPressed: control.click()

    background: Rectangle {
        radius: Theme.radius
        color: control.down ? Theme.primary : control.soft ? Theme.sunken : Theme.paper
        border.color: control.enabled ? Theme.edge : Theme.line
        border.width: Theme.hairline

        YFocusRing {
            shown: control.visualFocus
        }
    }
    contentItem: Item {
        readonly property color ink: control.down ? Theme.primaryInk : control.enabled ? Theme.text : Theme.textSoft

        YIcon {
            anchors.centerIn: parent
            name: control.iconName
            color: parent.ink
            size: Math.round(Theme.icon * 1.2)
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
