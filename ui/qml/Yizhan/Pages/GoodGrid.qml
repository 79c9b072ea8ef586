pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Yizhan.Controls

Flickable {
    id: shelf

    property QtObject goods: null
    property string more: ""
    property string nothing: ""
    signal chosen(string id)
    signal moreRequested

    contentWidth: width
    contentHeight: column.implicitHeight
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    T.ScrollBar.vertical: YScrollBar {}

    ColumnLayout {
        id: column

        width: shelf.width - Theme.m
        spacing: Theme.m

        GridLayout {
            Layout.fillWidth: true
            columns: Math.max(2, Math.floor((width + columnSpacing) / (Theme.tileSmall + columnSpacing)))
            columnSpacing: Theme.m
            rowSpacing: Theme.m
            uniformCellWidths: true

            Repeater {
                model: shelf.goods

                GoodTile {
                    required property var modelData

                    objectName: "mall.good." + modelData.id
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    text: modelData.title
                    spec: modelData.spec
                    fen: modelData.fen
                    listed: modelData.listed
                    picture: modelData.picture
                    here: modelData.here
                    onClicked: shelf.chosen(modelData.id)
                }
            }
        }
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
