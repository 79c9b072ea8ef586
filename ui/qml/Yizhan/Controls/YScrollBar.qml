pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

T.ScrollBar {
    id: bar

    implicitWidth: Theme.px(14)
    implicitHeight: Theme.px(14)
    padding: Theme.px(3)
    minimumSize: 0.1
    visible: policy === T.ScrollBar.AlwaysOn || (policy === T.ScrollBar.AsNeeded && size < 1)

    contentItem: Rectangle {
        implicitWidth: Theme.px(8)
        implicitHeight: Theme.px(8)
        radius: width / 2
        color: bar.pressed ? Theme.primary : Theme.edge
    }
    background: Rectangle {
        radius: width / 2
        color: Theme.sunken
    }
}
