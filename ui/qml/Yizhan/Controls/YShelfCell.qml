pragma ComponentBehavior: Bound

import QtQuick

Item {
    id: cell

    default property alias content: inner.data

    width: GridView.view?.cellWidth ?? 0
    height: GridView.view?.cellHeight ?? 0
    GridView.onPooled: visible = false
    GridView.onReused: visible = true

    Item {
        id: inner

        readonly property YShelf shelf: cell.GridView.view as YShelf

        width: cell.width - (shelf?.gap ?? 0)
        height: cell.height - (shelf?.gap ?? 0)
    }
}
