pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

ColumnLayout {
    id: told

    property QtObject cards: null
    property int at: 0
    readonly property int pause: 9000
    readonly property int count: list.count
    readonly property int current: count === 0 ? 0 : at % count
    readonly property bool turning: visible && count > 1 && !Theme.still
    signal chosen(string service)

    spacing: Theme.m

    Timer {
        interval: told.pause
        repeat: true
        running: told.turning
        onTriggered: told.at = (told.current + 1) % told.count
    }
    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true
        implicitHeight: stack.implicitHeight

        StackLayout {
            id: stack

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            height: implicitHeight
            currentIndex: told.current

            Repeater {
                id: list

                model: told.cards

                AttractCard {
                    required property var modelData

                    objectName: "attract.card." + modelData.id
                    card: modelData
                    onChosen: told.chosen(modelData.service)
                }
            }
        }
    }
    RowLayout {
        Layout.alignment: Qt.AlignHCenter
        visible: told.count > 1
        spacing: Theme.m

        YTool {
            objectName: "attract.before"
            Layout.fillWidth: false
            iconName: "back"
            text: qsTr("上一条")
            onClicked: told.at = (told.current + told.count - 1) % told.count
        }
        YText {
            objectName: "attract.which"
            text: (told.current + 1) + " / " + told.count
            color: Theme.bandInk
            strong: true
        }
        YTool {
            objectName: "attract.next"
            Layout.fillWidth: false
            iconName: "forward"
            text: qsTr("下一条")
            onClicked: told.at = (told.current + 1) % told.count
        }
    }
}
