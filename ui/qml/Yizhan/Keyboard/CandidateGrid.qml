pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

RowLayout {
    id: all

    required property Keyboard keyboard

    spacing: Theme.xs

    GridView {
        id: grid

        readonly property int columns: Math.max(4, Math.floor(width / Theme.px(Theme.elder ? 150 : 120)))

        function turn(pages: int) {
            const step = Math.floor(height / cellHeight) * cellHeight;
            contentY = Math.max(0, Math.min(contentY + pages * step, contentHeight - height));
        }

        objectName: "board.grid"
        Layout.fillWidth: true
        Layout.fillHeight: true
        cellWidth: Math.floor(width / columns)
        cellHeight: Math.floor(height / Math.max(1, Math.floor(height / Theme.px(Theme.elder ? 78 : 58))))
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        model: all.visible ? all.keyboard.everyCandidate : null
        onModelChanged: contentY = 0
        delegate: Item {
            id: cell

            required property string modelData
            required property int index

            width: grid.cellWidth
            height: grid.cellHeight

            CandidateKey {
                anchors.fill: parent
                anchors.margins: Theme.xs / 2
                keyboard: all.keyboard
                modelData: cell.modelData
                index: cell.index
            }
        }
    }
    ColumnLayout {
        Layout.fillWidth: false
        Layout.preferredWidth: Theme.px(Theme.elder ? 150 : 120)
        spacing: Theme.xs

        BoardKey {
            objectName: "board-up"
            Layout.fillWidth: true
            Layout.fillHeight: true
            kind: "soft"
            text: qsTr("上一页")
            enabled: grid.contentY > 0
            onClicked: grid.turn(-1)
        }
        BoardKey {
            objectName: "board-down"
            Layout.fillWidth: true
            Layout.fillHeight: true
            kind: "soft"
            text: qsTr("下一页")
            enabled: grid.contentY < grid.contentHeight - grid.height - 1
            onClicked: grid.turn(1)
        }
        BoardKey {
            objectName: "board-erase-more"
            Layout.fillWidth: true
            Layout.fillHeight: true
            kind: "soft"
            iconName: "backspace"
            says: qsTr("退格")
            onClicked: all.keyboard.erase()
        }
    }
}
