pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import Yizhan.Controls

Window {
    id: frame

    required property url sheet
    required property bool elder
    required property string variant
    required property string family

    visible: true
    color: Theme.ground

    Binding {
        target: Theme
        property: "elder"
        value: frame.elder
    }
    Binding {
        target: Theme
        property: "variant"
        value: frame.variant
    }
    Binding {
        target: Theme
        property: "unit"
        value: Theme.unitFor(frame.width, frame.height)
    }
    Binding {
        target: Theme
        property: "family"
        value: frame.family
    }
    Loader {
        anchors.fill: parent
        focus: true
        source: frame.sheet
    }
}
