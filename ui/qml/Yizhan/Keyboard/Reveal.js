.pragma library

// Moves every list around an item so far that the item can be seen.
function inside(item, margin) {
    for (let view = item ? item.parent : null; view; view = view.parent) {
        if (view.contentY === undefined || view.contentHeight === undefined)
            continue;
        const top = item.mapToItem(view, 0, 0).y - margin;
        const bottom = top + item.height + 2 * margin;
        const most = Math.max(0, view.contentHeight - view.height);
        if (bottom > view.height)
            view.contentY = Math.min(most, view.contentY + Math.min(top, bottom - view.height));
        else if (top < 0)
            view.contentY = Math.max(0, view.contentY + top);
    }
}
