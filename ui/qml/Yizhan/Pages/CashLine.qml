pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

RowLayout {
    id: line

    property string text: ""
    property double fen: 0
    property color color: Theme.text

    Layout.fillWidth: true
    spacing: Theme.l
    Accessible.role: Accessible.ListItem
    Accessible.name: text
    Accessible.description: amount.text

    YText {
        text: line.text
        strong: true
        font.pixelSize: Theme.lead
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
    YAmount {
        id: amount

        Layout.fillWidth: true
        fen: line.fen
        color: line.color
        Accessible.ignored: true
    }
}
