pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

T.Popup {
    id: dialog

    property string title: ""
    property string text: ""
    property string iconName: Theme.tones[tone].icon
    property string tone: "info"
    property string acceptText: qsTr("确定")
    property string rejectText: qsTr("取消")
    property bool acceptEnabled: true
    property bool dangerous: false
    default property alias content: slot.data
    signal accepted
    signal rejected

    function accept() {
        close();
        accepted();
    }
    function reject() {
        close();
        rejected();
    }

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Theme.px(Theme.elder ? 820 : 680), (parent ? parent.width : 800) - 2 * Theme.l)
    height: Math.min(implicitHeight, (parent ? parent.height : 600) - 2 * Theme.l)
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Theme.xl
    modal: true
    dim: true
    focus: true
    closePolicy: T.Popup.NoAutoClose

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }
    background: Rectangle {
        radius: Theme.radiusLarge
        color: Theme.surface
        border.color: Theme.line
        border.width: Theme.stroke
    }
    contentItem: ColumnLayout {
        spacing: Theme.l
        Accessible.role: Accessible.Dialog
        Accessible.name: dialog.title
        Accessible.description: dialog.text
        Keys.onEscapePressed: dialog.reject()

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            Rectangle {
                Layout.preferredWidth: Theme.iconLarge + Theme.m
                Layout.preferredHeight: Theme.iconLarge + Theme.m
                radius: width / 2
                color: Theme.tones[dialog.tone].soft

                YIcon {
                    anchors.centerIn: parent
                    name: dialog.iconName
                    size: Theme.iconLarge - Theme.s
                    color: Theme.tones[dialog.tone].ink
                }
            }
            YText {
                Layout.fillWidth: true
                text: dialog.title
                strong: true
                font.pixelSize: Theme.title
            }
        }
        YText {
            Layout.fillWidth: true
            visible: text !== ""
            text: dialog.text
            color: Theme.textSoft
        }
        ColumnLayout {
            id: slot

            Layout.fillWidth: true
            visible: children.length > 0
            spacing: Theme.m
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.m

            YButton {
                objectName: "dialogReject"
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                visible: text !== ""
                text: dialog.rejectText
                onClicked: dialog.reject()
            }
            YButton {
                objectName: "dialogAccept"
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                visible: text !== ""
                focus: true
                kind: dialog.dangerous ? "danger" : "primary"
                text: dialog.acceptText
                enabled: dialog.acceptEnabled
                onClicked: dialog.accept()
            }
        }
    }
}
