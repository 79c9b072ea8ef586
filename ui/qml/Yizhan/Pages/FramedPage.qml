pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

YPage {
    id: page

    required property Frame frame
    required property PageModel base
    property bool signInShown: false
    property string step: ""

    title: base.title
    subtitle: frame.serviceText === "" ? base.subtitle : frame.serviceText
    iconName: base.icon
    chapter: base.chapter
    primaryText: base.primary
    primaryIcon: base.primaryIcon
    primaryEnabled: base.primaryReady
    primaryReason: base.primaryReason
    offlineText: frame.offlineText
    offlineKind: frame.lineKind
    offlineIcon: frame.lineIcon
    onStepChanged: {
        flickable.contentY = 0;
        frame.reader.stop();
    }
    onBackRequested: base.goBack()
    onHomeRequested: frame.goHome()
    onPrimaryRequested: base.goForward()

    tools: [
        YTool {
            objectName: "page.signIn"
            visible: page.frame.operated && !page.frame.signedIn && page.signInShown
            text: qsTr("值守员登录")
            iconName: "operator"
            onClicked: page.frame.goSignIn()
        },
        YTool {
            objectName: "page.operator"
            visible: page.frame.signedIn
            text: page.frame.operatorName
            iconName: "operator"
            onClicked: leaving.open()
        },
        YTool {
            objectName: "page.identify"
            visible: page.signInShown && page.frame.personName === ""
            text: qsTr("出示证件")
            iconName: "card"
            onClicked: page.frame.goIdentify()
        },
        YTool {
            objectName: "page.person"
            visible: page.frame.personName !== "" || page.frame.canLeave
            text: page.frame.personName === "" ? qsTr("结束") : page.portrait ? page.frame.personName : qsTr("%1 · 结束").arg(page.frame.personName)
            iconName: "exit"
            Accessible.name: page.frame.personName === "" ? text : qsTr("%1 · 结束").arg(page.frame.personName)
            onClicked: page.frame.personLeaves()
        },
        YTool {
            objectName: "page.read"
            visible: page.frame.reader.available
            checked: page.frame.reader.speaking
            text: page.frame.reader.speaking ? qsTr("停") : qsTr("朗读")
            iconName: "speaker"
            onClicked: page.frame.reader.toggle(page.Window.window)
        },
        YTool {
            objectName: "page.elder"
            text: page.frame.elder ? qsTr("标准") : qsTr("大字")
            iconName: "elder"
            onClicked: page.frame.toggleElder()
        },
        YTool {
            objectName: "page.display"
            text: qsTr("显示")
            iconName: "display"
            onClicked: display.open()
        },
        YTool {
            objectName: "page.language"
            text: page.frame.language === "en" ? "中文" : "English"
            iconName: "language"
            onClicked: page.frame.switchLanguage()
        }
    ]
    banner: YOfflineBar {
        objectName: "page.problem"
        Layout.fillWidth: true
        text: page.base.problem
        kind: "bad"
        iconName: "warn"

        YButton {
            objectName: "page.retry"
            visible: page.base.retryable
            text: qsTr("再试一次")
            iconName: "refresh"
            onClicked: page.base.retry()
        }
    }

    YWhenAsked {
        id: display

        sourceComponent: DisplayDialog {
            frame: page.frame
        }
    }
    YWhenAsked {
        id: leaving

        sourceComponent: YDialog {
            objectName: "signOut"
            title: qsTr("退出登录？")
            text: qsTr("%1，退出后要再输密码才能收付现金。").arg(page.frame.operatorName)
            acceptText: qsTr("退出登录")
            onAccepted: page.frame.signOut()
        }
    }
}
