.pragma library

// A key is what it types, or the name of what it does; a number before a colon is its share of the row.
const letters = ["q w e r t y u i o p", "0.5:gap a s d f g h j k l 0.5:gap"];
const rows = {
    pinyin: [...letters, "1.5:apart z x c v b n m 1.5:erase", "1.4:digits 1.2:symbols 1.2:latin ， 3:space 。 2.2:enter"],
    latin: [...letters, "1.5:shift z x c v b n m 1.5:erase", "1.4:digits 1.2:symbols 1.2:pinyin , 3:space . 2.2:enter"],
    digits: ["1 2 3 号 楼 erase", "4 5 6 组 单元 -", "7 8 9 社 室 /", "letters 0 . 村 栋 enter"],
    symbols: ["， 。 、 ； ： ？ ！ （ ） 《", "“ ” ‘ ’ — … · ～ 》 ￥", "@ # % & * + - = _ 1.6:erase", "2:letters 1.4:digits / 3:space \\ 2.2:enter"]
};
const pads = {
    digits: ["1 2 3", "4 5 6", "7 8 9", "erase 0 enter"],
    amount: ["1 2 3 erase", "4 5 6 00", "7 8 9 0", "2:. 2:enter"],
    idcard: ["1 2 3 erase", "4 5 6 X", "7 8 9 0", "4:enter"]
};

function of(layout, strict) {
    const found = strict ? pads[layout] : rows[layout];
    return found.map(row => row.split(" ").map(part => {
        const at = part.indexOf(":");
        return at > 0 ? { key: part.slice(at + 1), share: Number(part.slice(0, at)) } : { key: part, share: 1 };
    }));
}
