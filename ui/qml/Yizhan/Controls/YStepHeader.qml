pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

ColumnLayout {
    id: header

    property int step: 1
    property int steps: 1
    property string title: ""
    property string hint: ""

    readonly property string position: qsTr("第 %1 步，共 %2 步").arg(step).arg(steps)

    spacing: Theme.s
    Layout.fillHeight: false
    Accessible.role: Accessible.Heading
    Accessible.name: steps > 1 ? position + " " + title : title

    RowLayout {
        Layout.fillWidth: true
        visible: header.steps > 1
        spacing: Theme.m

        YText {
            text: header.position
            color: Theme.primary
            strong: true
            font.pixelSize: Theme.small
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
        Repeater {
            model: header.steps

            Rectangle {
                required property int index

                Layout.fillWidth: true
                Layout.preferredHeight: Theme.px(8)
                radius: height / 2
                color: index < header.step ? Theme.primary : Theme.track
            }
        }
    }
    YText {
        Layout.fillWidth: true
        visible: text !== ""
        text: header.title
        strong: true
        font.pixelSize: Theme.title
        maximumLineCount: 3
        elide: Text.ElideRight
        Accessible.ignored: true
    }
    YText {
        Layout.fillWidth: true
        visible: text !== ""
        text: header.hint
        color: Theme.textSoft
    }
}
