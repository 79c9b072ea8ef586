pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Yizhan.Controls

T.AbstractButton {
    id: tile

    property string spec: ""
    property double fen: 0
    property double listed: 0
    property url picture: ""
    property string here: ""

    implicitWidth: Theme.px(240)
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Theme.m
    topPadding: Theme.s
    font.family: Theme.family
    font.pixelSize: Theme.body
    font.bold: true
    activeFocusOnTab: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: [spec, here].join(" ")
    Keys.onReturnPressed: tile.click()
    Keys.onEnterPressed: tile.click()

    background: Rectangle {
        radius: Theme.radiusLarge
        color: tile.down ? Theme.primarySoft : Theme.surface
        border.color: tile.down ? Theme.primary : Theme.line
        border.width: tile.down ? Theme.stroke : Theme.hairline

        YFocusRing {
            shown: tile.visualFocus
            radius: Theme.radiusLarge + Theme.focusStroke + 1
        }
    }
    contentItem: ColumnLayout {
        spacing: Theme.xs

        GoodPicture {
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: Theme.px(148)
            Layout.preferredHeight: Theme.px(148)
            picture: tile.picture

            YBadge {
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.bottom: parent.bottom
                width: Math.min(implicitWidth, tile.availableWidth)
                visible: tile.here !== ""
                kind: "good"
                iconName: "location"
                text: tile.here
                Accessible.ignored: true
            }
        }
        YText {
            Layout.fillWidth: true
            text: tile.text
            font: tile.font
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        YText {
            Layout.fillWidth: true
            text: tile.spec
            color: Theme.textSoft
            font.pixelSize: Theme.small
            maximumLineCount: 1
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Item {
            Layout.fillHeight: true
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s

            YAmount {
                large: false
                fen: tile.fen
                color: Theme.bad
            }
            YAmount {
                Layout.fillWidth: true
                visible: tile.listed > 0
                large: false
                fen: tile.listed
                color: Theme.textSoft
                font.pixelSize: Theme.small
                font.bold: false
                font.strikeout: true
                horizontalAlignment: Text.AlignLeft
            }
        }
    }
}
