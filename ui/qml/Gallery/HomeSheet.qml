pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YPage {
    id: page

    readonly property var tiles: [
        { text: "办事指南", chapter: "government", icon: "guide", badge: "现在可查", kind: "good", mark: "check", note: "1135 项", can: true },
        { text: "电费", chapter: "bills", icon: "electricity", badge: "现在可办 · 先记后送", kind: "good", mark: "check", note: "", can: true },
        { text: "自来水费", chapter: "bills", icon: "water", badge: "账单已过期", kind: "warn", mark: "warn", note: "", can: false },
        { text: "乡村商城", chapter: "mall", icon: "basket", badge: "现在可办 · 到店自提", kind: "good", mark: "check", note: "", can: true },
        { text: "优惠券核销", chapter: "rights", icon: "coupon", badge: "当场生效", kind: "good", mark: "check", note: "本点余 20 张", can: true },
        { text: "天天领券", chapter: "campaigns", icon: "gift", badge: "当场生效", kind: "good", mark: "check", note: "", can: true },
        { text: "物业报修", chapter: "community", icon: "wrench", badge: "可填写 · 稍后送出", kind: "info", mark: "edit", note: "有 1 份草稿", can: true },
        { text: "远程开门", chapter: "community", icon: "door", badge: "需要网络", kind: "neutral", mark: "offline", note: "可登记回电", can: false },
        { text: "医院预约挂号", chapter: "health", icon: "hospital", badge: "先记后送", kind: "good", mark: "check", note: "", can: true },
        { text: "房屋租赁", chapter: "housing", icon: "key", badge: "现在可查", kind: "good", mark: "check", note: "", can: true },
        { text: "农家书屋与科普讲堂课程", chapter: "learning", icon: "book", badge: "现在可看", kind: "good", mark: "check", note: "", can: true },
        { text: "我的业务", chapter: "neutral", icon: "queue", badge: "3 笔待送出", kind: "warn", mark: "clock", note: "", can: true }
    ]

    title: "广安区大安镇白云村驿站"
    subtitle: "今天 6 月 18 日 星期二 · 值班员 李秀英"
    iconName: "station"
    wide: true
    backShown: false
    offlineText: "没有网络：现在办的业务先记在本机，网络恢复后自动送出"
    tools: [
        YTool {
            text: "李秀英"
            iconName: "operator"
        },
        YTool {
            text: "朗读"
            iconName: "speaker"
        },
        YTool {
            text: "大字"
            iconName: "elder"
            checkable: true
            checked: Theme.elder
        },
        YTool {
            text: "显示"
            iconName: "display"
        },
        YTool {
            text: "English"
            iconName: "language"
        }
    ]

    GridLayout {
        Layout.fillWidth: true
        columns: Math.max(1, Math.floor((width + columnSpacing) / (Theme.px(Theme.elder ? 336 : 284) + columnSpacing)))
        columnSpacing: Theme.m
        rowSpacing: Theme.m
        uniformCellWidths: true

        Repeater {
            model: page.tiles

            YTile {
                required property var modelData

                Layout.fillWidth: true
                Layout.fillHeight: true
                text: modelData.text
                chapter: modelData.chapter
                iconName: modelData.icon
                badge: modelData.badge
                badgeKind: modelData.kind
                badgeIcon: modelData.mark
                note: modelData.note
                available: modelData.can
            }
        }
    }
}
