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

    YText {
        text: line.text
        strong: true
        font.pixelSize: Theme.lead
        wrapMode: Text.NoWrap
    }
    YAmount {
        Layout.fillWidth: true
        fen: line.fen
        color: line.color
    }
}
