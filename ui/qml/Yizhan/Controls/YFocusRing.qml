pragma ComponentBehavior: Bound

import QtQuick

Rectangle {
    required property bool shown

    anchors.fill: parent
    anchors.margins: -Theme.focusStroke - 1
    color: "transparent"
    border.color: Theme.focus
    border.width: Theme.focusStroke
    radius: Theme.radius + Theme.focusStroke + 1
    visible: shown
}
