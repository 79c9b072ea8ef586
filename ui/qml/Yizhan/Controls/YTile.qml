pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

T.AbstractButton {
    id: control

    property string iconName: tint.icon
    property string chapter: "neutral"
    property string badge: ""
    property string badgeKind: "good"
    property string badgeIcon: Theme.tones[badgeKind].icon
    property string note: ""
    property url picture: ""
    property bool available: true

    readonly property var tint: Theme.chapters[chapter]
    readonly property bool bright: available && enabled
    readonly property bool pictured: picture.toString() !== ""
    readonly property int face: pictured ? Theme.px(Theme.elder ? 108 : 76) : Theme.iconLarge + Theme.m

    implicitWidth: Theme.px(Theme.elder ? 320 : 264)
    implicitHeight: Math.max(Theme.tileHeight, implicitContentHeight + topPadding + bottomPadding)
    padding: Theme.m
    font.family: Theme.family
    font.pixelSize: Theme.lead
    font.bold: true
    activeFocusOnTab: true
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: [badge, note].filter(part => part !== "").join(" ")
    Keys.onReturnPressed: control.click()
    Keys.onEnterPressed: control.click()

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.topMargin: Theme.xs
            anchors.bottomMargin: -Math.round(Theme.xs * 0.75)
            radius: Theme.radiusLarge
            color: Theme.line
            visible: control.bright && !control.down && !Theme.outlined
        }
        Rectangle {
            anchors.fill: parent
            radius: Theme.radiusLarge
            color: control.down ? control.tint.soft : control.bright ? Theme.surface : Theme.sunken
            border.color: control.down ? control.tint.ink : Theme.line
            border.width: control.down ? Theme.stroke : Theme.hairline
        }
        YFocusRing {
            shown: control.visualFocus
            radius: Theme.radiusLarge + Theme.focusStroke + 1
        }
    }

    contentItem: ColumnLayout {
        spacing: Theme.s

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.m

            Rectangle {
                Layout.preferredWidth: control.face
                Layout.preferredHeight: control.face
                Layout.alignment: Qt.AlignTop
                radius: Theme.radius
                color: control.pictured ? Theme.mat : control.bright ? control.tint.soft : Theme.ground

                Image {
                    anchors.fill: parent
                    anchors.margins: Theme.xs
                    visible: control.pictured
                    opacity: control.bright ? 1 : 0.55
                    source: control.picture
                    sourceSize: Qt.size(width, height)
                    fillMode: Image.PreserveAspectFit
                    asynchronous: true
                    Accessible.ignored: true
                }
                YIcon {
                    anchors.centerIn: parent
                    visible: !control.pictured
                    name: control.iconName
                    size: Theme.iconLarge - Theme.xs
                    color: control.bright ? control.tint.ink : Theme.textSoft
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignVCenter
                spacing: 0

                YText {
                    Layout.fillWidth: true
                    text: control.text
                    color: control.bright ? Theme.text : Theme.textSoft
                    font: control.font
                    lineHeight: 0.92
                    maximumLineCount: 2
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
                YText {
                    Layout.fillWidth: true
                    visible: control.note !== ""
                    text: control.note
                    color: Theme.textSoft
                    font.pixelSize: Theme.small
                    lineHeight: 0.92
                    maximumLineCount: 3
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }
        }
        Loader {
            Layout.fillWidth: true
            active: control.badge !== ""
            visible: active

            sourceComponent: YBadge {
                bare: true
                kind: control.badgeKind
                iconName: control.badgeIcon
                text: control.badge
                Accessible.ignored: true
            }
        }
    }
}
