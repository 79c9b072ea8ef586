pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "Keypad.js" as Keypad

FocusScope {
    id: pad

    property string value: ""
    property bool decimal: false
    property int maximumLength: 20
    property YField field: null
    signal edited(string value)
    signal accepted

    readonly property var keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9", decimal ? "." : "clear", "0", "back"]

    function press(key: string) {
        const before = field ? field.text : value;
        const after = Keypad.press(before, key, decimal, field ? Math.min(field.maximumLength, 64) : maximumLength);
        if (after === before)
            return;
        if (field)
            field.replace(after);
        else
            edited(after);
    }

    implicitWidth: grid.implicitWidth
    implicitHeight: grid.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("数字键盘")
    Keys.onPressed: event => {
        const key = event.key === Qt.Key_Backspace ? "back" : event.key === Qt.Key_Delete ? "clear" : event.text;
        event.accepted = /^([0-9.]|back|clear)$/.test(key);
        if (event.accepted)
            pad.press(key);
    }

    GridLayout {
        id: grid

        anchors.fill: parent
        columns: 3
        columnSpacing: Theme.s
        rowSpacing: Theme.s

        Repeater {
            model: pad.keys

            YKey {
                required property string modelData

                objectName: "key-" + modelData
                Layout.fillWidth: true
                Layout.fillHeight: true
                enabled: pad.enabled
                soft: modelData === "clear" || modelData === "back"
                iconName: modelData === "back" ? "backspace" : ""
                text: modelData === "clear" ? qsTr("清空") : modelData === "back" ? qsTr("退格") : modelData
                onClicked: pad.press(modelData)
                onPressAndHold: if (modelData === "back") pad.press("clear")
            }
        }
    }
}
