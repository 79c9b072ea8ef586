pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property ExitModel model

    YPinPad {
        objectName: "exit.pin"
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Math.min(Theme.padWide, parent ? parent.width : 0)
        focus: true
        label: page.model.question
        error: page.model.error
        onCompleted: pin => page.model.enterPin(pin)
    }
}
