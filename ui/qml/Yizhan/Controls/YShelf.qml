pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T

GridView { // thousands of equal things: only those in sight and near it exist, and they are used again
    id: shelf

    property int cellSize: Theme.tileSmall
    property int gap: Theme.m

    readonly property int across: Math.max(2, Math.floor((width - Theme.m + gap) / (cellSize + gap)))

    cellWidth: Math.floor((width - Theme.m + gap) / across)
    reuseItems: true
    cacheBuffer: Math.round(height * 2)
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height
    clip: true
    Accessible.role: Accessible.List
    T.ScrollBar.vertical: YScrollBar {}
}
