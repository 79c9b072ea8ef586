pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

FocusScope {
    id: page

    property string title: ""
    property string subtitle: ""
    property string iconName: ""
    property string chapter: "neutral"
    property bool scrolls: true
    property bool fills: false
    property bool wide: false
    property bool backShown: true
    property bool homeShown: true
    property bool backEnabled: true
    property bool homeEnabled: true
    property string primaryText: ""
    property string primaryIcon: ""
    property bool primaryEnabled: true
    property string primaryReason: ""
    property string offlineText: ""
    property string offlineKind: "warn"
    property string offlineIcon: offlineKind === "good" ? "online" : "offline"
    default property alias content: body.data
    property alias tools: head.tools
    property alias banner: bannerSlot.data
    property alias footer: footerSlot.data
    property alias flickable: view
    signal backRequested
    signal homeRequested
    signal primaryRequested

    readonly property var tint: Theme.chapters[chapter]
    readonly property bool portrait: height > width
    readonly property bool cramped: height < Theme.px(Theme.elder ? 480 : 440)

    focus: true
    Accessible.role: Accessible.Pane
    Accessible.name: title
    Keys.onEscapePressed: if (backShown && backEnabled) backRequested()

    Rectangle {
        anchors.fill: parent
        color: Theme.ground
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        YPageHead {
            id: head

            visible: !page.cramped
            Layout.fillWidth: true
            page: page
            margin: view.margin
        }
        YOfflineBar {
            objectName: "page.offline"
            Layout.fillWidth: true
            text: page.offlineText
            kind: page.offlineKind
            iconName: page.offlineIcon
        }
        ColumnLayout {
            id: bannerSlot

            Layout.fillHeight: false
            Layout.fillWidth: true
            spacing: 0
        }
        Flickable {
            id: view

            readonly property int margin: page.portrait ? Theme.l : Theme.xl

            Layout.fillWidth: true
            Layout.fillHeight: true
            contentWidth: width
            contentHeight: body.height + 2 * Theme.l
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            clip: true
            T.ScrollBar.vertical: YScrollBar {}

            ColumnLayout {
                id: body

                readonly property int room: view.height - 2 * Theme.l

                x: Math.round((view.width - width) / 2)
                y: Theme.l
                width: Math.min(view.width - 2 * view.margin, page.wide ? view.width : Theme.contentWidth)
                height: !page.scrolls ? room : page.fills ? Math.max(implicitHeight, room) : implicitHeight
                spacing: Theme.m
            }
        }
        YPageFooter {
            id: foot

            Layout.fillWidth: true
            page: page

            RowLayout {
                id: footerSlot

                spacing: Theme.m
            }
        }
    }
}
