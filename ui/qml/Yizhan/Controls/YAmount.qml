pragma ComponentBehavior: Bound

import QtQuick
import "Money.js" as Money

YText {
    property double fen: 0
    property bool large: true

    text: Money.format(fen)
    font.pixelSize: large ? Theme.amount : Theme.lead
    font.bold: true
    horizontalAlignment: Text.AlignRight
    wrapMode: Text.NoWrap
    fontSizeMode: Text.HorizontalFit
    minimumPixelSize: Theme.body
}
