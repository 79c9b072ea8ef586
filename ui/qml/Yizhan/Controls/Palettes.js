.pragma library

// One table of colour roles per variant. `soft` and `ink` belong together: a word in `ink` stands on `soft`.
// Held by tests/ui/test_look.py: 4.5:1 in `normal`, 7:1 in the others.

const normal = {
    roles: {
        ground: "#F6F0E4", surface: "#FFFCF6", sunken: "#EFE7D8", paper: "#FFFFFF", mat: "#FFFFFF",
        line: "#DDD1BC", track: "#DDD1BC", edge: "#857A63", gold: "#B88A3B", scrim: "#99100E0A", focus: "#C2410C",
        text: "#1E2521", textSoft: "#565C55",
        primary: "#0E5A54", primaryDown: "#0A4541", primarySoft: "#DCEBE6", primaryInk: "#FFFFFF",
        band: "#0E5A54", bandSoft: "#1D6A63", bandInk: "#FFFFFF", bandInkSoft: "#D9EAE5", bandFocus: "#FFD27A",
        toneInk: "#FFFFFF", dangerDown: "#7A1A12"
    },
    tones: {
        good: ["#23663A", "#E1EEDC"], warn: ["#84490A", "#FBEBCB"], bad: ["#A52A20", "#FADFD8"],
        info: ["#1F5488", "#DFE9F3"], neutral: ["#565C55", "#EFE7D8"]
    },
    chapters: {
        government: ["#9B2F24", "#F7E1DA"], bills: ["#8A5200", "#FBEACB"], mall: ["#A3400F", "#FBE3D3"],
        rights: ["#7A3B78", "#F1E2EF"], campaigns: ["#A8274E", "#F9DFE6"], community: ["#3D6220", "#E6EED8"],
        health: ["#0C6170", "#D8ECEF"], housing: ["#6B4E32", "#EFE4D6"], learning: ["#2A4F93", "#E0E7F5"],
        neutral: ["#0E5A54", "#DCEBE6"]
    }
};

const elder = over(normal, {
    roles: {
        edge: "#5C5442", text: "#101613", textSoft: "#3A403A",
        primary: "#0A4541", primaryDown: "#062E2B", band: "#0A4541", bandSoft: "#195650", bandInkSoft: "#F1F7F4",
        dangerDown: "#56110B"
    },
    tones: {
        good: ["#164A28", "#E1EEDC"], warn: ["#5F3303", "#FBEBCB"], bad: ["#7A1A12", "#FADFD8"],
        info: ["#143D66", "#DFE9F3"], neutral: ["#3A403A", "#EFE7D8"]
    },
    chapters: {
        government: ["#6F1D15", "#F7E1DA"], bills: ["#5A3500", "#FBEACB"], mall: ["#6E2906", "#FBE3D3"],
        rights: ["#5A2659", "#F1E2EF"], campaigns: ["#7A1535", "#F9DFE6"], community: ["#2A4714", "#E6EED8"],
        health: ["#08444F", "#D8ECEF"], housing: ["#4A341F", "#EFE4D6"], learning: ["#1B376B", "#E0E7F5"],
        neutral: ["#0A4541", "#DCEBE6"]
    }
});

const contrast = over(normal, {
    roles: {
        ground: "#FFFFFF", surface: "#FFFFFF", sunken: "#EDEDED", paper: "#FFFFFF",
        line: "#000000", track: "#C4C4C4", edge: "#000000", gold: "#FFD21F", scrim: "#CC000000", focus: "#B80000",
        text: "#000000", textSoft: "#1A1A1A",
        primary: "#002F6C", primaryDown: "#001B40", primarySoft: "#FFE680", primaryInk: "#FFFFFF",
        band: "#000000", bandSoft: "#000000", bandInk: "#FFFFFF", bandInkSoft: "#FFFFFF",
        dangerDown: "#4D0000"
    },
    tones: {
        good: ["#00401A", "#FFFFFF"], warn: ["#4A2600", "#FFF3B8"], bad: ["#7A0000", "#FFFFFF"],
        info: ["#002F6C", "#FFFFFF"], neutral: ["#1A1A1A", "#EDEDED"]
    },
    chapters: {
        government: ["#6F0F08", "#FFFFFF"], bills: ["#4A2600", "#FFFFFF"], mall: ["#5E1F00", "#FFFFFF"],
        rights: ["#4D124B", "#FFFFFF"], campaigns: ["#6B0428", "#FFFFFF"], community: ["#1E3A08", "#FFFFFF"],
        health: ["#003641", "#FFFFFF"], housing: ["#3A2412", "#FFFFFF"], learning: ["#0B2558", "#FFFFFF"],
        neutral: ["#000000", "#FFFFFF"]
    }
});

const night = over(normal, {
    roles: {
        ground: "#121715", surface: "#1C2320", sunken: "#262E2A", paper: "#18201C", mat: "#E9E4D8",
        line: "#3C4742", track: "#3C4742", edge: "#97A39C", gold: "#8A6A30", scrim: "#CC000000", focus: "#FFB454",
        text: "#F3F0E8", textSoft: "#CDD2CB",
        primary: "#8EDACB", primaryDown: "#BFEFE4", primarySoft: "#1A3632", primaryInk: "#06211C",
        band: "#0B2E2A", bandSoft: "#1B433E", bandInk: "#F3F0E8", bandInkSoft: "#D5E4DE",
        toneInk: "#14110C", dangerDown: "#FFD3CB"
    },
    tones: {
        good: ["#A3DDB0", "#1B3524"], warn: ["#F6CB83", "#3B2B10"], bad: ["#FFC0B5", "#3F1E19"],
        info: ["#A9CFF5", "#1A2F45"], neutral: ["#CDD2CB", "#262E2A"]
    },
    chapters: {
        government: ["#FFB8AB", "#40221D"], bills: ["#F6CB83", "#392B12"], mall: ["#FFBE96", "#41270F"],
        rights: ["#E9B9E7", "#382338"], campaigns: ["#FFB2C6", "#431F2B"], community: ["#BEDD9C", "#243218"],
        health: ["#98DBE6", "#133338"], housing: ["#E3C6A4", "#35291D"], learning: ["#B3CCFA", "#1F2D49"],
        neutral: ["#8EDACB", "#1A3632"]
    }
});

const tables = { normal: normal, elder: elder, contrast: contrast, night: night };

const toneIcons = { good: "check", warn: "warn", bad: "cross", info: "info", neutral: "clock" };

const chapterIcons = {
    government: "government", bills: "bill", mall: "mall", rights: "coupon", campaigns: "campaign",
    community: "community", health: "health", housing: "housing", learning: "learning", neutral: "star"
};

function over(base, own) {
    return {
        roles: Object.assign({}, base.roles, own.roles),
        tones: Object.assign({}, base.tones, own.tones),
        chapters: Object.assign({}, base.chapters, own.chapters)
    };
}

function of(variant, isElder) {
    return tables[variant === "normal" && isElder ? "elder" : variant];
}

function named(pairs, icons) {
    const found = {};
    for (const name in pairs)
        found[name] = { ink: pairs[name][0], soft: pairs[name][1], icon: icons[name] };
    return found;
}
