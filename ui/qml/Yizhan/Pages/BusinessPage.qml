pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property BusinessModel model

    step: page.base.title

    YSearchField {
        objectName: "business.find"
        Layout.fillWidth: true
        visible: page.model.listing
        iconName: "receipt"
        action: qsTr("查")
        label: qsTr("凭条上的号，或用扫码枪扫凭条上的码")
        placeholder: qsTr("例如 00012")
        maximumLength: 1000
        text: page.model.query
        onEdited: text => page.model.ask(text)
        onSearched: page.model.find()
    }
    YCard {
        objectName: "business.elsewhere"
        Layout.fillWidth: true
        visible: page.model.elsewhere !== ""
        title: page.model.elsewhere
        iconName: "location"

        YText {
            Layout.fillWidth: true
            text: page.model.elsewhere_text
        }
        PairList {
            rows: page.model.elsewhere_pairs
        }
    }
    RowLayout {
        Layout.fillWidth: true
        visible: page.model.whose.count > 0
        spacing: Theme.s
        uniformCellSizes: true

        Repeater {
            model: page.model.whose

            YButton {
                required property var modelData

                objectName: "business.whose." + modelData.id
                Layout.fillWidth: true
                kind: modelData.chosen ? "primary" : "secondary"
                text: modelData.title
                onClicked: page.model.chooseWhose(modelData.id)
            }
        }
    }
    RowLayout {
        Layout.fillWidth: true
        visible: page.model.listing && page.model.filters.count > 0
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
    YButton {
        objectName: "business.identify"
        Layout.alignment: Qt.AlignHCenter
        visible: page.model.listing && page.model.anonymous
        large: true
        text: qsTr("出示会员码，看自己办的业务")
        iconName: "card"
        onClicked: page.model.identify()
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
