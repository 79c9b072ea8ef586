pragma ComponentBehavior: Bound

import QtQuick

Rectangle {
    id: frame

    property url picture: ""

    radius: Theme.radius
    color: frame.picture.toString() === "" ? Theme.sunken : Theme.mat
    Accessible.ignored: true

    Image {
        anchors.fill: parent
        anchors.margins: Theme.xs
        source: frame.picture
        sourceSize: Qt.size(width, height)
        fillMode: Image.PreserveAspectFit
        asynchronous: true
    }
    YIcon {
        anchors.centerIn: parent
        visible: frame.picture.toString() === ""
        name: "parcel"
        size: Theme.iconLarge
        color: Theme.textSoft
    }
}
