pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

FocusScope {
    id: pad

    property int length: 6
    property string label: qsTr("请输入密码")
    property string error: ""
    readonly property int entered: secret.length
    signal completed(string pin)

    property string secret: ""

    function clear() {
        secret = "";
    }

    implicitWidth: column.implicitWidth
    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: label

    ColumnLayout {
        id: column

        anchors.fill: parent
        spacing: Theme.elder ? Theme.s : Theme.m

        YText {
            Layout.fillWidth: true
            text: pad.label
            strong: true
            font.pixelSize: Theme.lead
            horizontalAlignment: Text.AlignHCenter
        }
        RowLayout {
            Layout.fillWidth: false
            Layout.alignment: Qt.AlignHCenter
            spacing: Theme.m

            Repeater {
                model: pad.length

                Rectangle {
                    required property int index

                    readonly property bool full: index < pad.entered

                    Layout.preferredWidth: Theme.px(26)
                    Layout.preferredHeight: Theme.px(26)
                    radius: width / 2
                    color: full ? Theme.primary : Theme.paper
                    border.color: pad.error !== "" ? Theme.bad : full ? Theme.primary : Theme.edge
                    border.width: Theme.stroke
                }
            }
        }
        YBadge {
            Layout.alignment: Qt.AlignHCenter
            Layout.maximumWidth: keys.width
            visible: pad.error !== ""
            bare: true
            kind: "bad"
            iconName: "warn"
            text: pad.error
        }
        YNumberPad {
            id: keys

            objectName: "pinKeys"
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            value: pad.secret
            maximumLength: pad.length
            onEdited: value => {
                pad.secret = value;
                if (value.length === pad.length) {
                    pad.secret = "";
                    pad.completed(value);
                }
            }
        }
    }
}
