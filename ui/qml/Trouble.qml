pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Yizhan.Controls

T.ApplicationWindow {
    id: window

    property string chinese
    property string english
    property string detail
    signal againRequested

    title: qsTr("驿站")
    color: Theme.ground

    Binding {
        target: Theme
        property: "unit"
        value: Theme.unitFor(window.width, window.height)
    }
    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.xl, Theme.contentWidth)
        spacing: Theme.l

        YError {
            objectName: "trouble"
            title: window.chinese
            text: window.english
            remedy: window.detail
            actionText: qsTr("再试一次")
            onActionRequested: window.againRequested()
        }
    }
}
