pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import App
import Yizhan.Controls

T.AbstractButton {
    id: page

    required property Frame frame
    required property PageModel base
    required property AttractModel model

    objectName: "attract"
    activeFocusOnTab: false
    focusPolicy: Qt.NoFocus
    onClicked: model.begin()
    Accessible.ignored: true

    padding: Theme.xxl
    background: YGround {
        band: true
    }
    contentItem: ColumnLayout {
        spacing: Theme.l

        Item {
            Layout.fillHeight: true
        }
        YIcon {
            Layout.alignment: Qt.AlignHCenter
            name: "station"
            color: Theme.bandInk
            size: Theme.iconLarge * 3
        }
        YText {
            Layout.fillWidth: true
            text: page.base.title
            color: Theme.bandInk
            strong: true
            font.pixelSize: Theme.amount
            horizontalAlignment: Text.AlignHCenter
        }
        YText {
            Layout.fillWidth: true
            text: page.model.welcome
            color: Theme.bandInkSoft
            font.pixelSize: Theme.title
            horizontalAlignment: Text.AlignHCenter
        }
        YButton {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.xxl
            objectName: "attract.begin"
            focus: true
            large: true
            text: qsTr("触摸屏幕开始")
            onClicked: page.model.begin()
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
