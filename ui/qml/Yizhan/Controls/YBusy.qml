pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

ColumnLayout {
    id: busy

    property string text: qsTr("请稍候")
    property bool running: visible

    property int beat: 0

    spacing: Theme.m
    Layout.fillHeight: false
    Accessible.role: Accessible.Indicator
    Accessible.name: text

    Timer {
        interval: 400
        repeat: true
        running: busy.running
        onTriggered: busy.beat = (busy.beat + 1) % 3
    }
    RowLayout {
        Layout.alignment: Qt.AlignHCenter
        Layout.fillWidth: false
        spacing: Theme.m

        Repeater {
            model: 3

            Rectangle {
                required property int index

                Layout.preferredWidth: Theme.px(18)
                Layout.preferredHeight: Theme.px(18)
                radius: width / 2
                color: index === busy.beat ? Theme.primary : Theme.track
            }
        }
    }
    YText {
        Layout.fillWidth: true
        text: busy.text
        horizontalAlignment: Text.AlignHCenter
        Accessible.ignored: true
    }
}
