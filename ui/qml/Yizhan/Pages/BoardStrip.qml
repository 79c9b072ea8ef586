pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Yizhan.Controls

T.AbstractButton {
    id: strip

    property var summary: ({ text: "", more: "", facts: [], kind: "neutral", mark: "" })
    property bool tappable: true

    readonly property var tone: Theme.tones[summary.kind]
    readonly property bool oneLine: width > Theme.px(Theme.elder ? 1500 : 1100)

    Layout.fillWidth: true
    visible: summary.text !== ""
    implicitHeight: Math.max(Theme.touch, implicitContentHeight + Theme.m)
    leftPadding: Theme.m
    rightPadding: Theme.m
    enabled: tappable
    focusPolicy: tappable ? Qt.StrongFocus : Qt.NoFocus
    activeFocusOnTab: tappable
    Accessible.role: tappable ? Accessible.Button : Accessible.StaticText
    Accessible.name: [summary.text, summary.more].concat(summary.facts).filter(part => part !== "").join(" ")
    Keys.onReturnPressed: strip.click()
    Keys.onEnterPressed: strip.click()

    background: Rectangle {
        radius: Theme.radius
        color: strip.down ? Theme.primarySoft : strip.tone.soft

        YFocusRing {
            shown: strip.visualFocus
        }
    }
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
                text: strip.summary.facts.join("  ·  ")
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
