pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

Loader {
    required property int index
    required property YReveal reveal
    property int expected: Theme.touch

    active: index < reveal.shown
    Layout.fillWidth: true
    Layout.preferredHeight: active ? -1 : expected
}
