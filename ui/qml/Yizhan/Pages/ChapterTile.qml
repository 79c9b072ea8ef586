pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YTile {
    id: tile

    required property var part

    Layout.fillWidth: true
    Layout.fillHeight: true
    text: tile.part.title
    chapter: tile.part.chapter
    badge: tile.part.note
    badgeKind: tile.part.kind
    badgeIcon: tile.part.mark
}
