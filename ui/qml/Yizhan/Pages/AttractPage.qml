pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import App
import Yizhan.Controls

T.AbstractButton {
    id: page

    required property Frame frame
    required property PageModel base
    required property AttractModel model

    readonly property bool portrait: height > width
    readonly property bool telling: model.cards.count > 0
    readonly property bool roomy: portrait || !Theme.elder || !telling

    objectName: "attract"
    activeFocusOnTab: false
    focusPolicy: Qt.NoFocus
    onClicked: model.begin()
    Accessible.ignored: true

    padding: Theme.xl
    background: YGround {
        band: true
    }
    contentItem: ColumnLayout {
        spacing: Theme.m

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s

            Item {
                Layout.fillWidth: true
                Layout.fillHeight: true

                // Staff know it: three seconds on the sign. Nobody comes upon it by chance, and it asks for a PIN.
                MouseArea {
                    objectName: "attract.staff"
                    width: Theme.touch
                    height: parent.height
                    pressAndHoldInterval: 3000
                    onPressAndHold: page.frame.goStaff()
                    onClicked: page.model.begin()
                    Accessible.ignored: true

                    YIcon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: "station"
                        color: Theme.bandInkSoft
                    }
                }
            }
            YTool {
                objectName: "page.elder"
                Layout.fillWidth: false
                text: page.frame.elder ? qsTr("标准") : qsTr("大字")
                iconName: "elder"
                onClicked: page.frame.toggleElder()
            }
            YTool {
                objectName: "page.language"
                Layout.fillWidth: false
                text: page.frame.language === "en" ? "中文" : "English"
                iconName: "language"
                onClicked: page.frame.switchLanguage()
            }
        }
        GridLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            columns: page.portrait || !page.telling ? 1 : 2
            columnSpacing: Theme.xl
            rowSpacing: Theme.xl
            uniformCellWidths: true

            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignVCenter
                spacing: Theme.m

                YIcon {
                    Layout.alignment: Qt.AlignHCenter
                    visible: page.roomy
                    name: "station"
                    color: Theme.bandInk
                    size: Theme.iconLarge * (page.portrait ? 3 : 2)
                }
                YText {
                    objectName: "attract.place"
                    Layout.fillWidth: true
                    text: page.base.title
                    color: Theme.bandInk
                    strong: true
                    font.pixelSize: Theme.amount
                    horizontalAlignment: Text.AlignHCenter
                }
                YText {
                    Layout.fillWidth: true
                    visible: page.roomy
                    text: page.model.welcome
                    color: Theme.bandInkSoft
                    font.pixelSize: Theme.lead
                    horizontalAlignment: Text.AlignHCenter
                }
                YBadge {
                    objectName: "attract.standing"
                    Layout.alignment: Qt.AlignHCenter
                    visible: text !== ""
                    kind: page.model.standingKind
                    iconName: "clock"
                    text: page.model.standing
                }
                YText {
                    objectName: "attract.hours"
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: page.model.hours
                    color: Theme.bandInkSoft
                    font.pixelSize: Theme.small
                    horizontalAlignment: Text.AlignHCenter
                }
                YButton {
                    objectName: "attract.begin"
                    Layout.alignment: Qt.AlignHCenter
                    Layout.topMargin: Theme.l
                    focus: true
                    large: true
                    text: qsTr("触摸屏幕开始")
                    onClicked: page.model.begin()
                }
            }
            AttractCards {
                objectName: "attract.cards"
                Layout.fillWidth: true
                Layout.fillHeight: !page.portrait
                Layout.alignment: Qt.AlignVCenter
                visible: page.telling
                cards: page.model.cards
                onChosen: service => page.model.take(service)
            }
        }
    }
}
