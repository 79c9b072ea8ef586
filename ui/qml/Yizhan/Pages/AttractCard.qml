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

        YPicture {
            Layout.preferredWidth: Theme.picture
            Layout.preferredHeight: Theme.picture
            Layout.alignment: Qt.AlignTop
            visible: told.card.picture !== ""
            picture: told.card.picture
        }
        YIcon {
            Layout.alignment: Qt.AlignTop
            visible: told.card.picture === ""
            name: told.card.icon
            size: Theme.mark
            color: Theme.textSoft
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
