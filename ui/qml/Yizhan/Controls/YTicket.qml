pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

Rectangle {
    id: ticket

    property string title: ""
    property string rule: ""
    property string until: ""
    property string serial: ""
    property double face: 0

    Layout.fillWidth: true
    implicitHeight: row.implicitHeight + 2 * Theme.l
    radius: Theme.radiusLarge
    color: Theme.chapters.rights.soft
    border.color: Theme.chapters.rights.ink
    border.width: Theme.stroke

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.margins: Theme.l
        spacing: Theme.l

        YIcon {
            name: "coupon"
            size: Theme.iconLarge * 1.5
            color: Theme.chapters.rights.ink
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.xs

            YText {
                Layout.fillWidth: true
                text: ticket.title
                strong: true
                font.pixelSize: Theme.title
            }
            YText {
                Layout.fillWidth: true
                text: [ticket.rule, ticket.until].join(" · ")
                color: Theme.textSoft
            }
            YText {
                Layout.fillWidth: true
                text: ticket.serial
                color: Theme.textSoft
                font.pixelSize: Theme.small
            }
        }
        YAmount {
            objectName: "rights.face"
            fen: ticket.face
            color: Theme.chapters.rights.ink
        }
    }
}
