pragma ComponentBehavior: Bound

import QtQuick
import "Follow.js" as Follow

QtObject {
    id: follow

    property Item item: null
    property real room: 0

    function reveal() {
        if (Follow.follows(item))
            Follow.reveal(item, Theme.m);
    }

    onItemChanged: Qt.callLater(reveal)
    onRoomChanged: Qt.callLater(reveal)
}
