pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

T.CheckBox {
    id: control

    property string note: ""
    property string error: ""

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(Theme.touch, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.xs
    rightPadding: Theme.xs
    topPadding: Theme.s
    bottomPadding: Theme.s
    font.family: Theme.family
    font.pixelSize: Theme.body
    activeFocusOnTab: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: error !== "" ? error : note
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    background: Item {
        YFocusRing {
            shown: control.visualFocus
        }
    }
    contentItem: RowLayout {
        spacing: Theme.m

        YTickBox {
            ticked: control.checked
            wrong: control.error !== ""
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            YText {
                Layout.fillWidth: true
                text: control.text
                font: control.font
                color: control.enabled ? Theme.text : Theme.textSoft
                Accessible.ignored: true
            }
            YBadge {
                Layout.fillWidth: true
                visible: control.error !== ""
                bare: true
                kind: "bad"
                iconName: "warn"
                text: control.error
                Accessible.ignored: true
            }
            YText {
                Layout.fillWidth: true
                visible: control.error === "" && text !== ""
                text: control.note
                color: Theme.textSoft
                font.pixelSize: Theme.small
                Accessible.ignored: true
            }
        }
    }
}
