pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property UnlockModel model

    backShown: false
    homeShown: false

    footer: [
        YButton {
            objectName: "unlock.end"
            text: page.model.end
            iconName: "cross"
            onClicked: page.frame.leaveNow()
        }
    ]

    YPinPad {
        objectName: "unlock.pin"
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Math.min(Theme.padWide, parent ? parent.width : 0)
        focus: true
        label: page.model.question
        error: page.model.error
        onCompleted: pin => page.model.enterPin(pin)
    }
}
