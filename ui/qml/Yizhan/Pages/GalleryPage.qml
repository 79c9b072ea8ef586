pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property GalleryModel model

    readonly property bool choosing: model.sheet === ""

    step: page.model.sheet
    scrolls: page.choosing

    ChoiceGrid {
        visible: page.choosing
        prefix: "gallery.sheet."
        iconName: "display"
        entries: page.model.sheets
        onChosen: name => page.model.choose(name)
    }
    Connections {
        target: sheet.item as YPage

        function onBackRequested() {
            page.base.goBack();
        }
        function onHomeRequested() {
            page.frame.goHome();
        }
    }
    Loader {
        id: sheet

        objectName: "gallery.sheet"
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: !page.choosing
        source: page.choosing ? "" : Qt.resolvedUrl("../../Gallery/" + page.model.sheet + ".qml")
    }
}
