pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property SettingsModel model

    GridLayout {
        Layout.fillWidth: true
        columns: width < Theme.pairWide ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true

        Repeater {
            model: page.model.choices

            YCard {
                id: card

                required property var modelData

                Layout.fillWidth: true
                Layout.fillHeight: true
                padding: Theme.m

                YChoice {
                    objectName: "settings." + card.modelData.id
                    Layout.fillWidth: true
                    columns: card.modelData.options.length
                    label: card.modelData.title
                    value: card.modelData.value
                    model: card.modelData.options
                    enabled: !page.model.busy
                    onChosen: value => page.model.choose(card.modelData.id, value)
                }
                Item {
                    Layout.fillHeight: true
                }
            }
        }
    }
    YButton {
        objectName: "settings.restore"
        Layout.fillWidth: true
        visible: text !== ""
        enabled: !page.model.busy
        text: page.model.asDeployed
        iconName: "refresh"
        onClicked: page.model.restore()
    }
    YCard {
        objectName: "settings.about"
        Layout.fillWidth: true
        visible: page.model.about.count > 0
        padding: Theme.m
        title: qsTr("本机")
        iconName: "station"

        PairList {
            rows: page.model.about
        }
    }
    YCard {
        objectName: "settings.deployed"
        Layout.fillWidth: true
        visible: page.model.deployed.count > 0
        padding: Theme.m
        title: qsTr("设置文件里的，在这里不能改")
        iconName: "settings"

        PairList {
            rows: page.model.deployed
        }
    }
}
