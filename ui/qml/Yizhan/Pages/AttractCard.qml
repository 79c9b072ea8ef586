pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YCard {
    id: told

    required property var card
    signal chosen

    Layout.fillWidth: true

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.l

        Rectangle {
            Layout.preferredWidth: Theme.px(168)
            Layout.preferredHeight: Layout.preferredWidth
            Layout.alignment: Qt.AlignTop
            radius: Theme.radius
            color: told.card.picture === "" ? Theme.sunken : Theme.mat

            Image {
                anchors.fill: parent
                anchors.margins: Theme.xs
                source: told.card.picture
                sourceSize: Qt.size(width, height)
                fillMode: Image.PreserveAspectFit
                asynchronous: true
                Accessible.ignored: true
            }
            YIcon {
                anchors.centerIn: parent
                visible: told.card.picture === ""
                name: told.card.icon
                size: Theme.iconLarge * 2
                color: Theme.textSoft
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.s

            YBadge {
                kind: told.card.kind
                iconName: told.card.mark
                text: told.card.sort
            }
            YText {
                objectName: "card.title"
                Layout.fillWidth: true
                text: told.card.title
                strong: true
                font.pixelSize: Theme.title
            }
            YText {
                Layout.fillWidth: true
                visible: text !== ""
                text: told.card.until
                color: Theme.textSoft
            }
        }
    }
    YText {
        objectName: "card.text"
        Layout.fillWidth: true
        text: told.card.text
        font.pixelSize: Theme.lead
    }
    YButton {
        objectName: "card.take"
        Layout.alignment: Qt.AlignRight
        visible: told.card.service !== ""
        text: qsTr("去看看")
        iconName: "forward"
        onClicked: told.chosen()
    }
}
