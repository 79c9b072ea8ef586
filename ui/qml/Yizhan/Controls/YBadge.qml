pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

Rectangle {
    id: badge

    property string kind: "neutral"
    property string text: ""
    property string iconName: tone.icon
    property bool bare: false

    readonly property var tone: Theme.tones[kind]

    implicitWidth: row.implicitWidth + (bare ? 0 : 2 * Theme.m)
    implicitHeight: Math.max(row.implicitHeight + (bare ? 0 : Theme.s), bare ? 0 : Theme.px(36))
    radius: Math.min(height / 2, Theme.px(20))
    color: bare ? "transparent" : tone.soft
    border.color: tone.ink
    border.width: Theme.outlined && !bare ? Theme.hairline : 0
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    RowLayout {
        id: row

        readonly property int room: badge.width - (badge.bare ? 0 : 2 * Theme.m)

        anchors.verticalCenter: parent.verticalCenter
        x: badge.bare ? 0 : Math.round((badge.width - width) / 2)
        width: Math.min(implicitWidth, room)
        spacing: Theme.s

        YIcon {
            name: badge.iconName
            color: badge.tone.ink
            size: Math.round(Theme.small * 1.1)
        }
        YText {
            Layout.fillWidth: true
            text: badge.text
            color: badge.tone.ink
            strong: true
            font.pixelSize: Theme.small
            maximumLineCount: 3
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
}
