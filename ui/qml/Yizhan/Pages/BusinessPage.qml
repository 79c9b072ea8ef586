pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property BusinessModel model

    step: page.base.title

    RowLayout {
        Layout.fillWidth: true
        visible: page.model.listing
        spacing: Theme.s
        uniformCellSizes: true

        Repeater {
            model: page.model.filters

            YButton {
                required property var modelData

                objectName: "business.filter." + modelData.id
                Layout.fillWidth: true
                leftPadding: Theme.s
                rightPadding: Theme.s
                chosen: modelData.chosen
                text: modelData.title
                onClicked: page.model.choose(modelData.id)
            }
        }
    }
    YEmpty {
        objectName: "business.empty"
        visible: page.model.nothing !== ""
        iconName: "receipt"
        title: page.model.nothing
    }
    Repeater {
        model: page.model.listing ? page.model.entries : null

        EntryRow {
            required property var modelData

            objectName: "business.entry." + modelData.id
            entry: modelData
            onClicked: page.model.open(modelData.id)
        }
    }
    BusinessDetail {
        objectName: "business.detail"
        visible: !page.model.listing
        model: page.model
    }
}
