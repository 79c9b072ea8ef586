pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import App
import Yizhan.Controls

FramedPage {
    id: page

    required property SignInModel model

    step: page.model.step

    YText {
        objectName: "signIn.question"
        Layout.fillWidth: true
        visible: page.model.step === "who"
        text: page.model.question
        strong: true
        font.pixelSize: Theme.title
    }
    ChoiceGrid {
        visible: page.model.step === "who"
        prefix: "signIn.operator."
        iconName: "operator"
        entries: page.model.operators
        onChosen: id => page.model.choose(id)
    }
    Loader {
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Math.min(Theme.padWide, parent ? parent.width : 0)
        active: page.model.step === "pin"
        visible: active
        focus: active

        sourceComponent: YPinPad {
            objectName: "signIn.pin"
            focus: true
            label: page.model.question
            error: page.model.error
            onCompleted: pin => page.model.enterPin(pin)
        }
    }
}
