pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

QtObject {
    id: theme

    property bool elder: false
    property real unit: 1
    property string family: Application.font.family

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
    readonly property int stroke: 2
    readonly property int focusStroke: 4
    readonly property int touch: px(elder ? 80 : 60)
    readonly property int icon: px(elder ? 36 : 28)
    readonly property int iconLarge: px(elder ? 60 : 48)
    readonly property int contentWidth: px(elder ? 1240 : 1160)
    readonly property int fast: 120
    readonly property int slow: 200

    readonly property color ground: "#F6F0E4"
    readonly property color surface: "#FFFCF6"
    readonly property color sunken: "#EFE7D8"
    readonly property color paper: "#FFFFFF"
    readonly property color line: "#DDD1BC"
    readonly property color edge: elder ? "#5C5442" : "#857A63"
    readonly property color gold: "#B88A3B"
    readonly property color scrim: "#99100E0A"
    readonly property color focus: "#C2410C"

    readonly property color text: elder ? "#101613" : "#1E2521"
    readonly property color textSoft: elder ? "#3A403A" : "#565C55"
    readonly property color primary: elder ? "#0A4541" : "#0E5A54"
    readonly property color primaryDown: elder ? "#062E2B" : "#0A4541"
    readonly property color primarySoft: "#DCEBE6"
    readonly property color primaryInk: "#FFFFFF"
    readonly property color primaryInkSoft: elder ? "#F1F7F4" : "#D9EAE5"

    readonly property color good: elder ? "#164A28" : "#23663A"
    readonly property color warn: elder ? "#5F3303" : "#84490A"
    readonly property color bad: elder ? "#7A1A12" : "#A52A20"
    readonly property color info: elder ? "#143D66" : "#1F5488"

    readonly property var tones: ({
            good: { ink: theme.good, soft: "#E1EEDC", icon: "check" },
            warn: { ink: theme.warn, soft: "#FBEBCB", icon: "warn" },
            bad: { ink: theme.bad, soft: "#FADFD8", icon: "cross" },
            info: { ink: theme.info, soft: "#DFE9F3", icon: "info" },
            neutral: { ink: theme.textSoft, soft: "#EFE7D8", icon: "clock" }
        })

    readonly property var chapters: ({
            government: { ink: theme.elder ? "#6F1D15" : "#9B2F24", soft: "#F7E1DA", icon: "government" },
            bills: { ink: theme.elder ? "#5A3500" : "#8A5200", soft: "#FBEACB", icon: "bill" },
            mall: { ink: theme.elder ? "#6E2906" : "#A3400F", soft: "#FBE3D3", icon: "mall" },
            rights: { ink: theme.elder ? "#5A2659" : "#7A3B78", soft: "#F1E2EF", icon: "coupon" },
            campaigns: { ink: theme.elder ? "#7A1535" : "#A8274E", soft: "#F9DFE6", icon: "campaign" },
            community: { ink: theme.elder ? "#2A4714" : "#3D6220", soft: "#E6EED8", icon: "community" },
            health: { ink: theme.elder ? "#08444F" : "#0C6170", soft: "#D8ECEF", icon: "health" },
            housing: { ink: theme.elder ? "#4A341F" : "#6B4E32", soft: "#EFE4D6", icon: "housing" },
            learning: { ink: theme.elder ? "#1B376B" : "#2A4F93", soft: "#E0E7F5", icon: "learning" },
            neutral: { ink: theme.primary, soft: "#DCEBE6", icon: "star" }
        })

    function px(value: real): int {
        return Math.round(value * scale);
    }

    function unitFor(width: real, height: real): real {
        const ratio = Math.min(Math.min(width, height) / 768, Math.max(width, height) / 1366);
        return Math.max(1, Math.min(1.8, 1 + (ratio - 1) * 0.75));
    }
}
