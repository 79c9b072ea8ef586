pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property SlipModel model

    GridLayout {
        Layout.fillWidth: true
        columns: page.portrait ? 1 : 2
        columnSpacing: Theme.xl
        rowSpacing: Theme.l

        YSlipView {
            objectName: "slip.paper"
            Layout.alignment: Qt.AlignTop | Qt.AlignHCenter
            Layout.preferredWidth: implicitWidth
            visible: page.model.stamp !== ""
            stamp: page.model.stamp
            stampKind: page.model.stampKind
            stampIcon: page.model.stampIcon
            lines: page.model.lines
            qr: page.model.qr
            qrNote: page.model.qrNote
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: Theme.l

            YCard {
                Layout.fillWidth: true
                title: page.model.words === "" ? page.model.stamp : page.model.words
                iconName: page.model.stampIcon

                YAmount {
                    objectName: "slip.amount"
                    Layout.fillWidth: true
                    visible: page.model.fen !== 0
                    fen: page.model.fen
                }
                YText {
                    Layout.fillWidth: true
                    text: page.model.whatNow
                    font.pixelSize: Theme.lead
                }
                YBadge {
                    objectName: "slip.notice"
                    Layout.fillWidth: true
                    visible: text !== ""
                    kind: page.model.noticeKind
                    text: page.model.notice
                }
            }
            YButton {
                objectName: "slip.newer"
                Layout.fillWidth: true
                visible: text !== ""
                kind: "primary"
                large: true
                text: page.model.newer
                iconName: "refresh"
                onClicked: page.model.showNewer()
            }
            YButton {
                objectName: "slip.pdf"
                Layout.fillWidth: true
                visible: text !== ""
                kind: page.model.pdfKind
                text: page.model.pdf
                iconName: "disk"
                onClicked: page.model.savePdf()
            }
        }
    }
}
