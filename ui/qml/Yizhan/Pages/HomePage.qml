pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property HomeModel model
    readonly property bool tight: portrait && Theme.elder && frame.language === "en"
    readonly property bool byChapter: Theme.elder && model.chosen === ""

    wide: true
    step: model.chosen
    backShown: Theme.elder && model.chosen !== ""
    homeShown: false
    signInShown: true

    footer: [
        YBadge {
            objectName: "home.line"
            visible: !page.portrait && !page.backShown
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
            text: qsTr("我的业务")
            iconName: page.tight ? "" : "queue"
            onClicked: page.model.openBusiness("")
        }
    ]

    YEmpty {
        visible: page.model.empty !== ""
        iconName: "sync"
        title: page.model.empty
        text: qsTr("接上网络，数据下载完就能用")
    }
    GridLayout {
        Layout.fillWidth: true
        visible: page.model.strip.text !== ""
        columns: page.portrait || Theme.elder ? 1 : 2
        columnSpacing: Theme.m
        rowSpacing: Theme.s
        uniformCellWidths: recent.visible

        BoardStrip {
            objectName: "home.board"
            Layout.fillHeight: true
            visible: !page.byChapter
            summary: page.model.strip
            onClicked: page.model.openBoard()
        }
        RecentStrip {
            id: recent

            visible: page.model.recent.count > 0 && (!Theme.elder || page.byChapter)
            entries: page.model.recent
            onChosen: opId => page.model.openBusiness(opId)
        }
    }
    GridLayout {
        Layout.fillWidth: true
        visible: page.model.empty === "" && !Theme.elder
        columns: page.portrait || page.frame.language === "en" ? 5 : 10
        columnSpacing: Theme.s
        rowSpacing: Theme.s
        uniformCellWidths: true

        Repeater {
            model: Theme.elder ? null : page.model.chapters

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
    YReveal {
        id: tiles

        count: page.byChapter ? 0 : page.model.tiles.count
    }
    GridLayout {
        Layout.fillWidth: true
        columns: Math.max(1, Math.floor((width + columnSpacing) / (Theme.tile + columnSpacing)))
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true

        Repeater {
            model: page.byChapter ? page.model.parts : null

            ChapterTile {
                required property var modelData

                objectName: "home.chapter." + modelData.id
                part: modelData
                onClicked: page.model.chooseChapter(modelData.id)
            }
        }
        Repeater {
            model: page.byChapter ? null : page.model.tiles

            YLater {
                id: later

                required property var modelData

                Layout.fillHeight: true
                reveal: tiles
                expected: Theme.tileHeight

                sourceComponent: ServiceTile {
                    objectName: "home.tile." + later.modelData.service
                    service: later.modelData
                    onChosen: page.model.open(later.modelData.service)
                    onAsked: page.model.explain(later.modelData.service)
                }
            }
        }
    }
}
