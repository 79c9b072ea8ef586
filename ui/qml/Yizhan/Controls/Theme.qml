pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick
import "Palettes.js" as Palettes

QtObject {
    id: theme

    property bool elder: false
    property string variant: "normal"
    property bool still: false
    property real unit: 1
    property string family: Application.font.family

    readonly property var table: Palettes.of(variant, elder)
    readonly property bool outlined: variant === "contrast"
    readonly property real scale: elder ? 1 + (unit - 1) * 0.6 : unit

    readonly property int small: px(elder ? 28 : 20)
    readonly property int body: px(elder ? 30 : 22)
    readonly property int lead: px(elder ? 34 : 26)
    readonly property int title: px(elder ? 40 : 34)
    readonly property int display: px(elder ? 52 : 44)
    readonly property int amount: px(elder ? 64 : 56)

    readonly property int xs: px(4)
    readonly property int s: px(8)
    readonly property int m: px(16)
    readonly property int l: px(24)
    readonly property int xl: px(32)
    readonly property int xxl: px(48)

    readonly property int radius: px(12)
    readonly property int radiusLarge: px(18)
    readonly property int hairline: outlined ? 2 : 1
    readonly property int stroke: outlined ? 3 : 2
    readonly property int strokeStrong: outlined ? 4 : 3
    readonly property int focusStroke: 4
    readonly property int touch: px(elder ? 80 : 60)
    readonly property int icon: px(elder ? 36 : 28)
    readonly property int iconLarge: px(elder ? 60 : 48)
    readonly property int tick: px(elder ? 36 : 32)
    readonly property int mark: px(elder ? 52 : 44)
    readonly property int thumb: px(84)
    readonly property int picture: px(elder ? 116 : 148)
    readonly property int pictureLarge: px(elder ? 340 : 380)
    readonly property int longText: px(180)

    readonly property int label: px(elder ? 240 : 180)
    readonly property int labelNarrow: px(elder ? 160 : 130)
    readonly property int sum: px(150)
    readonly property int side: px(elder ? 290 : 240)
    readonly property int sideWide: px(380)
    readonly property int pad: px(440)
    readonly property int padWide: px(elder ? 640 : 520)
    readonly property int tile: px(elder ? 380 : 300)
    readonly property int tileHeight: px(elder ? 160 : 148)
    readonly property int tileSmall: px(elder ? 290 : 230)
    readonly property int pair: px(elder ? 1000 : 860)
    readonly property int pairWide: px(elder ? 1300 : 1000)
    readonly property int contentWidth: px(elder ? 1240 : 1160)
    readonly property int fast: still ? 0 : 120
    readonly property int slow: still ? 0 : 200

    readonly property color ground: table.roles.ground
    readonly property color surface: table.roles.surface
    readonly property color sunken: table.roles.sunken
    readonly property color paper: table.roles.paper
    readonly property color mat: table.roles.mat
    readonly property color line: table.roles.line
    readonly property color track: table.roles.track
    readonly property color edge: table.roles.edge
    readonly property color gold: table.roles.gold
    readonly property color scrim: table.roles.scrim
    readonly property color focus: table.roles.focus

    readonly property color text: table.roles.text
    readonly property color textSoft: table.roles.textSoft

    readonly property color primary: table.roles.primary
    readonly property color primaryDown: table.roles.primaryDown
    readonly property color primarySoft: table.roles.primarySoft
    readonly property color primaryInk: table.roles.primaryInk

    readonly property color band: table.roles.band
    readonly property color bandSoft: table.roles.bandSoft
    readonly property color bandFocus: table.roles.bandFocus
    readonly property color bandInk: table.roles.bandInk
    readonly property color bandInkSoft: table.roles.bandInkSoft

    readonly property color toneInk: table.roles.toneInk
    readonly property color dangerDown: table.roles.dangerDown

    readonly property var tones: Palettes.named(table.tones, Palettes.toneIcons)
    readonly property var chapters: Palettes.named(table.chapters, Palettes.chapterIcons)

    readonly property color good: table.tones.good[0]
    readonly property color warn: table.tones.warn[0]
    readonly property color bad: table.tones.bad[0]
    readonly property color info: table.tones.info[0]

    function px(value: real): int {
        return Math.round(value * scale);
    }

    function unitFor(width: real, height: real): real {
        const ratio = Math.min(Math.min(width, height) / 768, Math.max(width, height) / 1366);
        return Math.max(1, Math.min(1.8, 1 + (ratio - 1) * 0.75));
    }
}
