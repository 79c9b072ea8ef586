pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YPage {
    id: page

    title: "回单"
    iconName: "receipt"
    primaryText: "打印"
    primaryIcon: "print"

    GridLayout {
        Layout.fillWidth: true
        columns: page.portrait ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.l

        YSlipView {
            Layout.alignment: Qt.AlignTop | Qt.AlignHCenter
            stamp: "业务受理单（未最终完成）"
            stampKind: "warn"
            stampIcon: "clock"
            qr: "image://icon/qr/1E2521/196"
            qrNote: "凭此码可在任一驿站查询"
            lines: [
                { text: "驿站 · 白云村服务点", style: "title" },
                { text: "", style: "rule" },
                { text: "业务", value: "电费缴纳", style: "text" },
                { text: "单号", value: "0032-1-000147", style: "text" },
                { text: "户号", value: "5110 0021 3344", style: "text" },
                { text: "金额", value: "¥86.40", style: "amount" },
                { text: "", style: "rule" },
                { text: "已记录，网络恢复后送出。若该账单已在别处缴清，凭本单到本点退款。", style: "soft" }
            ]
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: Theme.m

            Flow {
                Layout.fillWidth: true
                spacing: Theme.s

                YBadge {
                    kind: "neutral"
                    text: "已记录"
                }
                YBadge {
                    kind: "info"
                    iconName: "sync"
                    text: "已送出"
                }
                YBadge {
                    kind: "good"
                    text: "已完成"
                }
                YBadge {
                    kind: "warn"
                    text: "待复核"
                }
                YBadge {
                    kind: "bad"
                    text: "未通过"
                }
            }
            YProgressSteps {
                Layout.fillWidth: true
                model: [
                    { title: "连接中心", state: "done", detail: "" },
                    { title: "登记本机", state: "done", detail: "编号 0032" },
                    { title: "下载广安区资料", state: "working", detail: "已完成 62%，共 7.7 MB" },
                    { title: "打印机测试", state: "failed", detail: "没有纸，请装纸后重试" },
                    { title: "完成", state: "waiting", detail: "" }
                ]
            }
            YBusy {
                Layout.fillWidth: true
                text: "正在核对，请稍候"
                running: false
            }
        }
    }
}
