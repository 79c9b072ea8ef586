.pragma library

function format(fen) {
    if (!Number.isSafeInteger(fen))
        throw new RangeError("an amount is a whole number of fen");
    const size = Math.abs(fen);
    const yuan = String(Math.floor(size / 100)).replace(/\B(?=(\d{3})+$)/g, ",");
    return (fen < 0 ? "-" : "") + "¥" + yuan + "." + String(size % 100).padStart(2, "0");
}
