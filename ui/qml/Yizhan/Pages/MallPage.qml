pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property MallModel model

    step: page.model.step

    readonly property bool browsing: model.step === "browse"

    wide: browsing
    scrolls: !browsing

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: page.browsing
        columns: page.portrait ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.m

        MallDepartments {
            Layout.fillWidth: page.portrait
            Layout.fillHeight: !page.portrait
            Layout.preferredWidth: Theme.side
            visible: page.model.chips.count > 0 && !page.model.letters
            across: page.portrait
            chips: page.model.chips
            onChosen: id => page.model.chooseDepartment(id)
        }
        LetterKeys {
            Layout.fillWidth: page.portrait
            Layout.fillHeight: false
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Theme.sideWide
            visible: page.model.letters
            columns: page.portrait ? 9 : 6
            onPressed: key => page.model.press(key)
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.m

            YSearchField {
                objectName: "mall.search"
                Layout.fillWidth: true
                focus: true
                text: page.model.query
                onEdited: text => page.model.search(text)
                onSearched: text => page.model.search(text)

                YButton {
                    objectName: "mall.erase"
                    visible: page.model.letters
                    kind: "quiet"
                    iconName: "backspace"
                    leftPadding: Theme.s
                    rightPadding: Theme.s
                    Accessible.name: qsTr("退格")
                    onClicked: page.model.erase()
                }
                YButton {
                    objectName: "mall.letters"
                    kind: page.model.letters ? "primary" : "quiet"
                    text: qsTr("字母键")
                    onClicked: page.model.toggleLetters()
                }
            }
            YBadge {
                objectName: "mall.added"
                Layout.fillWidth: true
                visible: text !== ""
                kind: "good"
                text: page.model.added
            }
            GoodGrid {
                Layout.fillWidth: true
                Layout.fillHeight: true
                goods: page.model.goods
                more: page.model.more
                nothing: page.model.nothing
                onChosen: id => page.model.open(id)
                onMoreRequested: page.model.showMore()
            }
        }
    }
    GoodDetail {
        objectName: "mall.good"
        visible: !page.browsing
        good: page.model.good
        facts: page.model.facts
        held: page.model.held
        qty: page.model.qty
        subtotal: page.model.subtotal
        onQuantityChanged: qty => page.model.setQuantity(qty)

        YButton {
            objectName: "mall.sellHere"
            Layout.fillWidth: true
            visible: text !== ""
            large: true
            text: page.model.sell
            iconName: "bag"
            onClicked: page.model.sellHere()
        }
    }
}
