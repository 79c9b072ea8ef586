pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YShelf {
    id: shelf

    property QtObject goods: null
    property string more: ""
    property string nothing: ""
    signal chosen(string id)
    signal moreRequested

    objectName: "mall.shelf"
    model: shelf.goods
    cellSize: Theme.tileSmall
    cellHeight: sample.implicitHeight + gap

    GoodTile {
        id: sample

        width: shelf.cellWidth - shelf.gap
        visible: false
        text: "\n"
        spec: " "
    }
    delegate: YShelfCell {
        id: cell

        required property var modelData

        GoodTile {
            objectName: "mall.good." + cell.modelData.id
            anchors.fill: parent
            text: cell.modelData.title
            spec: cell.modelData.spec
            fen: cell.modelData.fen
            listed: cell.modelData.listed
            picture: cell.modelData.picture
            here: cell.modelData.here
            onClicked: shelf.chosen(cell.modelData.id)
        }
    }
    footer: ColumnLayout {
        width: shelf.width - shelf.gap
        spacing: Theme.m

        YEmpty {
            objectName: "mall.nothing"
            visible: title !== ""
            iconName: "search"
            title: shelf.nothing
            text: qsTr("换个词试试，也可以只输拼音首字母")
        }
        YButton {
            objectName: "mall.more"
            Layout.alignment: Qt.AlignHCenter
            visible: text !== ""
            text: shelf.more
            onClicked: shelf.moreRequested()
        }
    }
}
