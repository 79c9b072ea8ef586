.pragma library

function press(value, key, decimal, limit) {
    if (key === "clear")
        return "";
    if (key === "back")
        return value.slice(0, -1);
    if (key === ".")
        return decimal && value.indexOf(".") < 0 && value.length + 1 < limit ? (value === "" ? "0." : value + ".") : value;
    if (value.length + key.length > limit || (decimal && /\.[0-9]{2}$/.test(value)))
        return value;
    return decimal && value === "0" ? key : value + key;
}
