pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property GuideModel model

    step: page.model.reading ? page.model.itemTitle : ""

    ColumnLayout {
        Layout.fillWidth: true
        visible: !page.model.reading
        spacing: Theme.m

        YSearchField {
            objectName: "guide.search"
            Layout.fillWidth: true
            text: page.model.query
            placeholder: qsTr("输入事项名称、拼音或首字母，如 sfz")
            onEdited: text => page.model.search(text)
            onSearched: text => page.model.search(text)
        }
        Flickable {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.touch
            contentWidth: chips.width
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            Row {
                id: chips

                spacing: Theme.s

                Repeater {
                    model: page.model.departments

                    YButton {
                        required property var modelData

                        objectName: "guide.department." + modelData.value
                        chosen: modelData.chosen
                        text: modelData.label
                        onClicked: page.model.chooseDepartment(modelData.value)
                    }
                }
            }
        }
        YText {
            objectName: "guide.found"
            Layout.fillWidth: true
            text: page.model.found
            color: Theme.textSoft
        }
        YEmpty {
            visible: page.model.empty !== ""
            iconName: "search"
            title: page.model.empty
            text: qsTr("换个说法试试，比如只输两个字，或输入拼音首字母")
        }
        Repeater {
            model: page.model.hits

            YRow {
                required property var modelData

                objectName: "guide.hit." + modelData.id
                Layout.fillWidth: true
                text: modelData.title
                subtitle: modelData.note
                onClicked: page.model.open(modelData.id)
            }
        }
        RowLayout {
            Layout.alignment: Qt.AlignHCenter
            spacing: Theme.m

            YButton {
                objectName: "guide.previous"
                visible: page.model.before
                text: qsTr("上一页")
                iconName: "back"
                onClicked: page.model.previousPage()
            }
            YButton {
                objectName: "guide.next"
                visible: page.model.more
                text: qsTr("下一页")
                iconName: "forward"
                onClicked: page.model.nextPage()
            }
        }
    }
    ColumnLayout {
        Layout.fillWidth: true
        visible: page.model.reading
        spacing: Theme.l

        YText {
            objectName: "guide.title"
            Layout.fillWidth: true
            text: page.model.itemTitle
            strong: true
            font.pixelSize: Theme.title
        }
        YText {
            Layout.fillWidth: true
            text: page.model.asOf
            color: Theme.textSoft
            font.pixelSize: Theme.small
        }
        GridLayout {
            Layout.fillWidth: true
            columns: page.portrait ? 1 : 2
            columnSpacing: Theme.l
            rowSpacing: Theme.l
            uniformCellWidths: true

            YCard {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                title: qsTr("请带好这些材料")
                iconName: "form"

                YText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: page.model.ask
                }
                Repeater {
                    model: page.model.materials

                    MaterialRow {
                        Layout.fillWidth: true
                    }
                }
            }
            YCard {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                title: qsTr("怎么办")
                iconName: "info"

                PairList {
                    rows: page.model.pairs
                }
            }
        }
    }
}
