pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Yizhan.Controls

YPage {
    id: page

    title: "电费"
    subtitle: "国网四川省电力公司"
    iconName: "electricity"
    chapter: "bills"
    primaryText: "确认收款"
    primaryIcon: "check"

    GridLayout {
        Layout.fillWidth: true
        columns: page.portrait ? 1 : 2
        columnSpacing: Theme.l
        rowSpacing: Theme.m

        ColumnLayout {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: Theme.m

            YCard {
                Layout.fillWidth: true
                title: "本期账单"
                iconName: "bill"

                YText {
                    Layout.fillWidth: true
                    text: "户名 㳇*强 · 户号 5110 0021 3344"
                    color: Theme.textSoft
                }
                YAmount {
                    Layout.fillWidth: true
                    fen: 1234567890
                }
            }
            YRow {
                Layout.fillWidth: true
                text: "2024 年 5 月居民生活用电（合表）"
                subtitle: "账单有效期至 6 月 30 日"
                iconName: "electricity"
                chapter: "bills"

                YAmount {
                    fen: 8640
                    large: false
                }
            }
            YRow {
                Layout.fillWidth: true
                text: "广安龙安柚 5 斤装，产地直供，到店自提，坏果包赔，本村合作社今晨采摘"
                subtitle: "白云村合作社"
                iconName: "leaf"
                chapter: "mall"
                tappable: false

                YQuantity {
                    value: 2
                    unit: "箱"
                }
            }
            YField {
                Layout.fillWidth: true
                label: "收到现金"
                mode: "amount"
                placeholder: "0.00"
                text: "100.00"
            }
        }
        YNumberPad {
            Layout.fillWidth: page.portrait
            Layout.alignment: Qt.AlignTop
            decimal: true
        }
    }
}
