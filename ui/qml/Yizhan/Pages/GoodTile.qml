pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YPanel {
    id: tile

    property string spec: ""
    property double fen: 0
    property double listed: 0
    property url picture: ""
    property string here: ""

    implicitWidth: Theme.tileSmall
    padding: Theme.m
    topPadding: Theme.s
    large: true
    Accessible.description: [spec, here].join(" ")

    contentItem: ColumnLayout {
        spacing: Theme.xs

        YPicture {
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: Theme.picture
            Layout.preferredHeight: Theme.picture
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
            visible: !Theme.elder // fewer things at a glance: the good itself says it
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
