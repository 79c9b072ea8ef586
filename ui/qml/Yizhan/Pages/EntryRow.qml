pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YRow {
    id: row

    property var entry: ({})

    Layout.fillWidth: true
    text: entry.title ?? ""
    subtitle: entry.note ?? ""
    iconName: entry.icon ?? ""
    chapter: entry.chapter ?? "neutral"

    ColumnLayout {
        spacing: Theme.xs

        YAmount {
            Layout.alignment: Qt.AlignRight
            visible: fen !== 0
            large: false
            fen: row.entry.fen ?? 0
        }
        YBadge {
            objectName: "entry.state"
            Layout.alignment: Qt.AlignRight
            Layout.maximumWidth: Math.max(Theme.side, row.width * 0.42)
            kind: row.entry.kind ?? "neutral"
            iconName: row.entry.mark ?? ""
            text: row.entry.words ?? ""
        }
    }
}
