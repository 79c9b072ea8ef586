pragma ComponentBehavior: Bound

import QtQuick
import App
import Yizhan.Controls

Row {
    id: line

    required property Keyboard keyboard
    property var row: []

    readonly property real shares: row.reduce((sum, one) => sum + one.share, 0)
    readonly property real unit: Math.max(0, width - (row.length - 1) * spacing) / shares
    readonly property var deeds: ({
            erase: { icon: "backspace", says: qsTr("退格"), act: () => keyboard.erase() },
            enter: { text: qsTr("确定"), strong: true, act: () => keyboard.enter() },
            space: { text: qsTr("空格"), act: () => keyboard.space() },
            apart: { text: "'", says: qsTr("隔音符号"), act: () => keyboard.type("'") },
            shift: { text: keyboard.shift === "locked" ? "⇪" : "⇧", says: qsTr("大写"), strong: keyboard.shift !== "off", act: () => keyboard.shiftKey() },
            digits: { text: "123", says: qsTr("数字"), act: () => keyboard.switchTo("digits") },
            symbols: { text: qsTr("符号"), act: () => keyboard.switchTo("symbols") },
            latin: { text: "ABC", says: qsTr("英文字母"), act: () => keyboard.switchTo("latin") },
            pinyin: { text: qsTr("拼音"), act: () => keyboard.switchTo("pinyin") },
            letters: { text: keyboard.letters === "latin" ? "ABC" : qsTr("拼音"), act: () => keyboard.switchTo(keyboard.letters) }
        })

    spacing: Theme.xs

    Repeater {
        model: line.row

        Item {
            id: place

            required property var modelData

            readonly property var deed: line.deeds[modelData.key]
            readonly property string letter: line.keyboard.shift === "off" ? modelData.key : modelData.key.toUpperCase()

            width: Math.floor(line.unit * modelData.share)
            height: key.implicitHeight

            BoardKey {
                id: key

                objectName: "board-" + place.modelData.key
                anchors.fill: parent
                visible: place.modelData.key !== "gap"
                kind: place.deed ? (place.deed.strong ? "strong" : "soft") : "plain"
                iconName: place.deed?.icon ?? ""
                text: place.deed ? place.deed.text ?? "" : place.letter
                says: place.deed?.says ?? text
                autoRepeat: place.modelData.key === "erase"
                onClicked: place.deed ? place.deed.act() : line.keyboard.type(place.modelData.key)
            }
        }
    }
}
