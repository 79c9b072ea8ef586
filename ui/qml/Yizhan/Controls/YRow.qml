pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

T.AbstractButton {
    id: control

    property string subtitle: ""
    property string iconName: ""
    property string chapter: "neutral"
    property url picture: ""
    property bool tappable: true
    property bool selected: false
    property bool arrow: tappable
    default property alias trailing: slot.data

    readonly property var tint: Theme.chapters[chapter]
    readonly property bool pictured: picture.toString() !== ""

    implicitWidth: Theme.px(480)
    implicitHeight: Math.max(Theme.touch + Theme.m, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.m
    rightPadding: Theme.m
    topPadding: Theme.m
    bottomPadding: Theme.m
    font.family: Theme.family
    font.pixelSize: Theme.body
    font.bold: true
    activeFocusOnTab: tappable
    focusPolicy: tappable ? Qt.StrongFocus : Qt.NoFocus
    hoverEnabled: false

    Accessible.role: tappable ? Accessible.Button : Accessible.ListItem
    Accessible.name: text
    Accessible.description: subtitle
    Keys.onReturnPressed: control.click()
    Keys.onEnterPressed: control.click()

    background: Rectangle {
        radius: Theme.radius
        color: (control.down && control.tappable) || control.selected ? Theme.primarySoft : Theme.surface
        border.color: control.selected ? Theme.primary : Theme.line
        border.width: control.selected ? Theme.stroke : Theme.hairline

        YFocusRing {
            shown: control.visualFocus && control.tappable
        }
    }

    contentItem: RowLayout {
        spacing: Theme.m

        Rectangle {
            Layout.preferredWidth: control.pictured ? Theme.px(88) : Theme.iconLarge + Theme.s
            Layout.preferredHeight: Layout.preferredWidth
            visible: control.pictured || control.iconName !== ""
            radius: Theme.radius
            color: control.pictured ? Theme.mat : control.tint.soft

            Image {
                anchors.fill: parent
                anchors.margins: Theme.xs
                visible: control.pictured
                source: control.picture
                sourceSize: Qt.size(width, height)
                fillMode: Image.PreserveAspectFit
                asynchronous: true
                Accessible.ignored: true
            }
            YIcon {
                anchors.centerIn: parent
                visible: !control.pictured && name !== ""
                name: control.iconName
                size: Theme.iconLarge - Theme.s
                color: control.enabled ? control.tint.ink : Theme.textSoft
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.xs

            YText {
                Layout.fillWidth: true
                text: control.text
                color: control.enabled ? Theme.text : Theme.textSoft
                font: control.font
                maximumLineCount: 3
                elide: Text.ElideRight
                Accessible.ignored: true
            }
            YText {
                Layout.fillWidth: true
                visible: control.subtitle !== ""
                text: control.subtitle
                color: Theme.textSoft
                font.pixelSize: Theme.small
                maximumLineCount: 6
                elide: Text.ElideRight
                Accessible.ignored: true
            }
        }
        RowLayout {
            id: slot

            Layout.fillWidth: false
            spacing: Theme.m
        }
        YIcon {
            visible: control.arrow
            name: "chevron"
            color: Theme.textSoft
        }
    }
}
