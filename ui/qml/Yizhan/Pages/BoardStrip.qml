pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YPanel {
    id: strip

    property var summary: ({ text: "", more: "", facts: [], kind: "neutral", mark: "" })

    readonly property var tone: Theme.tones[summary.kind]
    readonly property bool oneLine: width > Theme.contentWidth

    Layout.fillWidth: true
    visible: summary.text !== ""
    kind: summary.kind
    enabled: tappable
    Accessible.name: [summary.text, summary.more].concat(summary.facts).filter(part => part !== "").join(" ")

    contentItem: RowLayout {
        spacing: Theme.m

        YIcon {
            name: strip.summary.mark
            color: strip.tone.ink
        }
        GridLayout {
            Layout.fillWidth: true
            columns: strip.oneLine ? 2 : 1
            columnSpacing: Theme.l
            rowSpacing: 0

            RowLayout {
                Layout.fillWidth: !strip.oneLine
                spacing: Theme.m

                YText {
                    Layout.fillWidth: strip.summary.more === ""
                    text: strip.summary.text
                    color: strip.tone.ink
                    strong: true
                    Accessible.ignored: true
                }
                YText {
                    Layout.fillWidth: !strip.oneLine
                    visible: text !== ""
                    text: strip.summary.more
                    color: Theme.tones.warn.ink
                    strong: true
                    Accessible.ignored: true
                }
            }
            YText {
                objectName: "board.facts"
                Layout.fillWidth: true
                text: strip.summary.facts.join("\u00a0·  ")
                color: Theme.textSoft
                font.pixelSize: Theme.small
                horizontalAlignment: strip.oneLine ? Text.AlignRight : Text.AlignLeft
                Accessible.ignored: true
            }
        }
        YIcon {
            visible: strip.tappable
            name: "chevron"
            color: Theme.textSoft
        }
    }
}
