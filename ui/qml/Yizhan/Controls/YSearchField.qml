pragma ComponentBehavior: Bound

import QtQuick

YField {
    id: search

    property string action: qsTr("搜索")
    signal searched(string text)

    iconName: "search"
    typing: "search"
    placeholder: qsTr("输入名称、拼音或首字母")
    onAccepted: searched(text)

    YButton {
        objectName: "searchClear"
        visible: search.text !== ""
        kind: "quiet"
        iconName: "cross"
        implicitHeight: Theme.touch
        leftPadding: Theme.s
        rightPadding: Theme.s
        Accessible.name: qsTr("清空")
        onClicked: search.replace("")
    }
    YButton {
        objectName: "searchGo"
        kind: "primary"
        text: search.action
        onClicked: search.searched(search.text)
    }
}
