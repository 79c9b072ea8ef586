pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

ColumnLayout {
    id: scan

    property string token: ""
    property string bad: ""
    property string reason: ""
    property string again: ""
    signal edited(string text)
    signal accepted

    function take(event: var) {
        event.accepted = visible && /^[!-~]$/.test(event.text);
        if (!event.accepted)
            return;
        field.input.forceActiveFocus();
        field.replace(field.text + event.text);
    }
    function paste() {
        field.input.paste();
        edited(field.text);
    }

    Layout.fillWidth: true
    spacing: Theme.l

    YCard {
        Layout.fillWidth: true
        visible: scan.bad === ""

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.xl

            YIcon {
                name: "qr"
                size: Theme.iconLarge * 2
                color: Theme.primary
            }
            YText {
                Layout.fillWidth: true
                text: qsTr("用扫码枪对准券上的二维码，听到“嘀”一声就好。没有扫码枪的，把券码粘贴到下面。")
                font.pixelSize: Theme.lead
            }
        }
    }
    YCard {
        objectName: "rights.refused"
        Layout.fillWidth: true
        visible: scan.bad !== ""
        color: Theme.tones.bad.soft
        edge: Theme.bad

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.xl

            YIcon {
                name: "cross"
                size: Theme.iconLarge * 2
                color: Theme.bad
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.s

                YText {
                    Layout.fillWidth: true
                    text: scan.bad
                    strong: true
                    font.pixelSize: Theme.title
                    color: Theme.bad
                }
                YText {
                    objectName: "rights.reason"
                    Layout.fillWidth: true
                    text: scan.reason
                    font.pixelSize: Theme.lead
                }
                YText {
                    Layout.fillWidth: true
                    text: scan.again
                    color: Theme.textSoft
                }
            }
        }
    }
    YField {
        id: field

        objectName: "rights.token"
        Layout.fillWidth: true
        focus: scan.visible
        label: qsTr("券码")
        iconName: "qr"
        typing: "code"
        placeholder: qsTr("扫码或粘贴")
        text: scan.token
        onEdited: text => scan.edited(text)
        onAccepted: scan.accepted()

        YButton {
            objectName: "rights.paste"
            kind: "quiet"
            text: qsTr("粘贴")
            onClicked: scan.paste()
        }
    }
}
