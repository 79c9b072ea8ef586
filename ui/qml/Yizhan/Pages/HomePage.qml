pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property HomeModel model
    readonly property bool tight: portrait && Theme.elder && frame.language === "en"

    wide: true
    backShown: false
    homeShown: false
    signInShown: true

    footer: [
        YBadge {
            objectName: "home.line"
            visible: !page.portrait
            kind: page.frame.lineKind
            iconName: page.frame.lineIcon
            text: page.frame.lineText
        },
        YButton {
            objectName: "home.queue"
            visible: page.frame.operated
            text: page.frame.queueText
            iconName: page.tight ? "" : "sync"
            onClicked: page.model.openQueue()
        },
        YButton {
            objectName: "home.till"
            visible: page.frame.operated
            text: qsTr("现金")
            iconName: page.tight ? "" : "cash"
            onClicked: page.model.openTill()
        },
        YButton {
            objectName: "home.cases"
            visible: page.frame.operated
            kind: page.model.cases === "" ? "secondary" : "danger"
            text: page.model.cases === "" ? qsTr("待办") : page.model.cases
            iconName: page.tight ? "" : "case"
            onClicked: page.model.openCases()
        },
        YButton {
            objectName: "home.business"
            visible: page.frame.operated
            text: qsTr("我的业务")
            iconName: page.tight ? "" : "queue"
            onClicked: page.model.openBusiness("")
        }
    ]

    RecentStrip {
        visible: page.frame.operated && page.model.recent.count > 0
        entries: page.model.recent
        onChosen: opId => page.model.openBusiness(opId)
    }
    YEmpty {
        visible: page.model.empty !== ""
        iconName: "sync"
        title: page.model.empty
        text: qsTr("接上网络，数据下载完就能用")
    }
    GridLayout {
        Layout.fillWidth: true
        visible: page.model.empty === ""
        columns: page.tight ? 4 : page.portrait || Theme.elder || page.frame.language === "en" ? 5 : 10
        columnSpacing: Theme.s
        rowSpacing: Theme.s
        uniformCellWidths: true

        Repeater {
            model: page.model.chapters

            YButton {
                required property var modelData

                objectName: "home.chapter." + modelData.id
                Layout.fillWidth: true
                chosen: modelData.chosen
                text: modelData.title
                leftPadding: Theme.xs
                rightPadding: Theme.xs
                onClicked: page.model.chooseChapter(modelData.id)
            }
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: Math.max(1, Math.floor((width + columnSpacing) / (Theme.px(Theme.elder ? 380 : 300) + columnSpacing)))
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true

        Repeater {
            model: page.model.tiles

            YTile {
                required property var modelData

                objectName: "home.tile." + modelData.service
                Layout.fillWidth: true
                Layout.fillHeight: true
                text: modelData.title
                chapter: modelData.chapter
                iconName: modelData.icon
                badge: modelData.badge
                badgeKind: modelData.kind
                badgeIcon: modelData.mark
                note: modelData.note
                available: modelData.can
                onClicked: page.model.open(modelData.service)
            }
        }
    }
}
