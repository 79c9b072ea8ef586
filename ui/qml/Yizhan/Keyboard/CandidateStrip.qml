pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

Item {
    id: strip

    required property Keyboard keyboard
    property bool open: false
    signal toggled

    readonly property bool composing: keyboard.composed !== ""
    readonly property bool nothing: composing && keyboard.candidates.length === 0

    implicitHeight: Theme.px(Theme.elder ? 76 : 60)

    RowLayout {
        anchors.fill: parent
        visible: !strip.composing
        spacing: Theme.xs

        YText {
            Layout.fillWidth: true
            leftPadding: Theme.m
            text: strip.keyboard.layout === "pinyin" ? qsTr("全拼、首字母都可以；生僻字先按 u") : ""
            color: Theme.textSoft
            font.pixelSize: Theme.small
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        BoardKey {
            objectName: "board-hand"
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.px(Theme.elder ? 150 : 110)
            kind: "soft"
            text: strip.keyboard.hand === "both" ? qsTr("单手") : strip.keyboard.hand === "right" ? qsTr("换左手") : qsTr("双手")
            onClicked: strip.keyboard.turnHand()
        }
        BoardKey {
            objectName: "board-away"
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.px(Theme.elder ? 180 : 130)
            kind: "soft"
            text: qsTr("收起键盘")
            onClicked: strip.keyboard.putAway()
        }
    }
    RowLayout {
        anchors.fill: parent
        visible: strip.composing
        spacing: Theme.xs

        YText {
            objectName: "board.composed"
            Layout.maximumWidth: Math.round(strip.width * 0.3)
            leftPadding: Theme.s
            rightPadding: Theme.s
            text: strip.keyboard.composed
            color: Theme.primary
            font.pixelSize: Theme.body
            wrapMode: Text.NoWrap
            elide: Text.ElideLeft
        }
        YText {
            objectName: "board.hint"
            Layout.fillWidth: true
            visible: strip.nothing
            text: strip.keyboard.composed.startsWith("u") ? qsTr("生僻字：打出各个部分，如 氵父 打 shuifu") : qsTr("没有这样读的字")
            color: Theme.textSoft
            font.pixelSize: Theme.small
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        ListView {
            Layout.fillWidth: true
            visible: !strip.nothing
            Layout.fillHeight: true
            orientation: ListView.Horizontal
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            spacing: Theme.xs
            model: strip.composing ? strip.keyboard.candidates : null
            delegate: CandidateKey {
                height: ListView.view.height
                keyboard: strip.keyboard
            }
        }
        BoardKey {
            objectName: "board-more"
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.px(Theme.elder ? 130 : 100)
            kind: "soft"
            text: strip.open ? qsTr("键盘") : qsTr("更多字")
            onClicked: strip.toggled()
        }
    }
}
