pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls
import "KeyRows.js" as KeyRows
import "Reveal.js" as Reveal

Rectangle {
    id: panel

    required property Keyboard keyboard
    property Item field: null
    property bool everything: false

    readonly property bool oneHand: keyboard.hand !== "both"
    readonly property var rows: KeyRows.of(keyboard.layout, keyboard.strict)
    readonly property real widest: Math.max(...rows.map(row => row.reduce((sum, one) => sum + one.share, 0)))
    readonly property int narrowest: Math.ceil(widest * (Theme.px(Theme.elder ? 72 : 56) + Theme.xs))
    readonly property int keysWidth: {
        const room = width - 2 * Theme.s;
        const wanted = keyboard.strict || widest < 8 ? Theme.px(Theme.elder ? 900 : 760) : room;
        return Math.min(room, oneHand ? Math.max(narrowest, Math.round(width / 2)) : wanted);
    }

    function reveal() {
        if (visible)
            Reveal.inside(field, Theme.l);
    }

    visible: keyboard.shown
    height: visible ? column.implicitHeight + 2 * Theme.s : 0
    color: Theme.sunken
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("屏幕键盘")

    readonly property Item view: visible ? Reveal.viewOf(field) : null

    onFieldChanged: Qt.callLater(panel.reveal)

    Connections {
        target: panel.view
        ignoreUnknownSignals: true

        function onHeightChanged() {
            Qt.callLater(panel.reveal);
        }
        function onContentHeightChanged() {
            Qt.callLater(panel.reveal);
        }
    }

    Connections {
        target: panel.keyboard

        function onChanged() {
            if (panel.keyboard.composed === "")
                panel.everything = false;
        }
    }
    MouseArea {
        anchors.fill: parent
    }
    Rectangle {
        width: parent.width
        height: Theme.hairline
        color: Theme.edge
    }
    ColumnLayout {
        id: column

        y: Theme.s
        x: panel.keyboard.hand === "right" ? panel.width - width - Theme.s : panel.keyboard.hand === "left" ? Theme.s : Math.round((panel.width - width) / 2)
        width: panel.keysWidth
        spacing: Theme.xs

        CandidateStrip {
            Layout.fillWidth: true
            keyboard: panel.keyboard
            open: panel.everything
            onToggled: panel.everything = !panel.everything
        }
        CandidateGrid {
            Layout.fillWidth: true
            Layout.preferredHeight: keys.implicitHeight
            visible: panel.everything
            keyboard: panel.keyboard
        }
        ColumnLayout {
            id: keys

            Layout.fillWidth: true
            visible: !panel.everything
            spacing: Theme.xs

            Repeater {
                model: panel.rows

                BoardRow {
                    required property var modelData

                    Layout.fillWidth: true
                    keyboard: panel.keyboard
                    row: modelData
                }
            }
        }
    }
}
