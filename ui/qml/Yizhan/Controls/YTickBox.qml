pragma ComponentBehavior: Bound

import QtQuick

Rectangle {
    id: box

    property bool ticked: false
    property bool wrong: false

    implicitWidth: Theme.tick
    implicitHeight: Theme.tick
    radius: Theme.s
    color: !enabled ? Theme.sunken : ticked ? Theme.primary : Theme.paper
    border.color: wrong ? Theme.bad : ticked ? Theme.primary : Theme.edge
    border.width: wrong ? Theme.strokeStrong : Theme.stroke
    Accessible.ignored: true

    YIcon {
        anchors.centerIn: parent
        visible: box.ticked
        name: "check"
        size: Math.round(box.width * 0.78)
        color: box.enabled ? Theme.primaryInk : Theme.textSoft
    }
}
