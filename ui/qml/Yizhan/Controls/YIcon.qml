pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window

Item {
    id: icon

    property string name: ""
    property color color: Theme.text
    property int size: Theme.icon

    readonly property int pixels: Math.ceil(size * Math.max(1, Screen.devicePixelRatio))

    implicitWidth: size
    implicitHeight: size
    visible: name !== ""
    Accessible.ignored: true

    Image {
        anchors.fill: parent
        fillMode: Image.PreserveAspectFit
        source: icon.name === "" ? "" : "image://icon/" + icon.name + "/" + icon.color.toString().slice(-6) + "/" + icon.pixels
    }
}
