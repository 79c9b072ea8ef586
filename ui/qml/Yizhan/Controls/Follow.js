.pragma library

// What a finger touches must not move away below it: only what Tab came to is followed, and what is typed into.
function follows(item) {
    return !!item && (item.visualFocus === true || item.cursorPosition !== undefined);
}

function reveal(item, margin) {
    for (let outer = item.parent; outer; outer = outer.parent)
        if (outer.contentY !== undefined && outer.contentItem)
            into(outer, item, margin);
}

function into(view, item, margin) {
    const at = item.mapToItem(view.contentItem, 0, 0);
    view.contentY = along(view.contentY, view.height, view.contentHeight, at.y, item.height, margin);
    view.contentX = along(view.contentX, view.width, view.contentWidth, at.x, item.width, margin);
}

function along(now, room, whole, start, size, margin) {
    const least = start + size + margin - room;
    const most = start - margin;
    return Math.max(0, Math.min(whole - room, Math.max(Math.min(now, most), Math.min(least, most))));
}
