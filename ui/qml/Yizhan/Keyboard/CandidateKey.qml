pragma ComponentBehavior: Bound

import QtQuick
import App
import Yizhan.Controls

BoardKey {
    id: candidate

    required property Keyboard keyboard
    required property string modelData
    required property int index

    objectName: "candidate-" + modelData
    width: Math.max(Theme.px(Theme.elder ? 76 : 60), label.width + Theme.l)
    kind: "plain"
    first: index === 0
    font.pixelSize: Theme.lead
    text: modelData
    onClicked: keyboard.pick(index)

    TextMetrics {
        id: label

        font.family: Theme.family
        font.pixelSize: Theme.lead
        text: candidate.modelData
    }
}
