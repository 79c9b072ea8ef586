pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YPage {
    id: page

    title: "物业报修"
    subtitle: "草稿已保存在本机"
    iconName: "wrench"
    chapter: "community"
    primaryText: "下一步"
    primaryIcon: "forward"
    primaryEnabled: false
    primaryReason: "请先选择故障类型"

    YStepHeader {
        Layout.fillWidth: true
        step: 2
        steps: 4
        title: "哪里出了问题？"
        hint: "说清楚地点，师傅好找。"
    }
    GridLayout {
        Layout.fillWidth: true
        columns: page.portrait ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.m
        uniformCellWidths: true

        YField {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            label: "报修人"
            required: true
            text: "㮾国强"
            helper: "身份证上的姓名"
        }
        YField {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            label: "联系电话"
            mode: "digits"
            maximumLength: 11
            text: "1388272"
            error: "电话号码要 11 位"
        }
    }
    YChoice {
        Layout.fillWidth: true
        label: "故障类型"
        columns: page.portrait ? 1 : 2
        value: "water"
        error: ""
        model: [
            { value: "water", label: "漏水", note: "水管、水龙头、屋顶" },
            { value: "power", label: "停电", note: "" },
            { value: "door", label: "门锁坏了", note: "" },
            { value: "other", label: "其他", note: "" }
        ]
    }
    YCheck {
        Layout.fillWidth: true
        text: "我同意把以上内容交给村物业办理"
        note: "内容加密保存，送出后从本机删除。"
        checked: true
    }
    YCheck {
        Layout.fillWidth: true
        text: "需要回电"
        error: "请先填联系电话"
    }
    YSearchField {
        Layout.fillWidth: true
        label: "地点"
        text: "白云村"
    }
}
