pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

Rectangle {
    id: footer

    required property var page
    default property alias extras: row.data

    readonly property bool refusing: page.primaryText !== "" && !page.primaryEnabled && page.primaryReason !== ""
    readonly property int rowHeight: Theme.touch + 2 * Theme.m

    implicitHeight: rowHeight + (above.visible ? above.implicitHeight + Theme.m : 0)
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.line
    }
    YBadge {
        id: above

        objectName: "page.primaryReason"
        anchors.top: parent.top
        anchors.topMargin: Theme.m
        x: Theme.l
        width: parent.width - 2 * Theme.l
        visible: footer.refusing && footer.page.portrait
        bare: true
        kind: "warn"
        text: footer.page.primaryReason
    }
    RowLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.leftMargin: footer.page.portrait ? Theme.l : Theme.xl
        anchors.rightMargin: anchors.leftMargin
        height: footer.rowHeight
        spacing: Theme.m

        YButton {
            objectName: "page.back"
            Layout.preferredWidth: Theme.px(Theme.elder ? 196 : 160)
            visible: footer.page.backShown || footer.page.homeShown
            opacity: footer.page.backShown ? 1 : 0
            enabled: footer.page.backShown && footer.page.backEnabled
            text: qsTr("返回")
            iconName: "back"
            onClicked: footer.page.backRequested()
        }
        YButton {
            objectName: "page.home"
            Layout.preferredWidth: Theme.px(Theme.elder ? 196 : 160)
            visible: footer.page.backShown || footer.page.homeShown
            opacity: footer.page.homeShown ? 1 : 0
            enabled: footer.page.homeShown && footer.page.homeEnabled
            text: qsTr("首页")
            iconName: "home"
            onClicked: footer.page.homeRequested()
        }
        YBadge {
            objectName: "page.primaryReason"
            Layout.fillWidth: true
            visible: footer.refusing && !footer.page.portrait
            bare: true
            kind: "warn"
            text: footer.page.primaryReason
        }
        Item {
            Layout.fillWidth: true
        }
        RowLayout {
            id: row

            Layout.fillWidth: false
            spacing: Theme.m
        }
        YButton {
            objectName: "page.primary"
            Layout.minimumWidth: Theme.px(Theme.elder ? 240 : 220)
            visible: text !== ""
            kind: "primary"
            text: footer.page.primaryText
            iconName: footer.page.primaryIcon
            enabled: footer.page.primaryEnabled
            Accessible.description: enabled ? "" : footer.page.primaryReason
            onClicked: footer.page.primaryRequested()
            onDoubleClicked: {} // a double tap is one tap: the second must not press what has come into its place
        }
    }
}
