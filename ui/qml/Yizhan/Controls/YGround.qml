pragma ComponentBehavior: Bound

import QtQuick

Rectangle {
    property bool band: false

    color: band ? Theme.band : Theme.ground
}
