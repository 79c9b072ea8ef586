pragma ComponentBehavior: Bound

import QtQuick

QtObject {
    id: follow

    property Item item: null
    property real room: 0

    readonly property int margin: Theme.m

    function reveal() {
        if (!item || !(item.visualFocus || item.cursorPosition !== undefined))
            return; // what a finger touches must not move away below it
        for (let outer = item.parent; outer; outer = outer.parent)
            if (outer instanceof Flickable)
                into(outer);
    }
    function into(view: Flickable) {
        const at = item.mapToItem(view.contentItem, 0, 0);
        view.contentY = along(view.contentY, view.height, view.contentHeight, at.y, item.height);
        view.contentX = along(view.contentX, view.width, view.contentWidth, at.x, item.width);
    }
    function along(now: real, room: real, whole: real, start: real, size: real): real {
        const least = start + size + margin - room;
        const most = start - margin;
        return Math.max(0, Math.min(whole - room, Math.max(Math.min(now, most), Math.min(least, most))));
    }

    onItemChanged: Qt.callLater(reveal)
    onRoomChanged: Qt.callLater(reveal)
}
