pragma ComponentBehavior: Bound

import QtQuick

Item { // how much of a long list is there: what the first glance shows at once, more with each drawn frame
    id: reveal

    property int glance: 12
    property int step: 4
    property int count: 0
    property int shown: glance

    readonly property bool pending: shown < count

    objectName: "reveal"
    visible: false

    Connections {
        target: reveal.Window.window
        enabled: reveal.pending

        function onFrameSwapped() {
            reveal.shown += reveal.step;
        }
    }
}
