pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property UncleanModel model

    objectName: "unclean"
    backShown: false
    homeShown: false

    YEmpty {
        Layout.fillWidth: true
        iconName: "operator"
        title: page.base.title
        text: page.model.why
    }
    YText {
        objectName: "unclean.places"
        Layout.fillWidth: true
        visible: text !== ""
        text: page.model.places
        color: Theme.textSoft
        horizontalAlignment: Text.AlignHCenter
    }
}
