pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YPanel {
    id: strip

    property var summary: ({ text: "", more: "", facts: [], kind: "neutral", mark: "" })

    readonly property var tone: Theme.tones[summary.kind]

    Layout.fillWidth: true
    visible: summary.text !== ""
    enabled: tappable
    kind: summary.kind
    Accessible.name: [summary.text, summary.more].concat(summary.facts).filter(part => part !== "").join(" ")

    contentItem: RowLayout {
        spacing: Theme.m

        YIcon {
            name: strip.summary.mark
            color: strip.tone.ink
        }
        YText {
            text: strip.summary.text
            color: strip.tone.ink
            strong: true
            Layout.maximumWidth: strip.width * 0.34
            Accessible.ignored: true
        }
        YText {
            visible: text !== ""
            text: strip.summary.more
            color: Theme.tones.warn.ink
            strong: true
            Layout.maximumWidth: strip.width * 0.2
            Accessible.ignored: true
        }
        YText {
            objectName: "board.facts"
            Layout.fillWidth: true
            text: strip.summary.facts.join("  ·  ")
            color: Theme.textSoft
            font.pixelSize: Theme.small
            horizontalAlignment: Text.AlignRight
            Accessible.ignored: true
        }
        YIcon {
            visible: strip.tappable
            name: "chevron"
            color: Theme.textSoft
        }
    }
}
