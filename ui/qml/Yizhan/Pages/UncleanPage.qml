pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

YGround {
    id: page

    required property Frame frame
    required property PageModel base
    required property UncleanModel model

    objectName: "unclean"

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.xl, Theme.contentWidth)
        spacing: Theme.l

        YEmpty {
            Layout.fillWidth: true
            iconName: "operator"
            title: page.base.title
            text: page.model.why
        }
        YText {
            objectName: "unclean.places"
            Layout.fillWidth: true
            visible: text !== ""
            text: page.model.places
            color: Theme.textSoft
            horizontalAlignment: Text.AlignHCenter
        }
        YButton {
            objectName: "unclean.again"
            Layout.alignment: Qt.AlignHCenter
            kind: "primary"
            large: true
            focus: true
            text: page.model.again
            iconName: "refresh"
            onClicked: page.model.wipeAgain()
        }
    }
}
