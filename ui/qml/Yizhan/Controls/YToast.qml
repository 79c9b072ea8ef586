pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

Rectangle {
    id: toast

    property string text: ""
    property string kind: "info"
    property int duration: 5000

    readonly property var tone: Theme.tones[kind]

    function show(text: string, kind: string) {
        toast.kind = kind;
        toast.text = text;
        visible = true;
        timer.restart();
    }
    function hide() {
        visible = false;
    }

    visible: false
    z: 100
    anchors.horizontalCenter: parent ? parent.horizontalCenter : undefined
    anchors.bottom: parent ? parent.bottom : undefined
    anchors.bottomMargin: Theme.touch + 3 * Theme.m
    width: Math.min(implicitWidth, (parent ? parent.width : 800) - 2 * Theme.xl)
    implicitWidth: row.implicitWidth + 2 * Theme.l
    implicitHeight: Math.max(Theme.touch, row.implicitHeight + 2 * Theme.m)
    radius: Theme.radius
    color: tone.ink
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    RowLayout {
        id: row

        anchors.centerIn: parent
        width: Math.min(implicitWidth, toast.width - 2 * Theme.l)
        spacing: Theme.m

        YIcon {
            name: toast.tone.icon
            color: Theme.toneInk
        }
        YText {
            Layout.fillWidth: true
            text: toast.text
            color: Theme.toneInk
            strong: true
            maximumLineCount: 3
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
    TapHandler {
        onTapped: toast.hide()
    }
    Timer {
        id: timer

        interval: toast.duration
        onTriggered: toast.hide()
    }
}
