pragma ComponentBehavior: Bound

import QtQuick

Rectangle {
    id: mark

    property string text: ""

    implicitWidth: Theme.mark
    implicitHeight: Theme.mark
    radius: width / 2
    color: Theme.primary
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    YText {
        anchors.centerIn: parent
        text: mark.text
        color: Theme.primaryInk
        strong: true
        Accessible.ignored: true
    }
}
