pragma ComponentBehavior: Bound

import QtQuick

Item {
    id: line

    property string text: ""
    property string value: ""
    property string style: "text"

    readonly property var styles: ({
            text: { size: Theme.small, bold: false, align: Text.AlignLeft, ink: Theme.text },
            strong: { size: Theme.body, bold: true, align: Text.AlignLeft, ink: Theme.text },
            title: { size: Theme.lead, bold: true, align: Text.AlignHCenter, ink: Theme.text },
            centre: { size: Theme.small, bold: false, align: Text.AlignHCenter, ink: Theme.text },
            soft: { size: Theme.small, bold: false, align: Text.AlignLeft, ink: Theme.textSoft },
            amount: { size: Theme.title, bold: true, align: Text.AlignLeft, ink: Theme.text },
            rule: { size: Theme.small, bold: false, align: Text.AlignLeft, ink: Theme.text }
        })
    readonly property var look: styles[style]
    readonly property bool ruled: style === "rule"

    readonly property int gap: value === "" ? 0 : Theme.m

    implicitHeight: ruled ? Theme.m : Math.max(label.height, amount.height)

    Row {
        anchors.fill: parent
        visible: line.ruled
        clip: true
        spacing: Theme.s
        topPadding: Math.round(Theme.m / 2)

        Repeater {
            model: line.ruled ? Math.ceil(line.width / (Theme.s * 2)) : 0

            Rectangle {
                width: Theme.s
                height: 2
                color: Theme.edge
            }
        }
    }
    YText {
        id: label

        y: line.style === "amount" ? Math.round((line.height - height) / 2) : 0
        width: line.width - amount.width - line.gap
        visible: !line.ruled
        text: line.text
        color: line.value === "" ? line.look.ink : Theme.textSoft
        strong: line.look.bold && line.value === ""
        font.pixelSize: line.value === "" ? line.look.size : Theme.small
        horizontalAlignment: line.look.align
    }
    YText {
        id: amount

        anchors.right: parent.right
        width: line.value === "" ? 0 : Math.min(implicitWidth, Math.round(line.width * 0.68))
        visible: line.value !== ""
        text: line.value
        color: line.look.ink
        strong: line.look.bold
        font.pixelSize: line.look.size
        horizontalAlignment: lineCount > 1 ? Text.AlignLeft : Text.AlignRight
    }
}
