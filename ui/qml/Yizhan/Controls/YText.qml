pragma ComponentBehavior: Bound

import QtQuick

Text {
    property bool strong: false

    color: Theme.text
    font.family: Theme.family
    font.pixelSize: Theme.body
    font.bold: strong
    lineHeight: 1
    linkColor: Theme.primary
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
